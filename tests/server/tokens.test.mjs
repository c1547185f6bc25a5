/** Access tokens for the host's own requests: renewed, and taken back; against the simulator. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { memorySessions } from '../../www/src/server/index.js';
import { SPA, WEB } from '../simulator/helpers.mjs';
import { APP, assertSilent, backend, browser } from './browser.mjs';
import { ORIGIN } from './helpers.mjs';

const HOUR = 3_600_000;
const LONG = { sessionSeconds: 30 * 86_400, scopes: ['users.read', 'tweet.read', 'offline.access'] };

/** Somebody signed in by a link, with a store, a mocked clock and a session of thirty days. */
async function signedIn(t, { app = SPA, options = {} } = {}) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const told = [];
  const working = [];
  const store = memorySessions();
  const waitUntil = (work) => working.push(work);
  const given = await backend(t, { app, options: { ...LONG, sessions: store, onError: (error) => told.push(error), waitUntil, ...options } });
  const person = browser(given.handler);
  await person.signIn();
  const request = () => new Request(ORIGIN, { headers: { cookie: [...person.jar].map((pair) => pair.join('=')).join('; ') } });
  const refreshes = () => given.simulator.control.events('token_request').filter(({ parameters }) => JSON.stringify(parameters).includes('refresh')).length;
  return { ...given, person, request, refreshes, told, store, after: () => Promise.all(working), tokenOf: () => given.handler.accessToken(request()) };
}

for (const app of [SPA, WEB]) {
  test(`G11 G6: a token is renewed when it is due, by an app of type ${app.type}; the session goes on`, async (t) => {
    const { tokenOf, simulator, person, heard, after } = await signedIn(t, { app });
    const first = await tokenOf();
    assert.deepEqual([first.accessToken, first.scopes.length], [JSON.parse(heard[0]).access_token, 3]);
    assert.ok(Math.abs(first.expiresAt - Date.now() - 2 * HOUR) < 2000);
    t.mock.timers.tick(2 * HOUR - 30_000);
    // On a slow machine the old one is given first, and the renewal goes on.
    await tokenOf();
    await after();
    const second = await tokenOf();
    assert.notEqual(second.accessToken, first.accessToken);
    t.mock.timers.tick(HOUR);
    assert.equal((await tokenOf()).accessToken, second.accessToken);
    for (const hours of [2, 48]) {
      t.mock.timers.tick(hours * HOUR);
      const { accessToken } = await tokenOf();
      const answer = await fetch(`${simulator.apiUrl}/2/users/me`, { headers: { authorization: `Bearer ${accessToken}` } });
      assert.equal(answer.status, 200);
    }
    assert.equal((await person.session()).status, 200);
    assertSilent(person.said, heard.flatMap((text) => { const { access_token: a, refresh_token: r } = JSON.parse(text); return a ? [a, r] : []; }));
    t.mock.timers.tick(30 * 24 * HOUR);
    assert.equal(await tokenOf(), null);
  });
}

test('G11: fifty at once ask X once', async (t) => {
  const { tokenOf, heard } = await signedIn(t);
  const before = heard.length;
  t.mock.timers.tick(2 * HOUR);
  const all = await Promise.all(Array.from({ length: 50 }, tokenOf));
  assert.equal(new Set(all.map(({ accessToken }) => accessToken)).size, 1);
  assert.equal(heard.length - before, 1);
});

test('G11: an outage or a rate limit keeps the grant, a refused one ends the session', async (t) => {
  const { tokenOf, simulator, person, store } = await signedIn(t);
  t.mock.timers.tick(2 * HOUR);
  for (const [fault, code] of [[{ status: 503, body: '<h1>Over capacity</h1>' }, 'provider_error'], [{ status: 429, body: {} }, 'rate_limited']]) {
    simulator.control.fault('token_status', fault);
    await assert.rejects(tokenOf(), (error) => error.code === code && error.hint.length > 10);
    assert.equal((await person.session()).status, 200);
    t.mock.timers.tick(5_000);
  }
  assert.ok(await tokenOf(), 'renewed after all');
  simulator.control.reset();
  t.mock.timers.tick(2 * HOUR);
  assert.equal(await tokenOf(), null);
  assert.equal((await person.session()).status, 204);
  assert.equal(store.get([...person.jar.values()][0]), undefined);
});

test('G11: a token that is good for a moment more is given when X cannot be asked', async (t) => {
  const { tokenOf, simulator } = await signedIn(t);
  const { accessToken } = await tokenOf();
  t.mock.timers.tick(2 * HOUR - 30_000);
  simulator.control.fault('token_status', { status: 503 });
  assert.equal((await tokenOf()).accessToken, accessToken);
});

test('G11 A21: who signs out while X renews stays signed out, and the new tokens are taken back', async (t) => {
  let arrived;
  let go;
  const asked = new Promise((resolve) => { arrived = resolve; });
  const gate = new Promise((resolve) => { go = resolve; });
  let slow = false;
  const fetched = async (...args) => {
    const response = await fetch(...args);
    if (slow && String(args[1].body).includes('grant_type=refresh_token')) {
      arrived(JSON.parse(await response.clone().text()));
      await gate;
    }
    return response;
  };
  const { tokenOf, person, after, simulator } = await signedIn(t, { options: { fetch: fetched } });
  t.mock.timers.tick(2 * HOUR);
  slow = true;
  const renewing = tokenOf();
  const fresh = await asked;
  assert.equal((await person.post('/auth/x/signout')).status, 204);
  go();
  assert.equal(await renewing, null);
  assert.equal((await person.session()).status, 204);
  await after();
  const me = await fetch(`${simulator.apiUrl}/2/users/me`, { headers: { authorization: `Bearer ${fresh.access_token}` } });
  assert.equal(me.status, 401);
});

for (const app of [SPA, WEB]) {
  test(`A21 G8 G6: sign-out ends the session first and takes both tokens back, by an app of type ${app.type}`, async (t) => {
    const { tokenOf, person, after, simulator, told } = await signedIn(t, { app });
    const { accessToken } = await tokenOf();
    assert.equal((await person.post('/auth/x/signout')).status, 204);
    assert.equal(await tokenOf(), null);
    await after();
    assert.equal((await fetch(`${simulator.apiUrl}/2/users/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status, 401);
    assert.deepEqual(told, []);
  });
}

test('A21: X out of order does not keep anybody signed in; it is tried again once, and told', async (t) => {
  let tries = 0;
  const fetched = (url, init) => (url.endsWith('/revoke') ? (tries += 1, Promise.resolve(new Response('', { status: 503 }))) : fetch(url, init));
  const { person, after, told } = await signedIn(t, { options: { fetch: fetched } });
  assert.equal((await person.post('/auth/x/signout')).status, 204);
  assert.equal((await person.session()).status, 204);
  await after();
  assert.deepEqual([tries, told.length, /taken a token back/.test(told[0].message)], [4, 2, true]);
});

test('A21: a simulator’s tokens are not sent to X: no revoke endpoint, no request', async (t) => {
  const asked = [];
  const { simulator, person, after } = await signedIn(t, { options: { fetch: (url, init) => { asked.push(new URL(url).origin); return fetch(url, init); } } });
  await person.post('/auth/x/signout');
  await after();
  assert.deepEqual([...new Set(asked)], [simulator.apiUrl]);
  const { createHandler } = await import('../../www/src/server/index.js');
  const urls = [];
  const handler = createHandler({
    clientId: SPA.clientId,
    redirectUris: [`${ORIGIN}/auth/x/callback`],
    origin: ORIGIN,
    endpoints: { token: `${simulator.apiUrl}/2/oauth2/token` },
    sessions: { get: () => ({ user: {}, scopes: [], accessToken: 'a', expiresAt: Date.now() + HOUR }), set() {}, delete() {} },
    fetch: (url) => { urls.push(url); return Promise.reject(new Error('no')); },
  });
  const other = browser(handler);
  other.jar.set('sign-in-with-x', 'A'.repeat(43));
  assert.equal((await other.post('/auth/x/signout')).status, 204);
  assert.deepEqual(urls, []);
});

test('G9: a session of OAuth 1.0a has its pair, lasts as long as the host says, and keeps its token at sign-out', async (t) => {
  const { handler, request, person, after, heard } = await signedIn(t, { app: APP });
  await person.signIn('/auth/x/oauth1/start');
  // Those of the session before.
  await after();
  t.mock.timers.tick(29 * 24 * HOUR);
  const token = await handler.accessToken(request());
  assert.ok(token.accessToken && token.accessTokenSecret && token.expiresAt === undefined);
  const before = heard.length;
  await person.post('/auth/x/signout');
  await after();
  assert.equal(heard.length, before);
});

test('G16: with secrets a store sees no token, and only the right secret opens it', async (t) => {
  const { person, store, heard, tokenOf } = await signedIn(t);
  const id = [...person.jar.values()][0];
  const stored = store.get(id);
  assert.deepEqual([stored.user.username, typeof stored.sealed], ['ada_example', 'string']);
  const { access_token: access, refresh_token: refresh } = JSON.parse(heard[0]);
  assertSilent([JSON.stringify(stored)], [access, refresh]);
  assert.equal((await tokenOf()).accessToken, access);
  store.set('B'.repeat(43), stored, 60);
  person.jar.set('sign-in-with-x', 'B'.repeat(43));
  assert.equal((await person.session()).status, 204, 'moved to another session it is not there');
});

test('G16: whoever can write to the store makes nobody somebody else, and no session longer', async (t) => {
  const { person, store, request, handler } = await signedIn(t);
  const id = [...person.jar.values()][0];
  const stored = store.get(id);
  for (const change of [{ user: { ...stored.user, id: '1' } }, { expiresAt: stored.expiresAt + 1 }, { expiresAt: 1e15 }, { sealed: undefined }, { user: undefined }, { sealed: `${stored.sealed}A` }]) {
    store.set(id, { ...stored, ...change }, 60);
    assert.equal((await person.session()).status, 204, Object.keys(change).join());
  }
  store.set(id, { ...stored, scopes: ['dm.write'], user: { ...stored.user, username: 'mallory', email: 'mallory@evil.example' }, accessToken: 'planted' }, 60);
  const { user, scopes, accessToken } = await handler.getSession(request());
  assert.deepEqual([user.username, user.email, scopes.includes('dm.write'), accessToken === 'planted'], ['ada_example', undefined, false, false]);
});

test('G11: a lock that cannot be given back, a waitUntil that throws: told, and nothing is lost', async (t) => {
  const broken = new Error('down');
  const sessions = { ...memorySessions(), lock: async () => () => Promise.reject(broken) };
  const { tokenOf, person, told } = await signedIn(t, { options: { sessions, waitUntil: () => { throw broken; } } });
  t.mock.timers.tick(2 * HOUR);
  assert.ok(await tokenOf());
  assert.equal((await person.post('/auth/x/signout')).status, 204);
  assert.equal(person.jar.size, 0);
  assert.deepEqual(told, [broken, broken, broken], 'waitUntil for the renewal, the lock, waitUntil for the tokens');
});

test('G13 G11: whatever the host’s functions throw or reject with, the answer is the same', async (t) => {
  const told = [];
  const broken = new Error('down');
  for (const fail of [() => { throw broken; }, () => Promise.reject(broken), async () => { throw broken; }]) {
    const sessions = { ...memorySessions(), lock: async () => fail };
    const onError = (error) => { told.push(error); return fail(); };
    const { tokenOf, person, handler } = await signedIn(t, { options: { sessions, waitUntil: fail, onError, callbackPage: fail } });
    t.mock.timers.tick(2 * HOUR);
    assert.ok(await tokenOf());
    assert.equal((await person.post('/auth/x/signout')).status, 204);
    assert.equal((await handler(new Request(`${ORIGIN}/auth/x/callback?code=c&state=s`, { headers: { accept: 'text/html' } }))).status, 500);
    t.mock.timers.reset();
  }
  assert.deepEqual(told, Array.from({ length: 12 }, () => broken), 'the lock, waitUntil twice and the page, each time');
});

test('G13: a callback page that is none is a failure of the backend', async (t) => {
  const told = [];
  const { handler } = await backend(t, { options: { callbackPage: () => undefined, onError: (error) => told.push(error) } });
  assert.equal((await handler(new Request(`${ORIGIN}/auth/x/callback?code=c&state=s`, { headers: { accept: 'text/html' } }))).status, 500);
  assert.equal(told.length, 1);
});

test('G11: a failure is not asked for again at once; after X’s limit, for nobody until it is over', async (t) => {
  let answer = () => Promise.reject(new Error('no way there'));
  let asked = 0;
  const fetched = (url, init) => {
    if (!String(init.body).includes('grant_type=refresh_token')) return fetch(url, init);
    asked += 1;
    return answer(url, init);
  };
  const { tokenOf, handler, after } = await signedIn(t, { options: { fetch: fetched } });
  const other = browser(handler);
  await other.signIn();
  const ofOther = () => handler.accessToken(new Request(ORIGIN, { headers: { cookie: [...other.jar].map((pair) => pair.join('=')).join('; ') } }));
  const rejects = async (asking, code, retryAfter) => assert.rejects(asking, (error) => error.code === code && error.retryAfter === retryAfter);
  const good = await tokenOf();
  t.mock.timers.tick(2 * HOUR - 30_000);
  for (let count = 0; count < 5; count += 1) assert.equal((await tokenOf()).accessToken, good.accessToken);
  assert.equal(asked, 1, 'the old one is good for half a minute more');
  t.mock.timers.tick(30_000);
  for (let count = 0; count < 5; count += 1) await rejects(tokenOf(), 'upstream_unreachable');
  assert.equal(asked, 2);
  await rejects(ofOther(), 'upstream_unreachable');
  assert.equal(asked, 3, 'another session is another matter');
  t.mock.timers.tick(5_000);
  answer = async () => new Response('{}', { status: 429, headers: { 'content-type': 'application/json', 'retry-after': '60' } });
  await rejects(tokenOf(), 'rate_limited', 60);
  t.mock.timers.tick(20_000);
  for (const each of [tokenOf, ofOther, tokenOf]) await rejects(each(), 'rate_limited', 40);
  assert.equal(asked, 4);
  t.mock.timers.tick(40_000);
  answer = fetch;
  assert.ok(await tokenOf() && await ofOther());
  await after();
});

test('G11: nobody queues behind an X that does not answer while the old token is good', async (t) => {
  let answer = () => {};
  const silence = new Promise((resolve) => { answer = resolve; });
  const asked = [];
  const fetched = async (url, init) => {
    if (!String(init.body).includes('grant_type=refresh_token')) return fetch(url, init);
    asked.push(url);
    await silence;
    return fetch(url, init);
  };
  const { tokenOf, after } = await signedIn(t, { options: { fetch: fetched } });
  const { accessToken: old } = await tokenOf();
  t.mock.timers.tick(2 * HOUR - 30_000);
  const waiting = await Promise.all(Array.from({ length: 5 }, tokenOf));
  assert.deepEqual([...new Set(waiting.map(({ accessToken }) => accessToken))], [old]);
  assert.equal((await tokenOf()).accessToken, old, 'who comes later does not wait at all');
  assert.equal(asked.length, 1);
  answer();
  await after();
  assert.notEqual((await tokenOf()).accessToken, old);
  assert.equal(asked.length, 1);
});
