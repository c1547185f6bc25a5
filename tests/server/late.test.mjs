/** A21 G11: a Redis that does what it was asked later than anybody waits, or that nobody can tell what it did. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { redisSessions } from '../../www/src/server/index.js';
import { WEB } from '../simulator/helpers.mjs';
import { backend, browser } from './browser.mjs';
import { ORIGIN } from './helpers.mjs';

const PATIENCE = 5_000;

/** As long as whatever does not wait would take. */
async function turns() {
  for (let count = 0; count < 50; count += 1) await new Promise(setImmediate);
}

/**
 * A Redis in this process that does what it is asked at once; except for the commands that `slow` names. These wait until
 * they are let go.
 */
function redis() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const waiting = [];
  const commands = {
    GET: (key) => kept.get(key) ?? null,
    GETDEL: (key) => { const text = kept.get(key) ?? null; kept.delete(key); return text; },
    SET(key, text, ...more) {
      if (more.includes('NX') && kept.has(key)) return null;
      kept.set(key, text);
      return 'OK';
    },
    EVAL(script, _count, key, before, after) {
      if (kept.get(key) !== before) return 0;
      if (script.includes("'SET'")) kept.set(key, after);
      else kept.delete(key);
      return 1;
    },
  };
  const fake = {
    kept,
    waiting,
    /** @type {(name: string, script: string) => boolean} */
    slow: () => false,
    async sendCommand([name, ...parameters]) {
      if (fake.slow(name, parameters[0])) await new Promise((resolve) => { waiting.push(resolve); });
      return commands[name](...parameters);
    },
    sessions: () => [...kept.keys()].filter((key) => key.includes(':session:')).length,
    /** Until so many commands wait. */
    async until(count) {
      const begun = performance.now();
      while (waiting.length < count) {
        assert.ok(performance.now() - begun < 20_000, `${waiting.length} commands wait, not ${count}`);
        await new Promise(setImmediate);
      }
    },
    /** The oldest that waits is done. */
    async go() { waiting.shift()(); await turns(); },
  };
  return fake;
}

/** Somebody signed in two hours ago: the access token is over. */
async function signedIn(t) {
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.now() });
  const store = redis();
  const [told, working] = [[], []];
  const options = { oauth1: undefined, sessions: redisSessions(store), scopes: 'users.read tweet.read offline.access', sessionSeconds: 30 * 86_400, onError: (error) => told.push(error), waitUntil: (work) => working.push(work) };
  const { handler, simulator } = await backend(t, { app: WEB, options });
  const person = browser(handler);
  await person.signIn();
  t.mock.timers.tick(2 * 3_600_000 + 1000);
  const request = new Request(ORIGIN, { headers: { cookie: [...person.jar].map((pair) => pair.join('=')).join('; ') } });
  return {
    store,
    told,
    person,
    tokenOf: () => handler.accessToken(request),
    after: async () => { while (working.length > 0) await working.shift(); },
    revoked: () => simulator.control.events('revoke_request').length,
    /** What X says of a token. */
    asX: async (token) => (await fetch(`${simulator.apiUrl}/2/users/me`, { headers: { authorization: `Bearer ${token}` } })).status,
  };
}

const isReplace = (name, script) => name === 'EVAL' && script.includes("'SET'");

for (const [name, answers] of [['does it late', 'first'], ['does it later than the second try', 'second']]) {
  test(`G11: a Redis that ${name} has tokens that work`, async (t) => {
    const { store, tokenOf, told, after, revoked, asX } = await signedIn(t);
    let asked = 0;
    // Both wait; or the second is done while the first one waits still.
    store.slow = (command, script) => isReplace(command, script) && (answers === 'first' || (asked += 1) === 1);
    const renewing = assert.rejects(tokenOf(), /Redis did not answer/);
    await store.until(1);
    t.mock.timers.tick(PATIENCE);
    await renewing;
    if (answers === 'first') {
      await store.until(2);
      await store.go();
      await store.go();
    } else {
      await turns();
      await store.go();
    }
    store.slow = () => false;
    await after();
    const token = await tokenOf();
    assert.equal(await asX(token.accessToken), 200);
    assert.deepEqual([revoked(), told.length], [0, 0]);
  });
}

test('G11 A21: a Redis that never says what it did keeps no tokens that were taken back, however late it does it', async (t) => {
  const { store, tokenOf, told, after, revoked, person } = await signedIn(t);
  store.slow = isReplace;
  const renewing = assert.rejects(tokenOf(), /Redis did not answer/);
  await store.until(1);
  t.mock.timers.tick(PATIENCE);
  await renewing;
  await store.until(2);
  t.mock.timers.tick(PATIENCE);
  await after();
  assert.equal(revoked(), 2, 'the access token and the refresh token');
  await store.go();
  await store.go();
  assert.equal(store.sessions(), 0);
  assert.deepEqual([await tokenOf(), (await person.session()).status], [null, 204]);
  assert.equal(told.length, 1);
});

for (const done of [true, false]) {
  test(`G11: a connection that broke ${done ? 'after' : 'before'} Redis had the new tokens costs nobody the session`, async (t) => {
    const { store, tokenOf, after, revoked, asX } = await signedIn(t);
    const { sendCommand } = store;
    let broken = false;
    store.sendCommand = async (command) => {
      if (broken || !isReplace(command[0], command[1])) return sendCommand(command);
      broken = true;
      if (done) await sendCommand(command);
      throw new Error('the connection is gone');
    };
    await assert.rejects(tokenOf(), /connection is gone/);
    await after();
    assert.equal(await asX((await tokenOf()).accessToken), 200);
    assert.equal(revoked(), 0);
  });
}

test('A21: a sign-out that Redis does after nobody waits takes the tokens back all the same', async (t) => {
  const { store, person, after, revoked, told } = await signedIn(t);
  store.slow = (name) => name === 'GETDEL';
  const leaving = person.post('/auth/x/signout');
  await store.until(1);
  t.mock.timers.tick(PATIENCE);
  assert.equal((await leaving).status, 500);
  assert.deepEqual([store.sessions(), revoked()], [1, 0]);
  await store.go();
  await after();
  assert.deepEqual([store.sessions(), revoked()], [0, 2]);
  assert.deepEqual(told.map(String), ['Error: Redis did not answer in time']);
});
