/** Sessions in a real Redis: several processes, and processes that die. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { redisSessions } from '../../www/src/server/index.js';
import { CALLBACK, WEB } from '../simulator/helpers.mjs';
import { SECRET, assertSilent, backend, browser } from './browser.mjs';
import { ORIGIN, ask, cookieOf, exchange, handlerFor, startX } from './helpers.mjs';
import { startRedis } from './redis/server.mjs';

const WORKER = fileURLToPath(new URL('./redis/worker.mjs', import.meta.url));
/** Past the end of the access token: then everybody waits for the new one, however long it takes. */
const DUE = 2 * 3_600_000 + 1000;

/** Somebody signed in, and two hours gone by: for X and for every worker. */
async function signedIn(t) {
  const redis = await startRedis(t);
  const options = { clientId: WEB.clientId, clientSecret: WEB.clientSecret, redirectUris: [CALLBACK], origin: ORIGIN, secrets: SECRET, sessionSeconds: 86_400, scopes: 'users.read tweet.read offline.access' };
  let later = 0;
  const going = [];
  const given = await backend(t, { app: WEB, simulated: { clock: () => Date.now() + later }, options: { ...options, sessions: redisSessions(redis.client), waitUntil: (afterwards) => going.push(afterwards) } });
  const person = browser(given.handler);
  await person.signIn();
  later = DUE;
  const api = given.simulator.apiUrl;
  const endpoints = { token: `${api}/2/oauth2/token`, user: `${api}/2/users/me`, revoke: `${api}/2/oauth2/revoke` };
  const cookie = [...person.jar].map((pair) => pair.join('=')).join('; ');
  const work = (/** @type {object} */ how) => worker(t, { path: redis.path, options: { ...options, endpoints }, cookie, origin: ORIGIN, times: 1, later, ...how });
  const refreshes = () => given.simulator.control.counts().refreshes;
  return { ...given, ...redis, person, work, refreshes, after: () => Promise.all(going) };
}

function worker(t, how) {
  const child = spawn(process.execPath, [WORKER, JSON.stringify(how)], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  let over = false;
  /** @type {() => void} */
  let wake = () => {};
  child.stdout.on('data', (text) => { said += text; wake(); });
  const ended = once(child, 'close').finally(() => { over = true; wake(); });
  const at = async (where) => {
    while (!said.includes(`at ${where}`)) {
      assert.ok(!over, `it ended before it had ${where}`);
      await new Promise((resolve) => { wake = resolve; });
    }
  };
  return {
    at,
    go: () => child.stdin.write('go\n'),
    /** Killed where it stands. */
    async killAt(where) {
      await at(where);
      child.kill('SIGKILL');
      await ended;
    },
    async tokens() {
      await ended;
      return JSON.parse(said.trim().split('\n').at(-1));
    },
  };
}

test('G11: fifty renewals at once from four processes are one request to X', async (t) => {
  const { work, refreshes, simulator } = await signedIn(t);
  // Long enough for every process to want the same while one of them waits for X.
  simulator.control.fault('delay_ms', { stage: 'refresh', ms: 500 });
  const workers = [13, 13, 12, 12].map((times) => work({ times, stopAt: 'ready' }));
  await Promise.all(workers.map((each) => each.at('ready')));
  for (const each of workers) each.go();
  const tokens = (await Promise.all(workers.map((each) => each.tokens()))).flat();
  assert.equal(tokens.length, 50);
  assert.equal(new Set(tokens.map(({ accessToken }) => accessToken)).size, 1);
  assert.equal(refreshes(), 1);
});

for (const [where, refreshed] of [['asked', 1], ['saved', 1]]) {
  test(`G11: a process that is killed when it has ${where} loses nothing`, async (t) => {
    const { work, refreshes, simulator } = await signedIn(t);
    await work({ stopAt: where, lockMilliseconds: 1000 }).killAt(where);
    const [token] = await work({}).tokens();
    assert.equal(refreshes(), refreshed);
    const me = await fetch(`${simulator.apiUrl}/2/users/me`, { headers: { authorization: `Bearer ${token.accessToken}` } });
    assert.equal(me.status, 200);
  });
}

test('G11: a process that is killed between X’s answer and the store ends the session, and nothing is left of it', async (t) => {
  const { work, client } = await signedIn(t);
  await work({ stopAt: 'answered', lockMilliseconds: 1000 }).killAt('answered');
  assert.deepEqual(await work({}).tokens(), [null]);
  assert.deepEqual((await client.keys('*')).filter((key) => !key.includes(':used:')), []);
});

test('G11: a sign-out in one process wins over a renewal in another', async (t) => {
  const { work, person, client, simulator, after } = await signedIn(t);
  const renewing = work({ stopAt: 'answered' });
  await renewing.at('answered');
  assert.equal((await person.post('/auth/x/signout')).status, 204);
  renewing.go();
  assert.deepEqual(await renewing.tokens(), [null]);
  assert.deepEqual((await client.keys('*:session:*')), []);
  await after();
  assert.equal(simulator.control.events('revoke_request').length, 4, 'the old tokens and the new');
  assert.equal((await person.session()).status, 204);
});

test('G16 G8: what Redis holds: no token, no id that signs anybody in, and nothing for ever', async (t) => {
  const { client, heard, person } = await signedIn(t);
  const keys = await client.keys('*');
  assert.equal(keys.length, 2, 'the session, and the transaction that was used');
  const everything = [...keys];
  for (const key of keys) {
    everything.push((await client.get(key)) ?? '');
    const left = await client.ttl(key);
    assert.ok(left > 0 && left <= 86_400, `${key} ${left}`);
  }
  const { access_token: access, refresh_token: refresh } = JSON.parse(heard[0]);
  assertSilent(everything, [access, refresh, ...person.jar.values()]);
  assert.match(everything.join(), /ada_example/);
});

test('G11: replace changes what was read, and nothing else', async (t) => {
  const { client } = await startRedis(t);
  const sessions = redisSessions(client);
  const id = 'A'.repeat(43);
  const session = { user: { id: '1', username: 'a', name: 'A' }, scopes: [], expiresAt: Date.now() + 60_000 };
  await sessions.set(id, session, 60);
  const [first, second] = [await sessions.get(id), await sessions.get(id)];
  assert.equal(await sessions.replace(id, first, { ...session, sealed: 'new' }, 60), true);
  assert.equal(await sessions.replace(id, second, { ...session, sealed: 'late' }, 60), false);
  assert.equal((await sessions.get(id)).sealed, 'new');
  const third = await sessions.get(id);
  await sessions.delete(id);
  assert.equal(await sessions.replace(id, third, session, 60), false);
  assert.equal(await sessions.get(id), undefined);
});

test('G11: one lock at a time; one that is left behind ends by itself, and its owner cannot give back another’s', async (t) => {
  const { client } = await startRedis(t);
  const [here, there] = [redisSessions(client), redisSessions(client, { lockSeconds: 11 })];
  const first = await there.lock('id');
  let free = false;
  const waiting = there.lock('id').then((release) => { free = true; return release; });
  for (let count = 0; count < 20; count += 1) await client.ping();
  assert.equal(free, false);
  await first();
  await (await waiting)();

  const stale = await here.lock('id');
  for (const key of await client.keys('*:lock:*')) await client.pExpire(key, 200);
  const unlock = await there.lock('id');
  await stale();
  assert.equal((await client.keys('*:lock:*')).length, 1);
  await unlock();
  assert.deepEqual(await client.keys('*:lock:*'), []);
});

test('G8 G11: take gives what it deletes, to one only', async (t) => {
  const { client } = await startRedis(t);
  const sessions = redisSessions(client);
  const id = 'A'.repeat(43);
  await sessions.set(id, { user: { id: '1', username: 'a', name: 'A' }, scopes: [], expiresAt: Date.now() + 60_000 }, 60);
  const taken = await Promise.all(Array.from({ length: 10 }, () => sessions.take(id)));
  assert.deepEqual(taken.filter(Boolean).map(({ user }) => user.id), ['1']);
  assert.equal(await sessions.get(id), undefined);
});

test('G16: two apps on one Redis: none knows a session of the other’s', async (t) => {
  const { client } = await startRedis(t);
  const x = await startX(t);
  const app = (clientId, options) => handlerFor(x, { clientId, sessions: redisSessions(client, options) });
  for (const [options, shared] of [[undefined, false], [{ prefix: 'ours:' }, true]]) {
    const cookie = cookieOf(await exchange(app('client', options)));
    const knows = async (clientId) => (await ask(app(clientId, options), 'GET', 'session', { headers: { cookie } })).status === 200;
    assert.deepEqual([await knows('client'), await knows('another')], [true, shared], 'a prefix of the host’s own is the host’s business');
  }
  assert.equal((await client.keys('sign-in-with-x:client:session:*')).length, 1);
});

test('G4: a transaction is claimed once, by whatever process', async (t) => {
  const { client } = await startRedis(t);
  const stores = [redisSessions(client), redisSessions(client)];
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => stores[index % 2].claim('name', 600)));
  assert.equal(all.filter(Boolean).length, 1);
});

test('G11 G13: a Redis that does not answer is an error after five seconds', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sent = [];
  const sessions = redisSessions({ sendCommand: (command) => { sent.push(command[0]); return new Promise(() => {}); } });
  const asking = [sessions.get('id'), sessions.take('id'), sessions.delete('id'), sessions.claim('name', 60), sessions.lock('id')].map((each) => assert.rejects(each, /Redis did not answer/));
  while (sent.length < asking.length) await new Promise(setImmediate);
  t.mock.timers.tick(5_000);
  await Promise.all(asking);
});

test('G11: a lock that ends before X has to answer is refused', () => {
  const client = { sendCommand: async () => null };
  for (const lockSeconds of [10, 1, 0, -1, NaN]) {
    assert.throws(() => redisSessions(client, { lockSeconds }), (error) => error instanceof TypeError && error.code === 'invalid_config' && error.option === 'lockSeconds');
  }
  redisSessions(client, { lockSeconds: 10.5 });
});
