import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, CALLBACK, exchange, get, obtainCode, openConsent, start } from './helpers.mjs';

/** Refused: X's words, what to mend, and no way back to the App. */
async function assertRefused(response, fix) {
  const html = await response.text();
  assert.equal(response.status, 400);
  assert.equal(response.headers.get('location'), null);
  assert.match(html, /Something went wrong/);
  assert.match(html, /You weren’t able to give access to the App\. Go back and try logging in again\./);
  assert.match(html, /simulator’s hint/);
  assert.match(html.slice(html.indexOf('id="fix"')), fix);
  // Into the simulator's own pages, in a tab of its own; never on to the App.
  assert.doesNotMatch(html, /<form|<a (?!href="\/[a-z/\d]*" target="_blank">)/);
}

test('K: a request with every parameter shows the consent page', async (t) => {
  const { response, ticket } = await openConsent(await start(t));
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/html/);
  assert.ok(ticket);
});

for (const name of ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method']) {
  test(`K: without ${name} X shows "Something went wrong" and redirects nowhere`, async (t) => {
    const simulator = await start(t);
    await assertRefused(await get(authorizeUrl(simulator, { [name]: null })), new RegExp(`${name}.*missing`));
    await assertRefused(await get(authorizeUrl(simulator, { [name]: '' })), new RegExp(`${name}.*missing`));
  });
}

test('K: an unknown client id is refused without a redirect', async (t) => {
  await assertRefused(await get(authorizeUrl(await start(t), { client_id: 'nobody' })), /Client ID/);
});

for (const [what, uri] of [
  ['a trailing slash', `${CALLBACK}/`],
  ['another port', CALLBACK.replace('3000', '3001')],
  ['localhost for 127.0.0.1', CALLBACK.replace('127.0.0.1', 'localhost')],
  ['https for http', CALLBACK.replace('http:', 'https:')],
  ['another case', CALLBACK.replace('auth', 'AUTH')],
  ['a query', `${CALLBACK}?a=1`],
  ['a percent-encoded letter', CALLBACK.replace('callback', '%63allback')],
]) {
  test(`A8 K: redirect_uri is compared byte for byte: ${what}`, async (t) => {
    await assertRefused(await get(authorizeUrl(await start(t), { redirect_uri: uri })), /byte for byte/);
  });
}

test('A8: a callback of another App is not this App’s', async (t) => {
  await assertRefused(await get(authorizeUrl(await start(t), { client_id: 'native-client', redirect_uri: 'https://app.example/cb?from=x' })), /byte for byte/);
});

test('A1: only response_type=code is known', async (t) => {
  await assertRefused(await get(authorizeUrl(await start(t), { response_type: 'token' })), /response_type=code/);
});

test('K: an unknown scope is refused, and so is a list of nothing', async (t) => {
  const simulator = await start(t);
  await assertRefused(await get(authorizeUrl(simulator, { scope: 'users.read account.follows.read' })), /account\.follows\.read/);
  await assertRefused(await get(authorizeUrl(simulator, { scope: 'constructor' })), /constructor/);
  await assertRefused(await get(authorizeUrl(simulator, { scope: ' ' })), /no scope/);
});

test('K: scopes may be separated by + as well as %20, as X’s own tools do', async (t) => {
  const simulator = await start(t);
  assert.equal((await get(authorizeUrl(simulator).replaceAll('%20', '+'))).status, 200);
});

test('A9: a parameter that comes twice is refused', async (t) => {
  await assertRefused(await get(`${authorizeUrl(await start(t))}&state=b`), /more than once/);
});

test('A2 K: PKCE takes S256 only', async (t) => {
  const simulator = await start(t);
  await assertRefused(await get(authorizeUrl(simulator, { code_challenge_method: 'plain' })), /S256/);
  await assertRefused(await get(authorizeUrl(simulator, { code_challenge_method: 'none' })), /S256/);
  assert.equal((await get(authorizeUrl(simulator, { code_challenge_method: 's256' }))).status, 200, 'as X’s older SDK sends it');
});

test('A2: an S256 challenge has 43 characters of base64url', async (t) => {
  const simulator = await start(t);
  for (const challenge of ['challenge', `${'a'.repeat(42)}=`, 'a'.repeat(44), `${'a'.repeat(42)}+`]) {
    await assertRefused(await get(authorizeUrl(simulator, { code_challenge: challenge })), /43 characters/);
  }
});

test('allowPlain takes the method that X also documents', async (t) => {
  const simulator = await start(t, { allowPlain: true });
  const asked = { code_challenge: 'challenge', code_challenge_method: 'plain' };
  assert.equal((await exchange(simulator, await obtainCode(simulator, asked), { code_verifier: 'challenge' })).status, 200);
  assert.equal((await exchange(simulator, await obtainCode(simulator, asked), { code_verifier: 'other' })).status, 400);
});

test('A4 K: state has at most 500 characters; a longer one comes back as an error, and does not come back itself', async (t) => {
  const simulator = await start(t);
  assert.equal((await get(authorizeUrl(simulator, { state: 's'.repeat(500) }))).status, 200);
  const response = await get(authorizeUrl(simulator, { state: 's'.repeat(501) }));
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), `${CALLBACK}?error=invalid_request&error_description=Redirect%20is%20requested.`);
});

test('a long state never opens a way to an unregistered callback', async (t) => {
  const url = authorizeUrl(await start(t), { state: 's'.repeat(501), redirect_uri: 'https://elsewhere.example/' });
  await assertRefused(await get(url), /byte for byte/);
});
