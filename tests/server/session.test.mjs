/** Sessions and their cookie. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { memorySessions } from '../../www/src/server/index.js';
import { CALLBACK, SECRETS, TOKENS, ask, cookieOf, exchange, failureOf, handlerFor, json, readSafely, signIn, startX } from './helpers.mjs';

const session = (handler, cookie) => ask(handler, 'GET', 'session', { headers: { cookie } });
const signOut = (handler, cookie) => ask(handler, 'POST', 'signout', { headers: { cookie } });

test('G2: the cookie on https', async (t) => {
  const response = await exchange(handlerFor(await startX(t), { origin: 'https://app.example' }), { headers: { origin: 'https://app.example' } });
  const cookies = response.headers.getSetCookie();
  assert.equal(cookies.length, 1);
  assert.match(cookies[0], /^__Host-Http-sign-in-with-x=[\w-]{43}; Path=\/; Max-Age=7200; Secure; HttpOnly; SameSite=Strict$/);
});

test('G2: the cookie on this machine', async (t) => {
  const response = await exchange(handlerFor(await startX(t)));
  assert.match(response.headers.getSetCookie()[0], /^sign-in-with-x=[\w-]{43}; Path=\/; Max-Age=7200; HttpOnly; SameSite=Strict$/);
});

test('G1: the session says who is signed in, and no token', async (t) => {
  const handler = handlerFor(await startX(t));
  assert.equal((await session(handler, '')).status, 204);
  const cookie = await signIn(handler);
  const response = await session(handler, `a=b; ${cookie}`);
  const { user, scopes } = await readSafely(response);
  assert.deepEqual([user.id, user.username, scopes.length], ['9007199254740993', 'ada', 3]);
  assert.equal(response.headers.getSetCookie().length, 0);
});

test('G8: sign-out ends the session on the server, not only in the browser', async (t) => {
  const handler = handlerFor(await startX(t));
  const cookie = await signIn(handler);
  const response = await signOut(handler, cookie);
  assert.equal(response.status, 204);
  await readSafely(response);
  assert.match(response.headers.getSetCookie()[0], /^sign-in-with-x=; Path=\/; Max-Age=0; /);
  assert.equal((await session(handler, cookie)).status, 204);
  assert.equal((await signOut(handler, cookie)).status, 204);
});

test('G8: a sign-in gets a new id, never a planted one, and ends the session before it', async (t) => {
  const handler = handlerFor(await startX(t));
  const planted = `sign-in-with-x=${'P'.repeat(43)}`;
  const first = await signIn(handler, { cookie: planted });
  assert.notEqual(first, planted);
  assert.equal((await session(handler, planted)).status, 204);
  const second = await signIn(handler, { cookie: first });
  assert.notEqual(second, first);
  assert.equal((await session(handler, first)).status, 204);
  assert.equal((await session(handler, second)).status, 200);
});

test('G8: a sign-in that fails leaves the session alone', async (t) => {
  let works = true;
  const x = await startX(t, { token: () => (works ? json(200, TOKENS) : json(400, { error: 'invalid_grant' })) });
  const handler = handlerFor(x);
  const cookie = await signIn(handler);
  works = false;
  await failureOf(await exchange(handler, { headers: { cookie } }));
  assert.equal((await session(handler, cookie)).status, 200);
});

test('a session ends when its token does, whatever the store remembers', async (t) => {
  const handler = handlerFor(await startX(t, { token: json(200, { ...TOKENS, expires_in: 60 }) }));
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const cookie = await signIn(handler);
  t.mock.timers.tick(59_000);
  assert.equal((await session(handler, cookie)).status, 200);
  t.mock.timers.tick(1_000);
  assert.equal((await session(handler, cookie)).status, 204);
});

test('the host’s own routes get the whole session, tokens and all', async (t) => {
  const handler = handlerFor(await startX(t));
  const cookie = await signIn(handler);
  const request = (headers) => new Request('http://host.invalid/api/anything', { headers });
  const { user, accessToken, refreshToken, expiresAt } = await handler.getSession(request({ cookie }));
  assert.deepEqual([user.username, accessToken, refreshToken], ['ada', SECRETS.access, SECRETS.refresh]);
  assert.ok(Math.abs(expiresAt - Date.now() - 7_200_000) < 5_000);
  assert.equal(await handler.getSession(request({})), null);
  assert.equal(await handler.getSession(request({ cookie: 'sign-in-with-x=nonsense' })), null);
});

test('a store of the host’s own: what it is asked, and what happens when it fails', async (t) => {
  const calls = [];
  const kept = new Map();
  const sessions = {
    async get(id) { calls.push('get'); return kept.get(id) ?? null; },
    async set(id, value, life) { calls.push(`set ${life}`); kept.set(id, structuredClone(value)); },
    async delete(id) { calls.push('delete'); kept.delete(id); },
  };
  const told = [];
  const handler = handlerFor(await startX(t), { sessions, onError: (error) => told.push(error) });
  const cookie = await signIn(handler);
  await session(handler, cookie);
  await signOut(handler, cookie);
  assert.deepEqual(calls, ['set 7200', 'get', 'get', 'delete']);

  const logged = [];
  for (const method of ['log', 'warn', 'error']) t.mock.method(console, method, (...args) => logged.push(args));
  const broken = new Error(`no store for ${SECRETS.access}`);
  for (const name of ['get', 'set', 'delete']) sessions[name] = () => Promise.reject(broken);
  for (const response of [await exchange(handler), await session(handler, cookie)]) {
    const failure = await failureOf(response);
    assert.deepEqual([failure.status, failure.error], [500, 'internal']);
  }
  // A21: whoever signs out is signed out in this browser, whatever becomes of the store.
  const left = await signOut(handler, cookie);
  assert.equal(left.status, 500);
  assert.match(left.headers.getSetCookie().join(), /^sign-in-with-x=;.*Max-Age=0/i);
  assert.deepEqual([told, logged], [[broken, broken, broken, broken], []], 'G12: the host is told, the log is not');
});

test('G13: a report that throws is not the visitor’s', async (t) => {
  const sessions = { get: () => Promise.reject(new Error('down')), set() {}, delete() {} };
  const handler = handlerFor(await startX(t), { sessions, onError: () => { throw new Error('no log either'); } });
  const failure = await failureOf(await session(handler, `sign-in-with-x=${'A'.repeat(43)}`));
  assert.deepEqual([failure.status, failure.error], [500, 'internal']);
});

test('memorySessions: bounded; the expired go first, then the oldest', () => {
  const store = memorySessions({ max: 3 });
  const until = (expiresAt) => ({ user: { id: '1', username: 'a', name: 'A' }, scopes: [], accessToken: 't', expiresAt });
  const later = Date.now() + 60_000;
  store.set('a', until(later), 60);
  store.set('b', until(Date.now() - 1), 60);
  store.set('c', until(later), 60);
  store.set('d', until(later), 60);
  assert.deepEqual(['a', 'b', 'c', 'd'].map((id) => store.get(id) !== undefined), [true, false, true, true]);
  store.set('e', until(later), 60);
  assert.deepEqual(['a', 'c', 'd', 'e'].map((id) => store.get(id) !== undefined), [false, true, true, true]);
  store.delete('c');
  assert.equal(store.get('c'), undefined);
});

test('two callbacks, one client: each is exchanged with its own address', async (t) => {
  const x = await startX(t);
  const other = 'http://localhost:3000/auth/x/callback';
  const handler = handlerFor(x, { redirectUris: [CALLBACK, other] });
  const body = { code: SECRETS.code, codeVerifier: SECRETS.verifier, clientId: 'client' };
  for (const redirectUri of [CALLBACK, other]) assert.ok(cookieOf(await exchange(handler, { body: { ...body, redirectUri } })));
  assert.deepEqual(x.seen.filter(({ pathname }) => pathname === '/token').map(({ body: form }) => form.get('redirect_uri')), [CALLBACK, other]);
});
