// createSignIn in Node, with the built engine and fakes for the page's globals.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createSignIn } from '../../www/src/index.js';
import { page, ready } from './engine.mjs';
import { Browser } from './fake/browser.mjs';

const options = { clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' };
const user = { id: '9007199254740993', username: 'ada', name: 'Ada', profileImageUrl: 'https://pbs.twimg.com/a.png' };

before(ready);

/** @param {Promise<unknown>} promise */
const codeOf = (promise) => promise.then(() => 'fine', (error) => `${error.code} ${error.reason}`.trim());

/**
 * A backend that answers every exchange so.
 * @param {import('node:test').TestContext} t
 * @param {number} status
 * @param {unknown} body
 */
const backend = (t, status, body) =>
  t.mock.method(globalThis, 'fetch', async () => (body === undefined ? new Response(null, { status }) : Response.json(body, { status })));

test('authorizationUrl: X’s address in its documented order, this page as the landing place', (t) => {
  const { sessionStorage } = page(t);
  const url = new URL(createSignIn(options).authorizationUrl({ params: { lang: 'de' } }));
  assert.equal(url.origin + url.pathname, 'https://x.com/i/oauth2/authorize');
  assert.deepEqual([...url.searchParams.keys()], [
    'response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method', 'lang',
  ]);
  assert.match(url.search, /scope=tweet\.read%20users\.read/);
  const record = new URLSearchParams(sessionStorage.getItem(Object.keys(sessionStorage)[0] ?? '') ?? '');
  assert.equal(record.get('return_to'), '/desk?tab=2');
});

test('A2 A7 B2: handleCallback posts the four values once, after the address is clean', async (t) => {
  const { location, sessionStorage } = page(t);
  const client = createSignIn(options);
  const state = new URL(client.authorizationUrl({ returnTo: '/inbox' })).searchParams.get('state');
  const url = `${options.redirectUri}?state=${state}&code=abc`;
  location.href = url;
  const fetch = t.mock.method(globalThis, 'fetch', async () => {
    assert.equal(location.href, options.redirectUri);
    return Response.json({ user, scopes: ['users.read'] });
  });
  // Mounted twice: one exchange, one result.
  const [one, two] = await Promise.all([client.handleCallback(), client.handleCallback()]);
  assert.deepEqual(one, { user, scopes: ['users.read'], returnTo: '/inbox' });
  assert.equal(one, two);
  assert.equal(fetch.mock.callCount(), 1);
  const [to, init] = fetch.mock.calls[0].arguments;
  assert.equal(to, '/auth/x/exchange');
  assert.equal(init.headers['X-Requested-With'], 'sign-in-with-x');
  const { codeVerifier, ...rest } = JSON.parse(init.body);
  assert.match(codeVerifier, /^[\w-]{43}$/);
  assert.deepEqual(rest, { code: 'abc', redirectUri: options.redirectUri, clientId: 'client' });
  assert.deepEqual(Object.keys(sessionStorage), []);
  assert.equal(await codeOf(client.handleCallback(url)), 'already_used');
  assert.equal(fetch.mock.callCount(), 1);
});

test('handoff: the code and the verifier, and no request', async (t) => {
  page(t);
  const fetch = backend(t, 500, {});
  const client = createSignIn({ ...options, handoff: true });
  const state = new URL(client.authorizationUrl()).searchParams.get('state');
  const result = await client.handleCallback(`${options.redirectUri}?state=${state}&code=abc`);
  assert.deepEqual(Object.keys(result?.handoff ?? {}).sort(), ['clientId', 'code', 'codeVerifier', 'redirectUri']);
  assert.deepEqual(result?.scopes, ['tweet.read', 'users.read']);
  assert.equal(fetch.mock.callCount(), 0);
});

test('A22: what the backend can answer, each as its own error', async (t) => {
  for (const [status, body, code] of /** @type {const} */ ([
    [400, { error: 'invalid_grant', hint: 'Sign in again.' }, 'exchange_failed invalid_grant'],
    [403, { error: 'forbidden' }, 'exchange_failed forbidden'],
    [500, undefined, 'exchange_failed status_500'],
    [200, { user: { ...user, id: '1e3' } }, 'fine'],
    [204, undefined, 'fine'],
  ])) {
    await t.test(`${status} ${JSON.stringify(body)}`, async (t) => {
      page(t);
      backend(t, status, body);
      const client = createSignIn(options);
      const state = new URL(client.authorizationUrl()).searchParams.get('state');
      assert.equal(await codeOf(client.handleCallback(`${options.redirectUri}?state=${state}&code=abc`)), code);
    });
  }
});

test('A22: a backend that cannot be reached is `network`', async (t) => {
  page(t);
  t.mock.method(globalThis, 'fetch', () => Promise.reject(new TypeError('offline')));
  const client = createSignIn(options);
  assert.equal(await codeOf(client.getSession()), 'network');
  assert.equal(await codeOf(client.signOut()), 'network');
});

test('getSession and signOut: the routes beside the exchange', async (t) => {
  page(t);
  const client = createSignIn({ ...options, exchange: '/api/login/exchange' });
  const fetch = backend(t, 200, { user, scopes: [] });
  assert.deepEqual(await client.getSession(), { user, scopes: [] });
  await client.signOut();
  assert.deepEqual(fetch.mock.calls.map(({ arguments: [to, init] }) => [to, init.method ?? 'GET']), [
    ['https://app.example/api/login/session', 'GET'],
    ['https://app.example/api/login/signout', 'POST'],
  ]);
  backend(t, 204, undefined);
  assert.equal(await client.getSession(), null);
});

test('A13 H1: wrong options are refused by name, before anything is opened', async () => {
  const host = await new Browser().host();
  for (const [wrong, code] of /** @type {const} */ ([
    [{ clientId: '' }, 'invalid_config client_id'],
    [{ clientId: 'undefined' }, 'invalid_config client_id'],
    [{ clientSecret: 'x' }, 'invalid_config secret'],
    [{ redirectUri: '/cb' }, 'invalid_config redirect_uri_not_absolute'],
    [{ redirectUri: 'https://www.app.example/cb' }, 'invalid_config redirect_uri_origin'],
    [{ redirectUri: 'http://app.example/cb' }, 'invalid_config redirect_uri_not_secure'],
    [{ flow: 'tab' }, 'invalid_config flow'],
    [{ timeout: -1 }, 'invalid_config timeout'],
    [{ exchange: 'api/exchange' }, 'invalid_config exchange'],
    [{ endpoints: { authorize: 'http://x.example' } }, 'invalid_config endpoints'],
    [{ scope: 'users.read' }, 'invalid_config unknown_option'],
  ])) {
    assert.equal(await codeOf(host.client(wrong).signIn()), code, JSON.stringify(wrong));
  }
  assert.deepEqual([host.did('open'), host.did('leave'), { ...host.session }], [[], [], {}]);
});

test('A16: extra parameters cannot speak for the protocol', (t) => {
  page(t);
  const client = createSignIn(options);
  for (const name of ['state', 'Redirect_URI', 'scope', 'request_uri', '']) {
    assert.throws(() => client.authorizationUrl({ params: { [name]: 'x' } }), { code: 'invalid_config', reason: 'params' });
  }
});
