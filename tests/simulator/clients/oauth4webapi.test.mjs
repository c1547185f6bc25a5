import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { get, SPA, start, CALLBACK, WEB } from '../helpers.mjs';

const INSECURE = { [oauth.allowInsecureRequests]: true };

/** X as this client is told of it: there is no discovery document. */
const serverOf = ({ url, apiUrl }) => ({
  issuer: url,
  authorization_endpoint: `${url}/i/oauth2/authorize`,
  token_endpoint: `${apiUrl}/2/oauth2/token`,
  revocation_endpoint: `${apiUrl}/2/oauth2/revoke`,
});

/** From the authorize address to the callback's parameters, as the client itself makes and reads them. */
async function signIn(simulator, account, { app = SPA, authentication = oauth.None() } = {}) {
  const [server, client] = [serverOf(simulator), { client_id: app.clientId }];
  const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
  const address = new URL(server.authorization_endpoint);
  const scope = 'tweet.read users.read offline.access';
  for (const [name, value] of Object.entries({
    response_type: 'code', client_id: client.client_id, redirect_uri: CALLBACK, scope, state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  })) address.searchParams.set(name, value);
  simulator.control.autoApprove(account);
  const back = new URL((await get(address)).headers.get('location'));
  const parameters = oauth.validateAuthResponse(server, client, back, state);
  const response = await oauth.authorizationCodeGrantRequest(server, client, authentication, parameters, CALLBACK, verifier, INSECURE);
  return { server, client, tokens: await oauth.processAuthorizationCodeResponse(server, client, response) };
}

test('A2 G6 K: oauth4webapi signs somebody in with PKCE as a public client', async (t) => {
  const simulator = await start(t);
  const { tokens } = await signIn(simulator, 'noor_example');
  const response = await oauth.protectedResourceRequest(tokens.access_token, 'GET', new URL(`${simulator.apiUrl}/2/users/me`), undefined, undefined, INSECURE);
  assert.deepEqual((await response.json()).data, { id: '1912345678901234567', name: 'Noor Østergård', username: 'noor_example' });
});

test('A2 G6 K: oauth4webapi signs somebody in as a confidential client, whose id and secret hold what Basic must encode', async (t) => {
  const simulator = await start(t);
  const authentication = oauth.ClientSecretBasic(WEB.clientSecret);
  const { server, client, tokens } = await signIn(simulator, 'ada_example', { app: WEB, authentication });
  assert.ok(tokens.access_token);
  const refreshed = await oauth.refreshTokenGrantRequest(server, client, authentication, tokens.refresh_token, INSECURE);
  assert.ok((await oauth.processRefreshTokenResponse(server, client, refreshed)).access_token);
  await assert.rejects(signIn(simulator, 'ada_example', { app: WEB, authentication: oauth.ClientSecretBasic('wrong') }), ({ status }) => status === 401);
});

test('A21 G11 K: oauth4webapi refreshes, is refused a spent token, and revokes', async (t) => {
  const simulator = await start(t);
  const { server, client, tokens } = await signIn(simulator, 'ada_example');
  const refresh = async (token) => oauth.processRefreshTokenResponse(server, client, await oauth.refreshTokenGrantRequest(server, client, oauth.None(), token, INSECURE));
  const next = await refresh(tokens.refresh_token);
  assert.notEqual(next.refresh_token, tokens.refresh_token);
  await assert.rejects(refresh(tokens.refresh_token), ({ error, error_description }) => error === 'invalid_request' && error_description === 'Value passed for the token was invalid.');
  await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, oauth.None(), next.refresh_token, INSECURE));
  await assert.rejects(refresh(next.refresh_token), oauth.ResponseBodyError);
});

test('B6 K: oauth4webapi reads a cancel as an error', async (t) => {
  const simulator = await start(t);
  simulator.control.autoCancel(true);
  await assert.rejects(signIn(simulator, 'ada_example'), ({ name, error }) => name === 'AuthorizationResponseError' && error === 'access_denied');
});
