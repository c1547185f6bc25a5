// It speaks to Auth0 only, so the stand-in answers as Auth0 does, with an ID token.
import { Auth0Client } from '@auth0/auth0-spa-js';

const client = new Auth0Client({ domain: bench.provider, clientId: bench.clientId, authorizationParams: { redirect_uri: bench.redirectUri, scope: bench.scope } });

if (location.pathname.startsWith('/callback')) await client.handleRedirectCallback();
else {
  document.querySelector('button').addEventListener('click', () => (bench.flow === 'redirect' ? client.loginWithRedirect() : client.loginWithPopup()));
  bench.ready({
    async url() {
      let address = '';
      await client.loginWithRedirect({ openUrl: async (url) => void (address = url) });
      return address;
    },
    finish: (address) => client.handleRedirectCallback(address),
    clean: () => sessionStorage.clear(),
  });
}
