import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basic, CALLBACK, exchange, get, obtainCode, post, signIn, SPA, start, tokenRequest, VERIFIER, WEB, xError } from './helpers.mjs';

const LASTING = 'tweet.read users.read offline.access';
const SPENT = xError('invalid_request', 'Value passed for the token was invalid.');
const refresh = (simulator, refresh_token, more = {}, headers = {}) => tokenRequest(simulator, { grant_type: 'refresh_token', refresh_token, client_id: SPA.clientId, ...more }, headers);
const userStatus = async (simulator, token) => (await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${token}` })).status;

test('G11 K: a fault of the stage refresh leaves sign-ins alone', async (t) => {
  const simulator = await start(t);
  const { refresh_token } = await signIn(simulator, LASTING);
  simulator.control.fault('token_status', { stage: 'refresh', status: 503, body: { title: 'Service Unavailable' } });
  assert.ok((await signIn(simulator, LASTING)).access_token, 'a sign-in goes through meanwhile');
  assert.equal((await refresh(simulator, refresh_token)).status, 503);
  assert.equal((await refresh(simulator, refresh_token)).status, 200, 'nothing was spent');
});

test('G11 K: a refresh that is cut off after X rotated the token has lost both', async (t) => {
  const simulator = await start(t);
  const { refresh_token } = await signIn(simulator, LASTING);
  simulator.control.fault('cut', { stage: 'refresh', undone: true });
  await assert.rejects(refresh(simulator, refresh_token));
  simulator.control.fault('cut', { stage: 'refresh' });
  await assert.rejects(refresh(simulator, refresh_token), 'the first was cut before anything was done, so this one is the real use');
  assert.equal(simulator.control.events('token_response').at(-1).parameters.status, 200, 'X did what it was asked');
  const after = await refresh(simulator, refresh_token);
  assert.deepEqual([after.status, after.body], [400, SPENT]);
});

test('G11 K: a refresh that nobody waited for has rotated the token all the same', { timeout: 20_000 }, async (t) => {
  const impatient = new AbortController();
  let answered;
  const done = new Promise((resolve) => (answered = resolve));
  // The client gives up while the simulator waits, however fast or slow this machine is.
  const onEvent = ({ type, parameters }) => {
    if (type === 'fault') impatient.abort();
    if (type === 'token_response' && impatient.signal.aborted) answered(parameters.status);
  };
  const simulator = await start(t, { onEvent });
  const { refresh_token } = await signIn(simulator, LASTING);
  simulator.control.fault('delay_ms', { stage: 'refresh', ms: 50 });
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token, client_id: SPA.clientId });
  await assert.rejects(fetch(`${simulator.apiUrl}/2/oauth2/token`, { method: 'POST', body, signal: impatient.signal }));
  assert.equal(await done, 200);
  assert.deepEqual((await refresh(simulator, refresh_token)).body, SPENT);
});

test('G11 K: a refresh may meet a rate limit, with the time of its end, or half an answer', async (t) => {
  const simulator = await start(t);
  const { refresh_token } = await signIn(simulator, LASTING);
  simulator.control.fault('rate_limit', { stage: 'refresh', resetInSeconds: 30 });
  const limited = await refresh(simulator, refresh_token);
  assert.deepEqual([limited.status, limited.headers.get('x-rate-limit-reset')], [429, String(simulator.clock.ms / 1000 + 30)]);
  simulator.control.fault('truncate', { stage: 'refresh' });
  await assert.rejects(refresh(simulator, refresh_token), SyntaxError);
});

test('G11 K: reuse ends the family only where the option says so: of X nobody knows', async (t) => {
  for (const [unverifiedReuseEndsGrant, status] of [[false, 200], [true, 401]]) {
    const simulator = await start(t, { unverifiedReuseEndsGrant });
    const first = await signIn(simulator, LASTING);
    const other = await signIn(simulator, LASTING);
    const second = (await refresh(simulator, first.refresh_token)).body;
    assert.deepEqual((await refresh(simulator, first.refresh_token)).body, SPENT);
    assert.equal(await userStatus(simulator, second.access_token), status);
    assert.equal((await refresh(simulator, second.refresh_token)).status, status === 200 ? 200 : 400);
    assert.equal(await userStatus(simulator, other.access_token), 200, 'another sign-in is untouched');
  }
});

test('A21 G6 K: a confidential App refreshes and revokes with Basic, and with nothing else', async (t) => {
  const simulator = await start(t);
  const header = basic(WEB.clientId, WEB.clientSecret);
  const code = await obtainCode(simulator, { client_id: WEB.clientId, scope: LASTING });
  const tokens = (await exchange(simulator, code, { client_id: null, redirect_uri: CALLBACK, code_verifier: VERIFIER }, header)).body;
  assert.equal((await refresh(simulator, tokens.refresh_token, { client_id: WEB.clientId })).status, 401);
  const next = (await refresh(simulator, tokens.refresh_token, { client_id: null }, header)).body;
  const revoke = (token, headers, fields = {}) => post(`${simulator.apiUrl}/2/oauth2/revoke`, { token, ...fields }, headers);
  assert.equal((await revoke(next.access_token, {}, { client_id: WEB.clientId })).status, 401);
  assert.deepEqual(await (await revoke(next.access_token, header, { token_type_hint: 'access_token' })).json(), { revoked: true });
  assert.equal(await userStatus(simulator, next.access_token), 401);
  assert.equal((await revoke(next.refresh_token, header)).status, 200);
  assert.deepEqual((await refresh(simulator, next.refresh_token, { client_id: null }, header)).body, SPENT);
});
