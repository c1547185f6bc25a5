/** The same app as react.jsx, in Vue 3. */
import { createApp, h, nextTick, shallowReactive } from 'vue';
import SignInWithX from 'the-code';

const told = (window.told = []);
const state = shallowReactive({ shown: true, id: 'first', looks: {} });
window.change = (more) => {
  Object.assign(state, more);
  return nextTick();
};

const app = createApp(() => (state.shown ? h(SignInWithX, { key: state.id, onSignIn: ({ user }) => told.push(user.username), onSignInError: ({ code }) => told.push(code), ...state.looks }) : null));
app.mount('#app');
