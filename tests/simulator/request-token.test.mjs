import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK, SPA, start } from './helpers.mjs';
import { APP1, codeOf, openLevelConsent, requestToken, signInWith1, signed } from './oauth1.mjs';

const withSettings = (oauth1, more = {}) => ({ ...APP1, ...more, oauth1: { ...APP1.oauth1, ...oauth1 } });
const levelOf = async (simulator, tokens) => (await signed(simulator, 'GET', '/2/users/me', { token: tokens })).headers.get('x-access-level');

test('G9 K: a request token comes as a form that calls itself HTML, confirmed', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { status, headers, text, body } = await requestToken(simulator);
  assert.equal(status, 200);
  assert.match(headers.get('content-type'), /^text\/html/);
  assert.match(text, /^oauth_token=[\w-]+&oauth_token_secret=[\w-]+&oauth_callback_confirmed=true$/);
  assert.notEqual(body.oauth_token, (await requestToken(simulator)).body.oauth_token);
});

test('G9 K: the callback is oob or one of the App’s, byte for byte, or else 415', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  for (const oauth_callback of ['oob', ...SPA.redirectUris]) assert.equal((await requestToken(simulator, { oauth_callback })).status, 200, oauth_callback);
  for (const oauth_callback of [null, '', `${CALLBACK}/`, `${CALLBACK}?a=1`, CALLBACK.toUpperCase(), 'https://evil.example']) {
    const answer = await requestToken(simulator, { oauth_callback });
    assert.deepEqual(codeOf(answer), [403, 415], String(oauth_callback));
    assert.match(answer.body.errors[0].message, /^Callback URL not approved for this client application\./);
  }
});

test('G9 K: an App has the level of its settings, and may ask for less by x_auth_access_type', async (t) => {
  const rows = [
    ['read', undefined, 'read'], ['read', 'write', 'read'], ['read-write', undefined, 'read-write'], ['read-write', 'read', 'read'],
    ['read-write-directmessages', undefined, 'read-write-directmessages'], ['read-write-directmessages', 'write', 'read-write'],
  ];
  for (const [access, asked, got] of rows) {
    const simulator = await start(t, { apps: [withSettings({ access })] });
    const over = asked ? { x_auth_access_type: asked } : {};
    assert.equal(await levelOf(simulator, await signInWith1(simulator, { over })), got, `${access} ${asked}`);
  }
  assert.deepEqual(codeOf(await requestToken(await start(t, { apps: [APP1] }), { x_auth_access_type: 'all' })), [400, 215]);
});

test('G9 K: a suspended App gets 416, a desktop App 417 for a callback', async (t) => {
  const suspended = await start(t, { apps: [{ ...APP1, suspended: true }] });
  assert.deepEqual(codeOf(await requestToken(suspended)), [401, 416]);
  const desktop = await start(t, { apps: [withSettings({ desktop: true })] });
  assert.deepEqual(codeOf(await requestToken(desktop)), [403, 417]);
  const { body } = await requestToken(desktop, { oauth_callback: 'oob' });
  assert.match((await openLevelConsent(desktop, body.oauth_token, { path: '/oauth/authenticate' })).html, /Whoa there!/);
  assert.match((await openLevelConsent(desktop, body.oauth_token)).html, /Authorize app/);
});

test('G9 K: every App has a key and a secret, the same in every run', async (t) => {
  const keys = async () => (await start(t, { apps: [SPA] })).apps[0].oauth1;
  const first = await keys();
  assert.match(first.consumerKey, /^[A-Za-z0-9]{25}$/);
  assert.match(first.consumerSecret, /^[A-Za-z0-9]{50}$/);
  assert.deepEqual(await keys(), first);
});
