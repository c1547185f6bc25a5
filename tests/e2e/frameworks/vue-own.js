/** The same app as react-own.jsx, in Vue 3. */
import { createApp, h, nextTick, ref } from 'vue';
import { init } from 'sign-in-with-x';
import SignIn from 'the-code';

const drawn = ref(0);
window.change = () => {
  drawn.value += 1;
  return nextTick();
};

createApp(() => h(SignIn, { options: { endpoints: { authorize: window.authorize } }, 'data-drawn': drawn.value })).mount('#app');
init().then(() => (window.ready = true));
