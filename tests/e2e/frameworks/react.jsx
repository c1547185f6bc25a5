/** The least app around a button in React 18 or 19: what a test tells it to show (`window.change`), and what it was told. */
import { StrictMode, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { SignInWithX } from 'the-code';

const told = (window.told = []);

function App() {
  const [{ shown, id, looks }, set] = useState({ shown: true, id: 'first', looks: {} });
  window.change = (more) => flushSync(() => set((before) => ({ ...before, ...more })));
  // A new function each time, as people write it.
  return shown && <SignInWithX key={id} onSignIn={({ user }) => told.push(user.username)} onError={({ code }) => told.push(code)} {...looks} />;
}

createRoot(document.getElementById('app')).render(<StrictMode><App /></StrictMode>);
