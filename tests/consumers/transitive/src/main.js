import { signInButton } from 'component';

const redirectUri = new URL('/auth/x/callback', location.href).href;
const authorize = new URLSearchParams(location.search).get('authorize');
signInButton(document.querySelector('#button'), { clientId: 'Y29uc3VtZXI6MTpjaQ', redirectUri, authorize }, ({ username }) => {
  document.querySelector('#status').textContent = `Signed in as @${username}`;
});
