/** G16: without a store, the session is in its cookie: sealed, and good on every instance that has the secret. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { engine } from '../../www/src/server/engine.js';
import { spentOf } from '../../www/src/server/spent.js';
import { CALLBACK } from '../simulator/helpers.mjs';
import { APP, FROM_X, SECRET, assertSilent, backend, browser } from './browser.mjs';
import { ORIGIN, PROFILE, TOKENS, exchange, failureOf, handlerFor, json, startX } from './helpers.mjs';

const NEWER = 'Zq8Lm3Xc6Vb1Nn0Kj7Hg5Fd4Sa2Po9Iu-Yt_RrEeWwQ';
const NAME = 'sign-in-with-x';

test('G16: a second instance reads the session, and one with another secret does not', async (t) => {
  const { handler, simulator, heard } = await backend(t);
  const person = browser(handler);
  await person.signIn();
  assert.match(person.jar.get(NAME), /^[\w-]{43}\.[\w-]+$/);
  assertSilent([...person.jar.values(), ...person.said], [JSON.parse(heard[0]).access_token, 'ada_example']);
  const options = { clientId: APP.clientId, redirectUris: [CALLBACK], origin: ORIGIN };
  const { createHandler } = await import('../../www/src/server/index.js');
  for (const [change, status] of [
    [{ secrets: SECRET }, 200],
    [{ secrets: [NEWER, SECRET] }, 200],
    [{ secrets: NEWER }, 204],
    [{ secrets: SECRET, clientId: 'other' }, 204],
    [{ secrets: undefined }, 204],
  ]) {
    const other = browser(createHandler({ ...options, ...change }));
    other.jar.set(NAME, person.jar.get(NAME));
    assert.equal((await other.session()).status, status, Object.keys(change).join());
  }
  assert.ok(simulator);
});

test('G16 G13: a changed, cut or moved cookie is nobody', async (t) => {
  const { handler } = await backend(t);
  const [ada, other] = [browser(handler), browser(handler)];
  await ada.signIn();
  await other.signIn();
  const [cookie, another] = [ada, other].map(({ jar }) => jar.get(NAME));
  const [id, sealed] = cookie.split('.');
  const flipped = (at) => `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
  for (const wrong of [id, `${id}.`, `${id}.${sealed}.`, `${id}.${sealed.slice(1)}`, `${id}.${sealed.slice(0, -4)}`, `${another.split('.')[0]}.${sealed}`, ...[0, 5, 40, 200].map((at) => `${id}.${flipped(at)}`), `${id}.${'A'.repeat(20_000)}`]) {
    ada.jar.set(NAME, wrong);
    assert.equal((await ada.session()).status, 204, wrong.slice(0, 60));
  }
  // The start cookie is sealed as well, for another purpose.
  const begun = browser(handler);
  await begun.ask('/auth/x/start');
  ada.jar.set(NAME, `${id}.${begun.jar.get(`${NAME}-start`)}`);
  assert.equal((await ada.session()).status, 204);
});

test('G8 G16: a sign-out holds in every handler of the process, and in every copy of the package that a bundler makes', async (t) => {
  const { handler, simulator } = await backend(t);
  const { createHandler } = await import('../../www/src/server/index.js');
  const options = { clientId: APP.clientId, redirectUris: [CALLBACK], origin: ORIGIN, secrets: SECRET };
  const person = browser(handler);
  await person.signIn();
  const copy = person.jar.get(NAME);
  const elsewhere = () => { const other = browser(createHandler(options)); other.jar.set(NAME, copy); return other; };
  const before = elsewhere();
  assert.equal((await before.session()).status, 200);
  await person.post('/auth/x/signout');
  before.jar.set(NAME, copy);
  for (const other of [before, elsewhere()]) assert.equal((await other.session()).status, 204);
  const settings = { clientId: APP.clientId, origin: ORIGIN };
  const again = await import('../../www/src/server/spent.js?again');
  const list = (what, change) => again.spentOf({ wasm: engine(), settings: { ...settings, ...change } }, what);
  assert.equal(list('sessions'), spentOf({ wasm: engine(), settings }, 'sessions'));
  for (const other of [list('transactions'), list('sessions', { clientId: 'another' }), list('sessions', { origin: 'https://app.example' })]) assert.notEqual(other, list('sessions'));
  assert.ok(simulator);
});

test('G4: a transaction that one handler has used is used for all of the process', async (t) => {
  const { handler, simulator } = await backend(t);
  const { createHandler } = await import('../../www/src/server/index.js');
  const person = browser(handler);
  const back = await person.toX((await person.ask('/auth/x/start')).headers.get('location'));
  const other = browser(createHandler({ clientId: APP.clientId, redirectUris: [CALLBACK], origin: ORIGIN, secrets: SECRET, endpoints: { token: `${simulator.apiUrl}/2/oauth2/token` } }));
  other.jar.set(`${NAME}-start`, person.jar.get(`${NAME}-start`));
  other.laxly(`${NAME}-start`);
  assert.equal((await person.ask(back, { headers: FROM_X })).status, 200);
  const asked = simulator.control.events('token_request').length;
  assert.equal((await other.ask(back, { headers: FROM_X })).status, 400);
  assert.equal(simulator.control.events('token_request').length, asked, 'X is not asked');
});

test('G8 G16: after a sign-out this process knows a copy of the cookie no more', async (t) => {
  const { handler } = await backend(t);
  const person = browser(handler);
  await person.signIn();
  const copy = person.jar.get(NAME);
  assert.equal((await person.post('/auth/x/signout')).status, 204);
  assert.equal(person.jar.size, 0);
  person.jar.set(NAME, copy);
  assert.equal((await person.session()).status, 204);
});

test('G11: a cookie keeps no refresh token, and ends with its access token', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const { handler } = await backend(t, { options: { scopes: 'users.read tweet.read offline.access', sessionSeconds: 86_400 } });
  const person = browser(handler);
  await person.signIn();
  const request = new Request(ORIGIN, { headers: { cookie: `${NAME}=${person.jar.get(NAME)}` } });
  assert.equal((await handler.getSession(request)).refreshToken, undefined);
  t.mock.timers.tick(7_199_000);
  assert.ok(await handler.accessToken(request));
  t.mock.timers.tick(2_000);
  assert.equal(await handler.accessToken(request), null);
});

test('G16: a session that no cookie can hold is a failure that says what to do', async (t) => {
  const x = await startX(t, { token: json(200, { ...TOKENS, access_token: `canary-${'t'.repeat(3500)}` }), user: json(200, PROFILE) });
  const failure = await failureOf(await exchange(handlerFor(x, { secrets: SECRET })));
  assert.deepEqual([failure.status, failure.error, /sessions/.test(failure.hint)], [500, 'internal', true]);
  assert.equal((await exchange(handlerFor(x, { secrets: SECRET, sessions: { get() {}, set() {}, delete() {} } }))).status, 200);
});
