/** The exchange from the page's request to X and back. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { BODY, CALLBACK, PROFILE, SECRETS, TOKENS, VERIFIER, exchange, failureOf, handlerFor, json, readSafely, startX } from './helpers.mjs';

test('G1: a sign-in answers the person and the scopes, and no token', async (t) => {
  const x = await startX(t);
  const response = await exchange(handlerFor(x));
  assert.equal(response.status, 200);
  assert.deepEqual(await readSafely(response), {
    user: { id: '9007199254740993', username: 'ada', name: 'Ada <b>', profileImageUrl: 'https://pbs.twimg.com/a.jpg' },
    scopes: ['users.read', 'tweet.read', 'offline.access'],
  });
});

test('G6: a public client names itself in the body, and X is asked twice in all (G14)', async (t) => {
  const x = await startX(t);
  await exchange(handlerFor(x));
  assert.deepEqual(x.paths(), ['/token', '/user']);
  const [token, user] = x.seen;
  assert.equal(token.method, 'POST');
  assert.equal(token.headers.authorization, undefined);
  assert.deepEqual(Object.fromEntries(token.body), { grant_type: 'authorization_code', code: SECRETS.code, redirect_uri: CALLBACK, code_verifier: VERIFIER, client_id: 'client' });
  assert.equal(user.headers.authorization, `Bearer ${SECRETS.access}`);
  assert.equal(user.searchParams.get('user.fields'), 'id,name,username,profile_image_url');
});

test('G6: a confidential client authenticates with Basic and nothing in the body', async (t) => {
  const x = await startX(t);
  const response = await exchange(handlerFor(x, { clientId: 'a:b%+', clientSecret: SECRETS.client }), { body: { ...BODY, clientId: 'a:b%+' } });
  assert.equal(response.status, 200);
  await readSafely(response);
  const [{ headers, body }] = x.seen;
  assert.equal(atob(headers.authorization.replace('Basic ', '')), 'a%3Ab%25%2B:canary-secret%3A%2B%25');
  assert.deepEqual([...body.keys()], ['grant_type', 'code', 'redirect_uri', 'code_verifier']);
});

test('G7: the address is asked for with its scope only', async (t) => {
  const x = await startX(t, {
    token: json(200, { ...TOKENS, scope: 'users.email users.read tweet.read' }),
    user: json(200, { data: { ...PROFILE.data, confirmed_email: 'ada@example.com' } }),
  });
  const { user } = await readSafely(await exchange(handlerFor(x)));
  assert.equal(user.email, 'ada@example.com');
  assert.match(x.seen[1].searchParams.get('user.fields'), /confirmed_email/);
});

test('A17: token_type in capitals, no expires_in and no scope', async (t) => {
  const x = await startX(t, { token: json(200, { token_type: 'Bearer', access_token: SECRETS.access }) });
  const response = await exchange(handlerFor(x));
  assert.match(response.headers.getSetCookie()[0], /Max-Age=7200;/);
  assert.deepEqual((await readSafely(response)).scopes, []);
});

const refused = (error, error_description, status = 400) => json(status, { error, error_description });

const answers = {
  'H2: an expired or used code': [refused('invalid_request', 'Value passed for the authorization code was invalid.'), 400, 'invalid_grant'],
  'H2: another verifier': [refused('invalid_request', 'Value passed for the code verifier did not match the code challenge.'), 400, 'invalid_grant'],
  'H2: a confidential app without its secret': [refused('unauthorized_client', 'Missing valid authorization header', 401), 502, 'invalid_client'],
  'X repeats what it was sent': [refused('invalid_request', `no such code ${SECRETS.code}`), 502, 'provider_error'],
  'X repeats it as the error': [refused(SECRETS.access, ''), 502, 'provider_error'],
  'A17: HTML with status 200': [{ status: 200, headers: { 'content-type': 'text/html' }, body: `<p>${SECRETS.access}</p>` }, 502, 'provider_error'],
  'A17: half a token response': [{ ...json(200, TOKENS), body: JSON.stringify(TOKENS).slice(0, -20) }, 502, 'provider_error'],
  'A17: a token response without end': [{ ...json(200, TOKENS), body: JSON.stringify({ ...TOKENS, padding: 'x'.repeat(70_000) }) }, 502, 'provider_error'],
  'A17: an empty answer': [{ status: 200 }, 502, 'provider_error'],
  'an outage': [{ status: 503, body: '<h1>Over capacity</h1>' }, 502, 'provider_error'],
};

for (const [name, [token, status, error]] of Object.entries(answers)) {
  test(`${name} → ${status} ${error}`, async (t) => {
    const x = await startX(t, { token });
    const failure = await failureOf(await exchange(handlerFor(x)));
    assert.deepEqual([failure.status, failure.error], [status, error]);
    assert.deepEqual(x.paths(), ['/token']);
  });
}

test('H2: the profile is refused after the code was accepted, with X’s reason', async (t) => {
  const user = json(403, { title: 'Client Forbidden', reason: 'client-not-enrolled', detail: 'When authenticating …', type: 'https://api.twitter.com/2/problems/client-forbidden' });
  const x = await startX(t, { user });
  const failure = await failureOf(await exchange(handlerFor(x)));
  assert.deepEqual([failure.status, failure.error, failure.reason], [502, 'provider_error', 'client-not-enrolled']);
  assert.match(failure.hint, /Move to package/);
});

test('G14: a rate limit is passed on with its end, and nothing is tried again', async (t) => {
  const limited = () => json(429, { title: 'Too Many Requests' }, { 'x-rate-limit-reset': String(Math.floor(Date.now() / 1000) + 60) });
  const x = await startX(t, { user: limited });
  const response = await exchange(handlerFor(x));
  const seconds = Number(response.headers.get('retry-after'));
  assert.ok(seconds > 55 && seconds <= 60, `${seconds}`);
  const failure = await failureOf(response);
  assert.deepEqual([failure.status, failure.error, failure.retryAfter], [429, 'rate_limited', seconds]);
  assert.deepEqual(x.paths(), ['/token', '/user']);
});

for (const status of [301, 302, 303, 307, 308]) {
  test(`G5: a ${status} of X is not followed`, async (t) => {
    const thief = await startX(t);
    for (const route of ['token', 'user']) {
      const x = await startX(t, { [route]: { status, headers: { location: `${thief.url}/${route}` } } });
      const failure = await failureOf(await exchange(handlerFor(x)));
      assert.deepEqual([failure.status, failure.error], [502, 'provider_error']);
    }
    assert.deepEqual(thief.seen, []);
  });
}

test('G5: X is not there, hangs up, or does not end', { timeout: 60_000 }, async (t) => {
  const { timeout } = AbortSignal;
  let shorter = false;
  t.mock.method(AbortSignal, 'timeout', (milliseconds) => {
    assert.equal(milliseconds, 10_000);
    return timeout.call(AbortSignal, shorter ? 200 : milliseconds);
  });
  const hangUp = await startX(t, { token: (_, response) => response.destroy() && { status: 200 } });
  const silent = await startX(t, { token: () => new Promise(() => {}) });
  const endless = await startX(t, {
    token: (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
      return new Promise(() => {});
    },
  });
  for (const [x, status] of [[{ url: 'http://127.0.0.1:1' }, 502], [hangUp, 502], [silent, 504], [endless, 504]]) {
    shorter = status === 504;
    const failure = await failureOf(await exchange(handlerFor(x)));
    assert.deepEqual([failure.status, failure.error], [status, 'upstream_unreachable']);
  }
});

test('G12: nothing is logged, and an error that names a secret goes nowhere', async (t) => {
  const logged = [];
  for (const method of ['debug', 'log', 'info', 'warn', 'error']) t.mock.method(console, method, (...args) => logged.push(args));
  const told = [];
  const fetch = () => Promise.reject(new TypeError(`fetch failed: ${SECRETS.code}`));
  const failure = await failureOf(await exchange(handlerFor({ url: 'http://127.0.0.1:1' }, { fetch, onError: (error) => told.push(error) })));
  assert.equal(failure.error, 'upstream_unreachable');
  assert.deepEqual([logged, told], [[], []]);
});
