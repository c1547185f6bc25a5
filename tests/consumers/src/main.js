/** The page's script, in every project that has one: the element, and where this run's simulator is. */
import 'sign-in-with-x/define';

const button = document.querySelector('sign-in-with-x');
button.redirectUri = new URL('/auth/x/callback', location.href).href;
button.endpoints = { authorize: new URLSearchParams(location.search).get('authorize') };
button.addEventListener('sign-in', ({ detail }) => {
  document.querySelector('#status').textContent = `Signed in as @${detail.user.username}`;
});
