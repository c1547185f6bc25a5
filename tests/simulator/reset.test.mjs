/** `reset()`: as after the start, whatever has happened and whatever is under way. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { authorizeUrl, exchange, folder, get, obtainCode, openConsent, signIn, SPA, start } from './helpers.mjs';
import { APP1, openLevelConsent, requestToken, signInWith1 } from './oauth1.mjs';

/** Until the fault acts: the request has come that far. */
async function acting(simulator) {
  while (simulator.control.events('fault').length === 0) await new Promise((resolve) => setImmediate(resolve));
}

test('K: after a reset a simulator with a state file has the Apps, approvals and tokens that the file held at the start', async (t) => {
  const state = join(folder(t), 'x.json');
  const first = await start(t, { apps: [APP1], state });
  const { access_token } = await signIn(first);
  await signInWith1(first);
  await first.close();

  const { control, ...simulator } = await start(t, { apps: undefined, state });
  const [tokens, text] = [control.tokens(), readFileSync(state, 'utf8')];
  assert.equal(tokens.length, 2);
  await signIn({ ...simulator, control });
  control.changeApp(SPA.clientId, { name: 'Changed' });
  assert.notEqual(readFileSync(state, 'utf8'), text);
  control.reset();
  assert.deepEqual(control.tokens(), tokens);
  assert.equal(readFileSync(state, 'utf8'), text, 'and so does the file');
  assert.equal((await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` })).status, 200);
  control.reset();
  assert.deepEqual(control.tokens(), tokens, 'and again');
});

for (const [what, stage, act] of [
  ['a code that is about to leave', 'code', async (simulator) => (await openConsent(simulator)).press('approve')],
  ['a redirect', 'redirect', async (simulator) => (await openConsent(simulator)).press('approve')],
  ['a page', 'page', (simulator) => get(authorizeUrl(simulator))],
  ['an exchange', 'token', async (simulator) => get(simulator.url).then(async () => exchange(simulator, await obtainCode(simulator)))],
  ['a request token', 'request_token', (simulator) => requestToken(simulator)],
  ['a page of OAuth 1.0a', 'page', (simulator) => openLevelConsent(simulator, 'a-token').then(({ response }) => response)],
]) {
  test(`K: ${what}, which a delay holds back over a reset, leaves nothing behind in what comes after`, { timeout: 10_000 }, async (t) => {
    const simulator = await start(t, { apps: [APP1], seed: 'tea' });
    const { control } = simulator;
    const code = await obtainCode(simulator);
    control.reset();
    control.fault('delay_ms', { ms: 60_000, stage });
    const going = act(simulator);
    await acting(simulator);
    control.reset();
    assert.equal((await going).status, 503);
    assert.deepEqual([control.events(), control.codes(), control.tokens()], [[], [], []]);
    assert.equal(await obtainCode(simulator), code, 'the seed is at its beginning');
  });
}

test('K: a callback that is being visited twice when the reset comes is visited once, and the journal stays empty', { timeout: 10_000 }, async (t) => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => (server.closeAllConnections(), server.close()));
  const callback = `http://127.0.0.1:${server.address().port}/callback`;
  const simulator = await start(t, { apps: [{ ...SPA, redirectUris: [callback] }], faults: [{ kind: 'deliver_twice' }] });
  const visited = once(server, 'request');
  const going = (await openConsent(simulator, { redirect_uri: callback })).press('approve');
  await visited;
  simulator.control.reset();
  const { status, headers } = await going;
  assert.deepEqual([status, headers.get('location')], [503, null]);
  assert.deepEqual(simulator.control.events(), []);
});

test('K: a delayed answer that is under way at the end is cut, and not told as a reset', { timeout: 10_000 }, async (t) => {
  const simulator = await start(t, { faults: [{ kind: 'delay_ms', ms: 60_000, stage: 'page' }] });
  const going = get(authorizeUrl(simulator)).then(() => 'answered', () => 'cut');
  await acting(simulator);
  await simulator.close();
  assert.equal(await going, 'cut');
});
