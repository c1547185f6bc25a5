/** An app with a control of its own in React 18 or 19; `window.change` draws it anew. */
import { StrictMode, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { init } from 'sign-in-with-x';
import { SignIn } from 'the-code';

function App() {
  const [, set] = useState(0);
  window.change = () => flushSync(() => set((before) => before + 1));
  // A new object each time, as people write it.
  return <SignIn endpoints={{ authorize: window.authorize }} />;
}

createRoot(document.getElementById('app')).render(<StrictMode><App /></StrictMode>);
init().then(() => (window.ready = true));
