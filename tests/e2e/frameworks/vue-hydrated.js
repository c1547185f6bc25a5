/** The same app as react-hydrated.jsx, in Vue 3. */
import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import 'sign-in-with-x/define';
import SignInWithX from 'the-code';

const told = [];
const tell = ({ user }) => told.push(user.username);

const app = ({ html }) =>
  createSSRApp(() => h('main', html ? { onSignIn: ({ detail }) => tell(detail) } : {}, [html ? h(SignInWithX, { html }) : h(SignInWithX, { onSignIn: tell, theme: 'outline' })]));

export const render = (props) => renderToString(app(props));

if (globalThis.document) {
  window.told = told;
  window.hydrate = () => {
    app(JSON.parse(document.getElementById('props').textContent)).mount('#app');
    window.hydrated = true;
  };
  if (location.search !== '?late') window.hydrate();
}
