/** An app that a server has rendered, in React 18 or 19. The page hydrates it at once; with `?late` when it is told to. */
import { StrictMode, useEffect, useRef } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import 'sign-in-with-x/define';
import { SignInWithX } from 'the-code';

const told = [];
const tell = ({ user }) => told.push(user.username);

function App({ html }) {
  const around = useRef(null);
  useEffect(() => {
    const element = around.current;
    const listener = ({ detail }) => tell(detail);
    window.hydrated = true;
    if (html) element.addEventListener('sign-in', listener);
    return () => element.removeEventListener('sign-in', listener);
  }, [html]);
  return <main ref={around}>{html ? <SignInWithX html={html} /> : <SignInWithX onSignIn={tell} theme="outline" />}</main>;
}

const app = (props) => <StrictMode><App {...props} /></StrictMode>;

export const render = (props) => renderToString(app(props));

if (globalThis.document) {
  window.told = told;
  window.hydrate = () => void hydrateRoot(document.getElementById('app'), app(JSON.parse(document.getElementById('props').textContent)));
  if (location.search !== '?late') window.hydrate();
}
