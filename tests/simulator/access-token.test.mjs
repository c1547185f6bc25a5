import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK, cookieOf, get, NATIVE, post, start } from './helpers.mjs';
import { APP1, authorization, codeOf, openLevelConsent, read, requestToken, signed, signInWith1 } from './oauth1.mjs';

const OTHER = { ...NATIVE, oauth1: { consumerKey: 'other-key', consumerSecret: 'other-secret' } };
const CREDENTIALS = '/1.1/account/verify_credentials.json';
const INVALIDATE = '/1.1/oauth/invalidate_token.json';

/** An approved request token and its verifier. */
async function approved(simulator, account) {
  const token = (await requestToken(simulator)).body;
  const { press } = await openLevelConsent(simulator, token.oauth_token);
  const location = new URL((await press('approve', account)).headers.get('location'));
  return { token, oauth_verifier: location.searchParams.get('oauth_verifier') };
}
const exchange = (simulator, { token, oauth_verifier }, more = {}) => signed(simulator, 'POST', '/oauth/access_token', { token, over: { oauth_verifier }, ...more });
const user = (simulator, token, path = CREDENTIALS, more = {}) => signed(simulator, 'GET', path, { token, ...more });

test('G9 K: a verifier becomes the person’s token, in the header or in the form', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const first = await exchange(simulator, await approved(simulator));
  assert.equal(first.status, 200);
  assert.match(first.headers.get('content-type'), /^text\/html/);
  assert.match(first.text, /^oauth_token=4503599627370495-[\w-]+&oauth_token_secret=[\w-]+&user_id=4503599627370495&screen_name=ada_example$/);
  const { token, oauth_verifier } = await approved(simulator, 'noor_example');
  const inForm = await signed(simulator, 'POST', '/oauth/access_token', { token, fields: { oauth_verifier } });
  assert.equal(inForm.body.user_id, '1912345678901234567');
});

test('A7 G9 K: a request token is exchanged once, and a wrong verifier spends it', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const good = await approved(simulator);
  assert.equal((await exchange(simulator, good)).status, 200);
  const again = await exchange(simulator, good);
  assert.deepEqual([again.status, again.body], [401, { errors: [{ code: 89, message: 'Invalid or expired token.' }] }]);
  for (const oauth_verifier of ['wrong', null]) {
    const other = await approved(simulator);
    const refused = await exchange(simulator, { ...other, oauth_verifier });
    assert.deepEqual([refused.status, refused.text], [401, 'Error processing your OAuth request: Invalid oauth_verifier parameter']);
    assert.deepEqual(codeOf(await exchange(simulator, other)), [401, 89]);
  }
});

test('G9 K: a request token that nobody approved, that is too old, or that is another App’s becomes nothing', async (t) => {
  const simulator = await start(t, { apps: [APP1, OTHER] });
  const fresh = { token: (await requestToken(simulator)).body, oauth_verifier: '' };
  assert.equal((await exchange(simulator, fresh)).status, 401);
  const stolen = await approved(simulator);
  assert.deepEqual(codeOf(await exchange(simulator, stolen, { app: OTHER.oauth1 })), [401, 89]);
  assert.equal((await exchange(simulator, stolen)).status, 200, 'and is still its own App’s');
  const old = await approved(simulator);
  simulator.clock.ms += 600_000;
  assert.deepEqual(codeOf(await exchange(simulator, old)), [401, 89]);
});

test('G9 K: verify_credentials tells who it is, with the id as a number of any size', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { body, text, headers } = await user(simulator, await signInWith1(simulator, { account: 'noor_example' }));
  assert.match(text, /^\{"id":1912345678901234567,"id_str":"1912345678901234567",/);
  assert.deepEqual([body.screen_name, body.name, 'email' in body], ['noor_example', 'Noor Østergård', false]);
  assert.match(body.profile_image_url_https, /_normal\.svg$/);
  assert.equal(headers.get('x-access-level'), 'read');
});

test('G7 G9 K: the e-mail address comes when it is asked for, null if there is none, never if the App may not', async (t) => {
  const email = async (simulator, account) => {
    const { body } = await user(simulator, await signInWith1(simulator, { account }), `${CREDENTIALS}?include_email=true&skip_status=true`);
    return body.email;
  };
  const simulator = await start(t, { apps: [APP1] });
  assert.equal(await email(simulator, 'ada_example'), 'ada@example.com');
  assert.equal(await email(simulator, 'noor_example'), null);
  assert.equal(await email(await start(t, { apps: [{ ...APP1, requestEmail: false }] }), 'ada_example'), undefined);
});

test('G9 K: a person keeps one token for an App, so that invalidating it ends every session', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const [first, second] = [await signInWith1(simulator), await signInWith1(simulator)];
  assert.deepEqual(second, first);
  const answer = await signed(simulator, 'POST', INVALIDATE, { token: first });
  assert.deepEqual([answer.status, answer.body], [200, { access_token: first.oauth_token }]);
  assert.equal(answer.headers.get('x-access-level'), 'read');
  for (const path of [CREDENTIALS, INVALIDATE]) {
    const after = await signed(simulator, path === CREDENTIALS ? 'GET' : 'POST', path, { token: second });
    assert.deepEqual([after.status, after.body], [401, { errors: [{ code: 89, message: 'Invalid or expired token.' }] }]);
    assert.equal(after.headers.get('x-access-level'), null);
  }
  const third = await signInWith1(simulator);
  assert.notEqual(third.oauth_token, first.oauth_token);
  assert.equal((await user(simulator, third)).status, 200);
});

test('G9 K: after its token was invalidated the App must ask again', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const cookie = cookieOf(await (await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)).press('approve'));
  const open = async () => (await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token, { path: '/oauth/authenticate', cookie })).response.status;
  const tokens = await signInWith1(simulator);
  assert.equal(await open(), 302);
  await signed(simulator, 'POST', INVALIDATE, { token: tokens });
  assert.equal(await open(), 200);
});

test('G9 K: users/me takes OAuth 1.0a as well, and says how far the token reaches', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const tokens = await signInWith1(simulator);
  const good = await user(simulator, tokens, '/2/users/me?user.fields=confirmed_email,profile_image_url');
  assert.equal(good.status, 200);
  assert.deepEqual([good.body.data.username, good.body.data.confirmed_email], ['ada_example', 'ada@example.com']);
  assert.equal(good.headers.get('x-access-level'), 'read');
  for (const over of [{ oauth_signature: 'bm9wZQ==' }, { oauth_token: 'made-up' }]) {
    const bad = await user(simulator, tokens, '/2/users/me', { over });
    assert.deepEqual([bad.status, bad.body.title], [401, 'Unauthorized']);
  }
});

test('G9 K: a token is its own App’s; a request token is no token of a person, nor the other way round', async (t) => {
  const simulator = await start(t, { apps: [APP1, OTHER] });
  const tokens = await signInWith1(simulator);
  assert.deepEqual(codeOf(await user(simulator, (await requestToken(simulator)).body)), [401, 89]);
  assert.deepEqual(codeOf(await user(simulator, tokens, CREDENTIALS, { app: OTHER.oauth1 })), [401, 89]);
  assert.deepEqual(codeOf(await exchange(simulator, { token: tokens, oauth_verifier: 'x' })), [401, 89]);
});

test('A12 G9 K: no answer of OAuth 1.0a carries a CORS header', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  for (const path of ['/oauth/request_token', '/oauth/access_token', '/oauth/authorize', '/oauth/authenticate', CREDENTIALS, INVALIDATE]) {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const response = await fetch(simulator.apiUrl + path, { method, headers: { Origin: 'http://127.0.0.1:3000' } });
      assert.deepEqual([...response.headers.keys()].filter((name) => name.startsWith('access-control-')), [], `${method} ${path}`);
      assert.ok(response.status >= 400);
    }
  }
});

test('G9 K: faults strike the endpoints of OAuth 1.0a', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { control } = simulator;
  const tokens = await signInWith1(simulator);
  const calls = {
    request_token: () => requestToken(simulator),
    access_token: async () => exchange(simulator, await approved(simulator)),
    credentials: () => user(simulator, tokens),
    invalidate: () => signed(simulator, 'POST', INVALIDATE, { token: tokens }),
  };
  for (const [stage, call] of Object.entries(calls)) {
    control.fault('html_error', { stage, status: 502 });
    assert.deepEqual([(await call()).status, (await call()).status], [502, 200], stage);
    if (stage === 'invalidate') Object.assign(tokens, await signInWith1(simulator));
    control.fault('rate_limit', { stage, resetInSeconds: 60 });
    assert.equal((await call()).headers.get('x-rate-limit-reset'), String(simulator.clock.ms / 1000 + 60), stage);
    control.fault('numbered_error', { stage, code: 326 });
    assert.deepEqual(codeOf(await call()), [403, 326], stage);
    control.fault('cut', { stage, undone: true });
    await assert.rejects(call(), stage);
  }
  control.fault('callback_unconfirmed');
  assert.equal((await requestToken(simulator)).body.oauth_callback_confirmed, 'false');
  control.fault('truncate', { stage: 'request_token', bytes: 20 });
  assert.equal((await requestToken(simulator)).text.length, 20);
  assert.throws(() => control.fault('numbered_error', { code: 1 }), /bad value for "code"/);
});

test('G9 K: faults of the way back strike OAuth 1.0a too, also behind the page of a cancel', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { control } = simulator;
  control.fault('drop_parameters', { names: ['oauth_token'] });
  control.fault('extra_parameters', { parameters: { oauth_token: 'another' } });
  const press = async (decision) => (await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)).press(decision);
  assert.match((await press('approve')).headers.get('location'), /\?oauth_verifier=[\w-]+&oauth_token=another$/);
  control.fault('drop_parameters', { names: ['denied'] });
  assert.match(await (await press('cancel')).text(), new RegExp(`href="${CALLBACK}\\?"`));
  control.fault('strand');
  assert.doesNotMatch((await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)).html, /<form/);
});

test('K: counts tell what was asked for by OAuth 1.0a, and reset forgets all of it', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const tokens = await signInWith1(simulator);
  await user(simulator, tokens);
  await requestToken(simulator, { oauth_callback: null });
  const { requestTokens, accessTokenExchanges, accessTokens, credentialsRequests, invalidations, authorizeRequests, approvals } = simulator.control.counts();
  assert.deepEqual([requestTokens, accessTokenExchanges, accessTokens, credentialsRequests, invalidations, authorizeRequests, approvals], [1, 1, 1, 1, 0, 1, 1]);
  simulator.control.reset();
  assert.deepEqual(codeOf(await user(simulator, tokens)), [401, 89]);
});

test('G9 K: a request whose body is no form is signed without its body', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const address = simulator.apiUrl + '/oauth/request_token';
  const headers = { 'Content-Type': 'application/json', Authorization: authorization('POST', address, { over: { oauth_callback: CALLBACK }, time: simulator.clock.ms }) };
  assert.equal((await read(await fetch(address, { method: 'POST', headers, body: '{"a":1}' }))).status, 200);
  assert.equal((await get(address)).status, 405);
  assert.equal((await post(simulator.apiUrl + CREDENTIALS, {})).status, 405);
});
