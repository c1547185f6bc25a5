// oauth4webapi makes and checks values; the address, the windows and what is kept meanwhile are the page's own.
import * as oauth from 'oauth4webapi';

const KEY = 'oauth4webapi:';
const server = { issuer: bench.provider, authorization_endpoint: bench.authorize, token_endpoint: bench.token };
const client = { client_id: bench.clientId };

async function url() {
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const address = new URL(server.authorization_endpoint);
  const { searchParams } = address;
  searchParams.set('response_type', 'code');
  searchParams.set('client_id', client.client_id);
  searchParams.set('redirect_uri', bench.redirectUri);
  searchParams.set('scope', bench.scope);
  searchParams.set('state', state);
  searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier));
  searchParams.set('code_challenge_method', 'S256');
  sessionStorage.setItem(KEY + state, verifier);
  return address.href;
}

async function finish(address) {
  const callback = new URL(address);
  const state = callback.searchParams.get('state') ?? '';
  const verifier = sessionStorage.getItem(KEY + state);
  if (!verifier) throw new Error('no such sign-in');
  sessionStorage.removeItem(KEY + state);
  const parameters = oauth.validateAuthResponse(server, client, callback, state);
  const response = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), parameters, bench.redirectUri, verifier, { [oauth.allowInsecureRequests]: true });
  return oauth.processAuthorizationCodeResponse(server, client, response);
}

if (location.pathname.startsWith('/callback')) {
  const answer = await finish(location.href);
  new BroadcastChannel('oauth4webapi').postMessage(answer);
  if (opener) close();
} else {
  document.querySelector('button').addEventListener('click', async () => {
    if (bench.flow === 'redirect') location.assign(await url());
    else {
      const popup = open(await url(), '_blank', 'popup,width=600,height=700');
      const channel = new BroadcastChannel('oauth4webapi');
      const timer = setInterval(() => popup.closed && clearInterval(timer), 500);
      channel.onmessage = () => (clearInterval(timer), channel.close());
    }
  });
  bench.ready({ url, finish, clean: () => sessionStorage.clear() });
}
