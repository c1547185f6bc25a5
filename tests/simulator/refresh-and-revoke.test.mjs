import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basic, get, NATIVE, post, signIn, SPA, start, tokenRequest, WEB, xError } from './helpers.mjs';

const LASTING = 'tweet.read users.read offline.access';
const BAD_TOKEN = xError('invalid_request', 'Value passed for the token was invalid.');

const refresh = (simulator, refresh_token, changes = {}) => tokenRequest(simulator, { grant_type: 'refresh_token', refresh_token, client_id: SPA.clientId, ...changes });
const revoke = (simulator, token, fields = { client_id: SPA.clientId }, headers = {}) => post(`${simulator.apiUrl}/2/oauth2/revoke`, { token, ...fields }, headers);
const userStatus = async (simulator, token) => (await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${token}` })).status;

test('K: refreshing gives new tokens and ends the refresh token that was used', async (t) => {
  const simulator = await start(t);
  const first = await signIn(simulator, LASTING);
  const { status, body: second } = await refresh(simulator, first.refresh_token);
  assert.equal(status, 200);
  assert.notEqual(second.access_token, first.access_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.deepEqual(second.scope.split(' ').sort(), LASTING.split(' ').sort());
  assert.equal(await userStatus(simulator, second.access_token), 200);
  const again = await refresh(simulator, first.refresh_token);
  assert.deepEqual([again.status, again.body], [400, BAD_TOKEN]);
  assert.equal((await refresh(simulator, second.refresh_token)).status, 200);
});

test('only a refresh token refreshes, and only for its own App', async (t) => {
  const simulator = await start(t);
  const tokens = await signIn(simulator, LASTING);
  assert.deepEqual((await refresh(simulator, tokens.access_token)).body, BAD_TOKEN);
  assert.deepEqual((await refresh(simulator, tokens.refresh_token, { client_id: NATIVE.clientId })).body, BAD_TOKEN);
  assert.deepEqual((await refresh(simulator, null)).body, xError('invalid_request', 'Missing required parameter [refresh_token].'));
  assert.equal((await refresh(simulator, tokens.refresh_token)).status, 200, 'none of this spent it');
});

test('an access token lives two hours; its refresh token lives on', async (t) => {
  const simulator = await start(t);
  const tokens = await signIn(simulator, LASTING);
  simulator.clock.ms += 7_199_999;
  assert.equal(await userStatus(simulator, tokens.access_token), 200);
  simulator.clock.ms += 1;
  assert.equal(await userStatus(simulator, tokens.access_token), 401);
  assert.equal((await refresh(simulator, tokens.refresh_token)).status, 200);
});

test('A21: a revoked access token is dead, and only that', async (t) => {
  const simulator = await start(t);
  const tokens = await signIn(simulator, LASTING);
  const response = await revoke(simulator, tokens.access_token);
  assert.deepEqual([response.status, await response.json()], [200, { revoked: true }]);
  assert.equal(await userStatus(simulator, tokens.access_token), 401);
  assert.equal((await refresh(simulator, tokens.refresh_token)).status, 200);
});

test('A21: with a refresh token go its access tokens', async (t) => {
  const simulator = await start(t);
  const [tokens, other] = [await signIn(simulator, LASTING), await signIn(simulator, LASTING)];
  await revoke(simulator, tokens.refresh_token);
  assert.equal(await userStatus(simulator, tokens.access_token), 401);
  assert.equal((await refresh(simulator, tokens.refresh_token)).status, 400);
  assert.equal(await userStatus(simulator, other.access_token), 200, 'another sign-in is untouched');
});

test('A21: revoking an unknown token is a success (RFC 7009 §2.2)', async (t) => {
  assert.equal((await revoke(await start(t), 'made-up')).status, 200);
});

test('revoking needs the client, the token, and that they belong together', async (t) => {
  const simulator = await start(t);
  const { access_token } = await signIn(simulator);
  assert.equal((await revoke(simulator, access_token, {})).status, 400);
  assert.equal((await revoke(simulator, '')).status, 400);
  assert.equal((await revoke(simulator, access_token, { client_id: WEB.clientId })).status, 401);
  assert.equal((await revoke(simulator, access_token, {}, basic(WEB.clientId, WEB.clientSecret))).status, 400);
  assert.equal(await userStatus(simulator, access_token), 200);
});
