import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK, challengeOf, CHALLENGE, exchange, NATIVE, obtainCode, SPA, start, tokenRequest, VERIFIER, xError } from './helpers.mjs';

const BAD_CODE = xError('invalid_request', 'Value passed for the authorization code was invalid.');

function assertError(answer, status, body) {
  assert.deepEqual([answer.status, answer.body], [status, body]);
}

test('K: a good code becomes a token, in X’s shape', async (t) => {
  const simulator = await start(t);
  const { status, headers, body } = await exchange(simulator, await obtainCode(simulator));
  assert.equal(status, 200);
  assert.match(headers.get('content-type'), /^application\/json/);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.deepEqual(Object.keys(body), ['token_type', 'expires_in', 'access_token', 'scope']);
  assert.equal(body.token_type, 'bearer');
  assert.equal(body.expires_in, 7200);
  assert.match(Buffer.from(body.access_token, 'base64url').toString(), /:\d{13}:1:1:at:1$/);
  assert.deepEqual(body.scope.split(' ').sort(), ['tweet.read', 'users.read']);
});

test('a refresh token comes with offline.access only', async (t) => {
  const simulator = await start(t);
  const { body } = await exchange(simulator, await obtainCode(simulator, { scope: 'tweet.read users.read offline.access' }));
  assert.match(Buffer.from(body.refresh_token, 'base64url').toString(), /:rt:1$/);
  assert.equal(body.expires_in, 7200);
});

test('A14 K: a code lives thirty seconds', async (t) => {
  const simulator = await start(t);
  const [early, late] = [await obtainCode(simulator), await obtainCode(simulator)];
  simulator.clock.ms += 29_999;
  assert.equal((await exchange(simulator, early)).status, 200);
  simulator.clock.ms += 1;
  assertError(await exchange(simulator, late), 400, BAD_CODE);
});

test('A7 K: a code works once', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  assert.equal((await exchange(simulator, code)).status, 200);
  assertError(await exchange(simulator, code), 400, BAD_CODE);
});

test('a code that does not exist is invalid', async (t) => {
  assertError(await exchange(await start(t), 'made-up'), 400, BAD_CODE);
});

test('A6: a code of another App is invalid, and stays good for its own', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  assertError(await exchange(simulator, code, { client_id: NATIVE.clientId }), 400, BAD_CODE);
  assert.equal((await exchange(simulator, code)).status, 200);
});

test('A2 K: S256 of the verifier is worked out again and must match; the code is spent by the attempt', async (t) => {
  const simulator = await start(t);
  const mismatch = xError('invalid_request', 'Value passed for the code verifier did not match the code challenge.');
  const code = await obtainCode(simulator);
  assertError(await exchange(simulator, code, { code_verifier: 'a'.repeat(43) }), 400, mismatch);
  assertError(await exchange(simulator, code), 400, BAD_CODE);
  // The challenge itself is no verifier, as it would be under "plain".
  assertError(await exchange(simulator, await obtainCode(simulator), { code_verifier: CHALLENGE }), 400, mismatch);
  const own = 'another-verifier-of-forty-three-characters-';
  const second = await obtainCode(simulator, { code_challenge: challengeOf(own) });
  assert.equal((await exchange(simulator, second, { code_verifier: own })).status, 200);
});

test('A8 K: redirect_uri of the token request must be the one of the authorize request', async (t) => {
  const simulator = await start(t);
  for (const redirect_uri of [`${CALLBACK}/`, SPA.redirectUris[1]]) {
    assertError(
      await exchange(simulator, await obtainCode(simulator), { redirect_uri }),
      400,
      xError('invalid_request', 'Value passed for the redirect uri did not match the uri of the authorization code.'),
    );
  }
});

for (const name of ['grant_type', 'code', 'redirect_uri', 'code_verifier']) {
  test(`K: a token request without ${name}`, async (t) => {
    const simulator = await start(t);
    const code = await obtainCode(simulator);
    assertError(await exchange(simulator, code, { [name]: null }), 400, xError('invalid_request', `Missing required parameter [${name}].`));
    assert.equal((await exchange(simulator, code)).status, 200, 'the code is not spent by it');
  });
}

test('K: only a form body is read', async (t) => {
  const simulator = await start(t);
  const fields = { grant_type: 'authorization_code', code: await obtainCode(simulator), redirect_uri: CALLBACK, code_verifier: VERIFIER, client_id: SPA.clientId };
  for (const [type, body] of [['application/json', JSON.stringify(fields)], ['text/plain', new URLSearchParams(fields).toString()]]) {
    const response = await fetch(`${simulator.apiUrl}/2/oauth2/token`, { method: 'POST', headers: { 'Content-Type': type }, body });
    assert.deepEqual([response.status, await response.json()], [400, xError('invalid_request', 'Missing required parameter [grant_type].')]);
  }
  assert.equal((await fetch(`${simulator.apiUrl}/2/oauth2/token?${new URLSearchParams(fields)}`, { method: 'POST' })).status, 400, 'nor the query');
  assert.equal((await tokenRequest(simulator, fields)).status, 200);
});

test('a field that comes twice, or a grant that X does not know, is refused', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  const response = await fetch(`${simulator.apiUrl}/2/oauth2/token`, { method: 'POST', body: new URLSearchParams([['code', code], ['code', code]]) });
  assert.equal(response.status, 400);
  for (const grant_type of ['password', 'constructor']) assert.equal((await exchange(simulator, code, { grant_type })).status, 400);
});

test('a body that is too large is refused', async (t) => {
  const { apiUrl } = await start(t);
  const response = await fetch(`${apiUrl}/2/oauth2/token`, { method: 'POST', body: new URLSearchParams({ code: 'c'.repeat(100_000) }) });
  assert.equal(response.status, 413);
});
