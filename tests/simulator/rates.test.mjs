/** What X tells of how often it may still be asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exchange, get, NATIVE, obtainCode, signIn, start } from './helpers.mjs';
import { APP1, requestToken, signed, signInWith1 } from './oauth1.mjs';

const limits = ({ headers }) => ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-rate-limit-${name}`));
const NONE = [null, null, null];
const me = (simulator, { access_token }) => get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` });

test('G14 K: users/me and verify_credentials tell their limit, 75 in fifteen minutes for a person and an App', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const now = simulator.clock.ms / 1000;
  const [ada, noor] = [await signIn(simulator), await signIn(simulator, undefined, 'noor_example')];
  assert.deepEqual(limits(await me(simulator, ada)), ['75', '74', String(now + 900)]);
  simulator.control.advance(60_000);
  assert.deepEqual(limits(await me(simulator, ada)), ['75', '73', String(now + 900)]);
  assert.deepEqual(limits(await me(simulator, noor)), ['75', '74', String(now + 960)]);
  const token = await signInWith1(simulator);
  const credentials = () => signed(simulator, 'GET', '/1.1/account/verify_credentials.json', { token, time: simulator.control.state().now });
  assert.deepEqual(limits(await credentials()), ['75', '74', String(now + 960)]);
  simulator.control.advance(900_000);
  assert.deepEqual(limits(await me(simulator, ada)), ['75', '74', String(now + 1860)], 'a new window');
});

test('K: of a person’s two Apps each has a limit of its own, by either protocol', async (t) => {
  const other = { ...NATIVE, oauth1: { consumerKey: 'other-key', consumerSecret: 'other' } };
  const simulator = await start(t, { apps: [APP1, other] });
  const one = await signIn(simulator);
  const two = (await exchange(simulator, await obtainCode(simulator, { client_id: NATIVE.clientId }), { client_id: NATIVE.clientId })).body;
  assert.deepEqual([limits(await me(simulator, one))[1], limits(await me(simulator, one))[1], limits(await me(simulator, two))[1]], ['74', '73', '74']);
  const left = async (app, token) => limits(await signed(simulator, 'GET', '/1.1/account/verify_credentials.json', { token, app: app.oauth1 }))[1];
  const [first, second] = [await signInWith1(simulator), await signInWith1(simulator, { app: other.oauth1 })];
  assert.deepEqual([await left(APP1, first), await left(APP1, first), await left(other, second)], ['74', '73', '74']);
});

test('K: a limit that is used up is told and nothing is refused', async (t) => {
  const simulator = await start(t);
  const tokens = await signIn(simulator);
  for (let asked = 0; asked < 75; asked += 1) await me(simulator, tokens);
  const response = await me(simulator, tokens);
  assert.deepEqual([response.status, limits(response)[1]], [200, '0']);
  simulator.control.reset();
  assert.equal(limits(await me(simulator, await signIn(simulator)))[1], '74', 'a reset begins anew');
});

test('K: the endpoints of a sign-in tell no limit, nor does X tell strangers one', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  assert.deepEqual(limits(await exchange(simulator, await obtainCode(simulator))), NONE);
  assert.deepEqual(limits(await requestToken(simulator)), NONE);
  assert.deepEqual(limits(await signed(simulator, 'POST', '/1.1/oauth/invalidate_token.json', { token: await signInWith1(simulator) })), NONE);
  assert.deepEqual(limits(await me(simulator, { access_token: 'made-up' })), NONE);
});
