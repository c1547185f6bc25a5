/** G1: the access token for the page: only where the host asks for it, and nothing else of a session. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { memorySessions, redisSessions } from '../../www/src/server/index.js';
import { APP, SECRET, assertSilent, backend, browser } from './browser.mjs';
import { ORIGIN, SECRETS, TOKENS, ask, failureOf, handlerFor, json, readSafely, signIn, startX } from './helpers.mjs';
import { startRedis } from './redis/server.mjs';

const HOUR = 3_600_000;
const ON = { tokenMediating: true };

/** Every place that a session can be in: options by a word. */
const places = {
  'the cookie': () => ({ secrets: SECRET }),
  memory: () => ({}),
  'a sealed store': () => ({ secrets: SECRET, sessions: memorySessions() }),
  Redis: async (t) => ({ secrets: SECRET, sessions: redisSessions((await startRedis(t)).client) }),
};
/** Where refresh tokens are of use. */
const stores = Object.entries(places).filter(([place]) => place !== 'the cookie');

const RENEWED = { access: 'canary-renewed-access-VGpkOEZGR3FR', refresh: 'canary-renewed-refresh-VGpkOEZGR3FR' };
const renewed = json(200, { ...TOKENS, access_token: RENEWED.access, refresh_token: RENEWED.refresh });
/** X's token endpoint; what it answers to a refresh is the test's. */
const refreshingBy = (refresh) => (...asked) => (asked[0].body.get('grant_type') === 'refresh_token' ? refresh(...asked) : json(200, TOKENS));
const refreshes = (x) => x.seen.filter(({ body }) => body.get('grant_type') === 'refresh_token').length;

const token = (handler, cookie, { headers, body } = {}) => ask(handler, 'POST', 'token', { headers: { cookie, ...headers }, body });

/** The answer, and no secret in it but the access token. */
async function tokenOf(response) {
  const body = await readSafely(response, ['access']);
  assert.equal(response.status, 200, JSON.stringify(body));
  assert.deepEqual(response.headers.getSetCookie(), []);
  assert.deepEqual(Object.keys(body), ['accessToken', 'expiresIn', 'scopes']);
  return body;
}

/** Somebody signed in for a day, two hours ago unless told otherwise: the access token is over. */
async function due(t, { refresh, options, passed = 2 * HOUR }) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const x = await startX(t, { token: refreshingBy(refresh) });
  const told = [];
  const working = [];
  const handler = handlerFor(x, { ...ON, sessionSeconds: 86_400, onError: (error) => told.push(error), waitUntil: (work) => working.push(work), ...options });
  const cookie = await signIn(handler);
  t.mock.timers.tick(passed);
  return { x, handler, cookie, told, after: () => Promise.all(working), tokenOf: async () => tokenOf(await token(handler, cookie)) };
}

for (const [place, options] of Object.entries(places)) {
  test(`G1: by default no answer holds a token, and there is no route for one; sessions in ${place}`, async (t) => {
    const x = await startX(t);
    for (const off of [{}, { tokenMediating: undefined }, { tokenMediating: false }]) {
      const handler = handlerFor(x, { ...(await options(t)), ...off });
      const cookie = await signIn(handler);
      for (const method of ['POST', 'GET', 'HEAD', 'PUT', 'OPTIONS']) {
        const response = await ask(handler, method, 'token', { headers: { cookie } });
        assert.equal(response.status, 404, method);
        await readSafely(response);
      }
      await readSafely(await ask(handler, 'GET', 'session', { headers: { cookie } }));
      await readSafely(await ask(handler, 'POST', 'signout', { headers: { cookie } }));
    }
  });

  test(`G1: with tokenMediating the page gets the access token and nothing else; sessions in ${place}`, async (t) => {
    const handler = handlerFor(await startX(t), { ...(await options(t)), ...ON });
    const signedIn = await ask(handler, 'POST', 'exchange', { body: { code: SECRETS.code, codeVerifier: SECRETS.verifier, redirectUri: `${ORIGIN}/auth/x/callback`, clientId: 'client' } });
    const cookie = signedIn.headers.getSetCookie()[0].split(';')[0];
    await readSafely(signedIn);
    for (const body of [undefined, '', {}]) {
      const { accessToken, expiresIn, scopes } = await tokenOf(await token(handler, cookie, { body }));
      assert.deepEqual([accessToken, scopes], [SECRETS.access, ['users.read', 'tweet.read', 'offline.access']]);
      assert.ok(Number.isInteger(expiresIn) && expiresIn > 7100 && expiresIn <= 7200, `${expiresIn}`);
    }
    await readSafely(await ask(handler, 'GET', 'session', { headers: { cookie } }));
    assert.equal((await failureOf(await ask(handler, 'GET', 'token', { headers: { cookie } }))).status, 405);
    assert.equal((await handler.getSession(new Request(ORIGIN, { headers: { cookie } }))).accessToken, SECRETS.access);

    await readSafely(await ask(handler, 'POST', 'signout', { headers: { cookie } }));
    for (const nobody of [cookie, undefined, 'sign-in-with-x=nonsense', `sign-in-with-x=${'A'.repeat(43)}`]) {
      const failure = await failureOf(await token(handler, nobody));
      assert.deepEqual([failure.status, failure.error], [401, 'login_required'], nobody?.slice(0, 30));
    }
  });
}

for (const [place, options] of stores) {
  test(`G1 G11: a token that is due is renewed once for ten requests at a time; sessions in ${place}`, async (t) => {
    const { x, handler, cookie } = await due(t, { refresh: () => renewed, options: await options(t) });
    const own = () => handler.accessToken(new Request(ORIGIN, { headers: { cookie } }));
    const [fromRoute, ...answers] = await Promise.all([own(), ...Array.from({ length: 10 }, () => token(handler, cookie))]);
    assert.equal(refreshes(x), 1);
    for (const response of answers) {
      const text = await response.clone().text();
      assert.ok(!text.includes(RENEWED.refresh));
      assert.equal((await tokenOf(response)).accessToken, RENEWED.access);
    }
    assert.equal(fromRoute.accessToken, RENEWED.access);
    assert.equal((await tokenOf(await token(handler, cookie))).expiresIn, 7200);
    assert.equal(refreshes(x), 1);
  });
}

test('G1 G11: less than a minute of it is left: a new one; X is out of order: what is left of the old one', async (t) => {
  let answer = () => json(503, {});
  const { x, after, tokenOf: page } = await due(t, { refresh: () => answer(), passed: 2 * HOUR - 30_000 });
  assert.deepEqual(await page(), { accessToken: SECRETS.access, expiresIn: 30, scopes: TOKENS.scope.split(' ') });
  await after();
  t.mock.timers.tick(5_000);
  answer = () => renewed;
  // On a slow machine the old one is given first, and the renewal goes on.
  await page();
  await after();
  assert.equal((await page()).accessToken, RENEWED.access);
  assert.equal(refreshes(x), 2);
});

test('G1 G11 G14: X cannot renew it: the page hears X’s failure, the session goes on, and nobody is told', { timeout: 60_000 }, async (t) => {
  const { timeout } = AbortSignal;
  let shorter = false;
  t.mock.method(AbortSignal, 'timeout', (milliseconds) => timeout.call(AbortSignal, shorter ? 200 : milliseconds));
  let answer;
  const { x, handler, cookie, told, tokenOf: page } = await due(t, { refresh: (...asked) => answer(...asked) });
  const faults = [
    [(_, response) => response.destroy() && { status: 200 }, 502, 'upstream_unreachable'],
    [() => new Promise(() => {}), 504, 'upstream_unreachable'],
    [() => json(503, {}), 502, 'provider_error'],
    [() => json(401, { error: 'invalid_client', error_description: SECRETS.refresh }), 502, 'invalid_client'],
    [() => json(429, {}, { 'retry-after': '60' }), 429, 'rate_limited', 60],
  ];
  for (const [fault, status, error, retryAfter] of faults) {
    answer = fault;
    shorter = status === 504;
    const before = refreshes(x);
    for (const left of [retryAfter, retryAfter && retryAfter - 1]) {
      const response = await token(handler, cookie);
      const failure = await failureOf(response);
      assert.deepEqual([failure.status, failure.error, failure.retryAfter], [status, error, left]);
      assert.equal(response.headers.get('retry-after'), left === undefined ? null : String(left));
      t.mock.timers.tick(1000);
    }
    assert.equal(refreshes(x), before + 1, 'X is left alone for a moment');
    assert.equal((await ask(handler, 'GET', 'session', { headers: { cookie } })).status, 200);
    t.mock.timers.tick(60_000);
  }
  assert.deepEqual(told, []);
  answer = () => renewed;
  assert.equal((await page()).accessToken, RENEWED.access);
});

test('G1 G11: X knows the grant no more: the session is over, and the page is told to sign in', async (t) => {
  const { handler, cookie } = await due(t, { refresh: () => json(400, { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' }) });
  const failure = await failureOf(await token(handler, cookie));
  assert.deepEqual([failure.status, failure.error], [401, 'login_required']);
  assert.equal((await ask(handler, 'GET', 'session', { headers: { cookie } })).status, 204);
});

test('G1 G9: a session of OAuth 1.0a has no token for a page, and the refusal says why', async (t) => {
  for (const options of [{}, { sessions: memorySessions() }]) {
    const { handler, heard } = await backend(t, { options: { ...ON, ...options } });
    const person = browser(handler);
    await person.signIn('/auth/x/oauth1/start');
    const answer = await person.post('/auth/x/token');
    const { error, hint } = answer.json();
    assert.deepEqual([answer.status, error], [409, 'unsupported_token_type']);
    assert.match(hint, /OAuth 1\.0a.*secret/);
    const access = new URLSearchParams(heard.find((text) => text.includes('screen_name')));
    assertSilent(person.said, [access.get('oauth_token'), access.get('oauth_token_secret')]);
    assert.equal((await person.session()).status, 200);
  }
});

test('G1 G13: a store that fails is the backend’s failure, and the host is told', async (t) => {
  const broken = new Error(`no store for ${SECRETS.access}`);
  const told = [];
  const sessions = { get: () => Promise.reject(broken), set() {}, delete() {} };
  const handler = handlerFor(await startX(t), { ...ON, sessions, onError: (error) => told.push(error) });
  const failure = await failureOf(await token(handler, `sign-in-with-x=${'A'.repeat(43)}`));
  assert.deepEqual([failure.status, failure.error, told], [500, 'internal', [broken]]);
});
