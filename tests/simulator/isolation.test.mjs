import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, exchange, get, logIn, obtainCode, post, signIn, SPA, start, ticketOf, tokenRequest } from './helpers.mjs';
import { open, pathOf } from './console.mjs';
import { APP1, codeOf, requestToken, signInWith1 } from './oauth1.mjs';

/** Twenty at a time is more than a suite runs side by side. */
const MANY = 20;

test('K: twenty simulators in one process share nothing: codes, tokens, Apps, faults, clocks, journals, tickets, people, limits, logs', async (t) => {
  const simulators = await Promise.all(Array.from({ length: MANY }, (_, index) => start(t, { apps: [{ ...APP1, name: `App ${index}` }] })));
  assert.equal(new Set(simulators.map(({ url }) => url)).size, MANY);
  const next = (index) => simulators[(index + 1) % MANY];

  const codes = await Promise.all(simulators.map((simulator) => obtainCode(simulator)));
  await Promise.all(codes.map(async (code, index) => {
    assert.equal((await exchange(next(index), code)).status, 400, 'a neighbour knows no code');
    assert.equal((await exchange(simulators[index], code)).status, 200, 'and has not spent it');
  }));

  const tokens = await Promise.all(simulators.map((simulator) => signIn(simulator, 'tweet.read users.read offline.access')));
  await Promise.all(tokens.map(async ({ access_token, refresh_token }, index) => {
    const fields = { grant_type: 'refresh_token', refresh_token, client_id: SPA.clientId };
    assert.equal((await get(`${next(index).apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` })).status, 401);
    assert.equal((await tokenRequest(next(index), fields)).status, 400);
    assert.equal((await tokenRequest(simulators[index], fields)).status, 200);
  }));
  await Promise.all(simulators.map((simulator) => signInWith1(simulator)));

  const [first, second, ...others] = simulators;
  const path = pathOf(first, APP1.clientId);
  const foreign = await open(first, path);
  const ticket = /name="ticket" value="([^"]+)"/.exec(foreign.html)[1];
  const elsewhere = await (await open(second, path)).send(path, { ticket, name: 'Taken over' });
  assert.equal(elsewhere.status, 400, 'a neighbour’s ticket is none');
  const cookies = await Promise.all(simulators.map((simulator) => logIn(simulator)));
  const log = async ({ url }) => (await get(`${url}/log`)).text();
  const settings = ({ url }, cookie) => get(`${url}/settings/connected_apps`, { Cookie: cookie });
  // As if a browser sent its cookie to the neighbour's port under the name that is looked for there.
  const carried = cookies[0].replace(/_\d+=/, `_${new URL(second.url).port}=`);
  assert.equal((await settings(second, carried)).status, 302, 'a neighbour’s session is none');
  const page = await (await settings(first, cookies[0])).text();
  await post(`${first.url}/settings/connected_apps`, { ticket: ticketOf(page), client_id: APP1.clientId }, { Cookie: cookies[0] });
  assert.doesNotMatch(await (await settings(first, cookies[0])).text(), /<article/);
  assert.match(await log(first), /The person takes an App’s access back/);
  first.control.changeApp(APP1.clientId, { suspended: true, oauth1: { access: 'read-write' } });
  first.control.fault('token_status', { status: 418 });
  first.control.advance(60_000);
  first.control.autoApprove('noor_example');
  first.control.setCoop(null);
  for (const [index, simulator] of [second, ...others].entries()) {
    assert.deepEqual(simulator.apps.map(({ name, suspended, oauth1 }) => [name, suspended, oauth1.access]), [[`App ${index + 1}`, undefined, 'read']]);
    const { faults, now, autoApprove, coop } = simulator.control.state();
    assert.deepEqual({ faults, now, autoApprove, coop }, { faults: [], now: simulator.clock.ms, autoApprove: null, coop: 'same-origin-allow-popups' });
    assert.equal(simulator.control.counts().tokenExchanges, 3, 'of its own');
    assert.equal(simulator.control.events('fault').length, 0);
    assert.equal((await get(authorizeUrl(simulator))).status, 200);
    assert.match(await (await settings(simulator, cookies[index + 1])).text(), /OAuth 2\.0: 3 scopes/, 'what was let in here stays');
    const limit = await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${tokens[index + 1].access_token}` });
    assert.equal(limit.headers.get('x-rate-limit-remaining'), '74');
    assert.doesNotMatch(await log(simulator), /access back/);
  }
  assert.deepEqual(codeOf(await requestToken(first, {}, { time: first.clock.ms + 60_000 })), [401, 416]);

  await first.close();
  assert.equal((await get(authorizeUrl(second))).status, 200, 'one that ends leaves the others');
});

/** Everything that is made up at random in a sign-in by either protocol and in the console. */
async function madeUp(simulator) {
  const code = await obtainCode(simulator, { scope: 'tweet.read users.read offline.access' });
  const { access_token, refresh_token } = (await exchange(simulator, code)).body;
  const person = await signInWith1(simulator);
  const made = await (await open(simulator, '/developer/apps/new')).send('/developer/apps/new', { name: 'Made', description: 'Made in the console.' });
  assert.match(made.text, /Created/);
  return { code, access_token, refresh_token, person, app: simulator.apps.at(-1), avatars: simulator.accounts.map(({ id }) => id) };
}

test('K: the same seed gives the same codes, tokens, keys and ids, whatever the time is and whoever looks', async (t) => {
  const options = { apps: [APP1], seed: 'tea' };
  const [one, two] = [await start(t, options), await start(t, options)];
  two.clock.ms += 86_400_000 * 30;
  for (const path of ['/', '/developer', pathOf(two, APP1.clientId)]) await get(two.url + path);
  const first = await madeUp(one);
  assert.deepEqual(await madeUp(two), first);
  assert.notDeepEqual(first, await madeUp(await start(t, { ...options, seed: 'coffee' })));
  one.control.reset();
  assert.deepEqual(await madeUp(one), first, 'and again after a reset');
});
