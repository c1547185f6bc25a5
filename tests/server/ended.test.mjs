/** G8 A21: a session that was ended stays ended, and its tokens with it, whatever else happens at the time. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createHandler, memorySessions } from '../../www/src/server/index.js';
import { CALLBACK, SPA } from '../simulator/helpers.mjs';
import { APP, FROM_X, SECRET, assertSilent, backend, browser } from './browser.mjs';
import { ORIGIN } from './helpers.mjs';

const HOUR = 3_600_000;
const NAME = 'sign-in-with-x';
const SCOPES = { scopes: 'users.read tweet.read offline.access' };
/** With a store. */
const LONG = { ...SCOPES, sessionSeconds: 30 * 86_400 };

/** A store that can do what every store can, and nothing else; `pause` is waited for in the middle of each change. */
function plainStore(pause = () => Promise.resolve()) {
  const kept = new Map();
  return {
    kept,
    async get(id) { return kept.get(id); },
    async set(id, session) { await pause('set'); kept.set(id, session); },
    async delete(id) { await pause('delete'); kept.delete(id); },
  };
}

function gate() {
  let open = () => {};
  const opened = new Promise((resolve) => { open = resolve; });
  return { open, opened };
}

/** A backend whose clock can be turned; what X gave, and what it was asked to take back. */
async function prepared(t, options = {}, { app = SPA, apis = ['Date'] } = {}) {
  t.mock.timers.enable({ apis, now: Date.now() });
  const [working, told, issued, returned] = [[], [], [], []];
  const { fetch: asked = fetch } = options;
  async function fetched(url, init) {
    if (String(url).endsWith('/revoke')) returned.push(new URLSearchParams(init.body).get('token'));
    const response = await asked(url, init);
    if (String(url).endsWith('/token')) {
      const { access_token: access, refresh_token: refresh } = await response.clone().json();
      if (access) issued.push([refresh, access]);
    }
    return response;
  }
  const given = await backend(t, { app, options: { ...(options.sessions ? LONG : SCOPES), waitUntil: (work) => { working.push(work); }, onError: (error) => { told.push(error); }, ...options, fetch: fetched } });
  return {
    ...given,
    told,
    issued,
    after: async () => { while (working.length > 0) await working.shift(); },
    /** By name, because with one token of a grant X may end the others (RFC 7009 §2.1). */
    assertTakenBack(tokens, message) {
      for (const token of tokens) assert.ok(token && returned.includes(token), message ?? 'taken back');
    },
    requestOf: (person) => new Request(ORIGIN, { headers: { cookie: [...person.jar].map((pair) => pair.join('=')).join('; ') } }),
  };
}

/** As long as whatever does not wait would take. */
async function turns() {
  for (let count = 0; count < 50; count += 1) await new Promise(setImmediate);
}

test('G8: ten thousand sign-outs of sessions that never were bring none back', async (t) => {
  const { handler } = await prepared(t);
  const person = browser(handler);
  await person.signIn();
  const copy = person.jar.get(NAME);
  await person.post('/auth/x/signout');
  const [, sealed] = copy.split('.');
  for (let count = 0; count < 10_001; count += 1) {
    const name = String(count).padStart(43, 'A');
    person.jar.set(NAME, count % 2 === 0 ? name : `${name}.${sealed}`);
    await person.post('/auth/x/signout');
  }
  person.jar.set(NAME, copy);
  assert.equal((await person.session()).status, 204);
});

test('G8 A17: a copy of an ended session is refused as long as it would have lived, however long X said', async (t) => {
  const fetched = async (url, init) => {
    const response = await fetch(url, init);
    if (!String(url).endsWith('/token')) return response;
    return new Response(JSON.stringify({ ...(await response.json()), expires_in: 1e9 }), { headers: { 'content-type': 'application/json' } });
  };
  const { handler, requestOf } = await prepared(t, { fetch: fetched });
  const [person, other] = [browser(handler), browser(handler)];
  await person.signIn();
  await other.signIn();
  const copy = person.jar.get(NAME);
  await person.post('/auth/x/signout');
  for (let hours = 0; hours <= 24; hours += 3) {
    person.jar.set(NAME, copy);
    assert.equal((await person.session()).status, 204, `${hours} h`);
    assert.equal((await other.session()).status, hours < 24 ? 200 : 204, `${hours} h`);
    t.mock.timers.tick(3 * HOUR);
  }
  assert.equal(await handler.getSession(requestOf(other)), null, 'a day at most');
});

for (const [name, sessions] of [['a store', () => memorySessions()], ['a plain store', () => plainStore()], ['the cookie', () => undefined]]) {
  test(`G8: who signs in again by a link has left the session before, in ${name}`, async (t) => {
    const { handler, simulator, issued, assertTakenBack, after } = await prepared(t, { sessions: sessions() }, { app: APP });
    for (const link of ['start', 'oauth1/start']) {
      const person = browser(handler);
      await person.signIn();
      const before = person.jar.get(NAME);
      const tokens = issued.at(-1);
      simulator.control.autoApprove('noor_example');
      assert.equal((await person.signIn(`/auth/x/${link}`)).status, 200);
      assert.notEqual(person.jar.get(NAME), before);
      assert.equal((await person.session()).status, 200);
      const copy = browser(handler);
      copy.jar.set(NAME, before);
      assert.equal((await copy.session()).status, 204, link);
      await after();
      // What a cookie held has not come along from X.
      if (name !== 'the cookie') assertTakenBack(tokens, link);
    }
  });
}

for (const [name, sessions] of [['a store', () => memorySessions()], ['the cookie', () => undefined]]) {
  test(`G8: two tabs sign in by a link at the same time: a sign-out leaves neither's session, in ${name}`, async (t) => {
    const { handler } = await prepared(t, { sessions: sessions() }, { app: APP });
    const alive = async (cookie) => {
      const copy = browser(handler);
      copy.jar.set(NAME, cookie);
      return (await copy.session()).status === 200;
    };
    for (const second of ['callback', 'exchange']) {
      const person = browser(handler);
      const backs = [];
      for (const link of ['start', 'start', 'oauth1/start']) backs.push(await person.toX((await person.ask(`/auth/x/${link}`)).headers.get('location')));
      const cookies = [];
      for (const back of backs) {
        const { searchParams } = new URL(back);
        const posts = second === 'exchange' && searchParams.has('code') && back === backs[1];
        const body = { code: searchParams.get('code'), state: searchParams.get('state'), redirectUri: CALLBACK, clientId: APP.clientId };
        const answer = posts ? await person.post('/auth/x/exchange', body) : await person.ask(back, { headers: FROM_X });
        assert.equal(answer.status, 200, answer.text);
        cookies.push(person.jar.get(NAME));
      }
      assert.equal(new Set(cookies).size, 3);
      assert.deepEqual(await Promise.all(cookies.map(alive)), [false, false, true], second);
      await person.post('/auth/x/signout');
      assert.deepEqual(await Promise.all(cookies.map(alive)), [false, false, false], second);
    }
  });
}

test('G8: a sign-in that was cancelled, or begun and left, ends no session', async (t) => {
  const { handler, simulator } = await prepared(t, { sessions: memorySessions() });
  const person = browser(handler);
  await person.signIn();
  await person.ask('/auth/x/start');
  simulator.control.autoCancel(true);
  await person.signIn();
  assert.equal((await person.session()).status, 200);
});

for (const [name, make] of [['memorySessions', () => memorySessions()], ['a plain store', (pause) => plainStore(pause)]]) {
  test(`G11 A21: with ${name}, who signs out while X renews stays signed out, and all tokens are taken back`, async (t) => {
    const [asked, answered, deleted] = [gate(), gate(), gate()];
    let slow = false;
    const fetched = async (url, init) => {
      const response = await fetch(url, init);
      if (slow && String(init.body).includes('grant_type=refresh_token')) {
        asked.open();
        await answered.opened;
      }
      return response;
    };
    // The store is slow to forget: the renewal still finds the session there.
    const sessions = make((what) => (slow && what === 'delete' ? deleted.opened : undefined));
    const { handler, requestOf, issued, assertTakenBack, after } = await prepared(t, { sessions, fetch: fetched });
    const person = browser(handler);
    await person.signIn();
    const [request, copy] = [requestOf(person), person.jar.get(NAME)];
    t.mock.timers.tick(2 * HOUR);
    slow = true;
    const renewing = handler.accessToken(request);
    await asked.opened;
    const leaving = person.post('/auth/x/signout');
    await turns();
    if (name === 'memorySessions') assert.equal((await leaving).status, 204, 'it does not wait for X');
    answered.open();
    assert.equal(await renewing, null);
    deleted.open();
    assert.equal((await leaving).status, 204);
    assert.equal(await handler.getSession(request), null);
    assert.equal(await sessions.get(copy), undefined);
    await after();
    assert.equal(issued.length, 2);
    issued.forEach((tokens) => assertTakenBack(tokens));
  });
}

test('G11 A21: a sign-out while the store takes the new tokens ends those', async (t) => {
  const [writing, written] = [gate(), gate()];
  let slow = false;
  const sessions = plainStore((what) => {
    if (!slow || what !== 'set') return undefined;
    writing.open();
    return written.opened;
  });
  const { handler, requestOf, issued, assertTakenBack, after } = await prepared(t, { sessions });
  const person = browser(handler);
  await person.signIn();
  const request = requestOf(person);
  t.mock.timers.tick(2 * HOUR);
  slow = true;
  const renewing = handler.accessToken(request);
  await writing.opened;
  const leaving = person.post('/auth/x/signout');
  await turns();
  written.open();
  assert.equal((await leaving).status, 204);
  await renewing;
  assert.equal(await handler.getSession(request), null);
  assert.equal(sessions.kept.size, 0);
  await after();
  assertTakenBack(issued.at(-1));
});

test('G11 A21: a renewal that is asked for while a session is being ended begins no more', async (t) => {
  const [deleting, deleted] = [gate(), gate()];
  let slow = false;
  // It can neither take nor compare: what a renewal writes after the sign-out has looked would stay.
  const sessions = plainStore((what) => {
    if (!slow || what !== 'delete') return undefined;
    deleting.open();
    return deleted.opened;
  });
  const { handler, requestOf, issued, after } = await prepared(t, { sessions });
  const person = browser(handler);
  await person.signIn();
  const request = requestOf(person);
  t.mock.timers.tick(2 * HOUR);
  slow = true;
  const leaving = person.post('/auth/x/signout');
  await deleting.opened;
  assert.equal(await handler.accessToken(request), null);
  deleted.open();
  assert.equal((await leaving).status, 204);
  assert.equal(sessions.kept.size, 0);
  await after();
  assert.equal(issued.length, 1, 'no tokens that nobody would take back');
});

/** Promises of a request that its runtime has dropped, as Workers do when the visitor is gone: they are never settled. */
const never = () => new Promise(() => {});

test('G11: a renewal whose request was dropped while X was asked is given up, and the runtime had been told of it at once', async (t) => {
  const asked = gate();
  const working = [];
  let dropped = true;
  const fetched = (url, init) => {
    if (!dropped || !String(init.body).includes('grant_type=refresh_token')) return fetch(url, init);
    asked.open();
    return never();
  };
  const { handler, requestOf } = await prepared(t, { sessions: memorySessions(), fetch: fetched, waitUntil: (work) => { working.push(work); } }, { apis: ['Date', 'setTimeout'] });
  const person = browser(handler);
  await person.signIn();
  t.mock.timers.tick(2 * HOUR);
  void handler.accessToken(requestOf(person)).catch(() => {});
  await asked.opened;
  assert.equal(working.length, 1);
  dropped = false;
  // Its own timers are gone with it.
  t.mock.timers.setTime(Date.now() + 46_000);
  assert.ok(await handler.accessToken(requestOf(person)));
});

test('G8 G11: a renewal whose request was dropped while the store was writing holds up no sign-out', async (t) => {
  const writing = gate();
  const sessions = { ...memorySessions(), replace() { writing.open(); return never(); } };
  const { handler, requestOf } = await prepared(t, { sessions }, { apis: ['Date', 'setTimeout'] });
  const person = browser(handler);
  await person.signIn();
  const request = requestOf(person);
  t.mock.timers.tick(2 * HOUR);
  void handler.accessToken(request).catch(() => {});
  await writing.opened;
  const leaving = person.post('/auth/x/signout');
  await turns();
  t.mock.timers.tick(5_000);
  assert.equal((await leaving).status, 204);
  assert.equal(await handler.getSession(request), null);
});

test('A21 G11: two processes: a sign-out in one takes what the other has just renewed', async (t) => {
  const store = memorySessions();
  const { handler, requestOf, issued, simulator } = await prepared(t, { sessions: store });
  const renewed = gate();
  const [working, returned] = [[], []];
  // What this one reads it reads before the renewal, and what it takes or deletes goes after it.
  const elsewhere = createHandler({
    ...LONG,
    clientId: SPA.clientId,
    redirectUris: [CALLBACK],
    origin: ORIGIN,
    secrets: SECRET,
    waitUntil: (work) => { working.push(work); },
    endpoints: { token: `${simulator.apiUrl}/2/oauth2/token`, revoke: `${simulator.apiUrl}/2/oauth2/revoke` },
    fetch: (url, init) => { returned.push(new URLSearchParams(init.body).get('token')); return fetch(url, init); },
    sessions: {
      ...store,
      async get(id) { const session = store.get(id); await renewed.opened; return session; },
      async take(id) { await renewed.opened; return store.take(id); },
    },
  });
  const person = browser(handler);
  await person.signIn();
  t.mock.timers.tick(2 * HOUR);
  const there = browser(elsewhere);
  there.jar.set(NAME, person.jar.get(NAME));
  const leaving = there.post('/auth/x/signout');
  const { accessToken } = await handler.accessToken(requestOf(person));
  renewed.open();
  assert.equal((await leaving).status, 204);
  await Promise.all(working);
  assert.equal(issued.at(-1)[1], accessToken);
  assert.deepEqual(returned, issued.at(-1));
});

test('A21: tokens of a sign-in that failed after X had given them are taken back', async (t) => {
  const fail = { profile: false, set: false };
  const { handler, issued, assertTakenBack, after, told } = await prepared(t, {
    sessions: { get: () => undefined, set() { if (fail.set) throw new Error('full'); }, delete() {} },
    fetch: async (url, init) => {
      if (fail.profile && new URL(url).pathname === '/2/users/me') throw new Error('no way there');
      return fetch(url, init);
    },
  });
  for (const change of [{ profile: true, set: false }, { profile: false, set: true }]) {
    Object.assign(fail, change);
    const person = browser(handler);
    assert.ok((await person.signIn()).status >= 500, JSON.stringify(change));
    await after();
    assertTakenBack(issued.at(-1), JSON.stringify(change));
    assertSilent(person.said, issued.at(-1));
  }
  assert.equal(issued.length, 2);
  assert.equal(told.length, 1, 'the store’s failure');
});

test('A21 G16: a sign-out takes back both tokens of a session in a cookie, though one of them is never used', async (t) => {
  const { handler, issued, assertTakenBack, after, requestOf } = await prepared(t);
  const person = browser(handler);
  await person.signIn();
  assert.equal((await handler.getSession(requestOf(person))).refreshToken, undefined);
  assertSilent([...person.jar.values(), ...person.said], issued[0]);
  await person.post('/auth/x/signout');
  await after();
  assertTakenBack(issued[0]);
});

test('A21 G11: a store that fails when the new tokens come: they are taken back, and the host is told', async (t) => {
  const sessions = { ...memorySessions(), replace: () => { throw new Error('down'); } };
  const { handler, requestOf, issued, assertTakenBack, after } = await prepared(t, { sessions });
  const person = browser(handler);
  await person.signIn();
  t.mock.timers.tick(2 * HOUR);
  await assert.rejects(handler.accessToken(requestOf(person)), /down/);
  await after();
  assertTakenBack(issued.at(-1));
});
