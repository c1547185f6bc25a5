// The provider's metadata are given, so that nothing has to be asked for first. No scope `openid`: X has no ID tokens.
import { UserManager, OidcClient } from 'oidc-client-ts';

const settings = {
  authority: bench.provider,
  metadata: { issuer: bench.provider, authorization_endpoint: bench.authorize, token_endpoint: bench.token },
  client_id: bench.clientId,
  redirect_uri: bench.redirectUri,
  scope: bench.scope,
};
const manager = new UserManager(settings);

if (location.pathname.startsWith('/callback')) await manager.signinCallback();
else {
  document.querySelector('button').addEventListener('click', () => (bench.flow === 'redirect' ? manager.signinRedirect() : manager.signinPopup()));
  // The manager's own client, which it does not show.
  let client;
  bench.ready({
    url: async () => (await (client ??= new OidcClient(settings)).createSigninRequest({})).url,
    finish: (address) => client.processSigninResponse(address),
    clean: () => (localStorage.clear(), sessionStorage.clear()),
  });
}
