// Its authority must be https, so it gets the metadata of one that does not exist, with the stand-in's endpoints.
import { createStandardPublicClientApplication, ProtocolMode } from '@azure/msal-browser';

const authority = 'https://provider.example/';
let address = '';
const metadata = { issuer: authority, authorization_endpoint: bench.authorize, token_endpoint: bench.token, jwks_uri: `${authority}keys` };
const auth = { clientId: bench.clientId, authority, knownAuthorities: ['provider.example'], authorityMetadata: JSON.stringify(metadata), redirectUri: bench.redirectUri };
const system = { protocolMode: ProtocolMode.OIDC };
const request = { scopes: bench.scope.split(' ') };
const here = { navigateToLoginRequestUrl: false };
const client = await createStandardPublicClientApplication({ auth, system });

if (location.pathname.startsWith('/callback')) await client.handleRedirectPromise(here);
else {
  document.querySelector('button').addEventListener('click', () => (bench.flow === 'redirect' ? client.loginRedirect(request) : client.loginPopup(request)));
  // It has no call for the address alone: `onRedirectNavigate` takes it, and stays on the page.
  const stay = () => createStandardPublicClientApplication({ auth: { ...auth, onRedirectNavigate: (url) => ((address = url), false) }, system });
  let staying;
  bench.ready({
    async url() {
      staying ??= await stay();
      // The one before has not left, so it still counts as under way.
      for (const key of Object.keys(sessionStorage)) if (key.includes('interaction.status')) sessionStorage.removeItem(key);
      await staying.loginRedirect(request);
      return address;
    },
    finish: (callback) => staying.handleRedirectPromise({ ...here, hash: new URL(callback).hash }),
    clean: () => sessionStorage.clear(),
  });
}
