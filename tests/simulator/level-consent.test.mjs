import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK, cookieOf, get, logIn, post, SPA, start } from './helpers.mjs';
import { APP1, codeOf, openLevelConsent, requestToken, signed } from './oauth1.mjs';

const newToken = async (simulator, over) => (await requestToken(simulator, over)).body;
const withSettings = (oauth1, more = {}) => ({ ...APP1, ...more, oauth1: { ...APP1.oauth1, ...oauth1 } });
const ends = async (simulator, token, verifier = 'x') => codeOf(await signed(simulator, 'POST', '/oauth/access_token', { token, over: { oauth_verifier: verifier } }));

for (const [access, view, act] of [['read', 5, 0], ['read-write', 5, 4], ['read-write-directmessages', 6, 5]]) {
  test(`G9 K: the page says what ${access} lets the App do`, async (t) => {
    const simulator = await start(t, { apps: [withSettings({ access })] });
    const { html } = await openLevelConsent(simulator, (await newToken(simulator)).oauth_token);
    const items = (id) => [...(new RegExp(`id="things-${id}">.*?</section>`).exec(html)?.[0] ?? '').matchAll(/<li>([^<]*)/g)].map(([, words]) => words);
    assert.deepEqual([items('view').length, items('do').length], [view, act]);
    assert.equal(items('view').at(-1), 'Your email address.');
    assert.equal(/Direct Messages/.test(html), access === 'read-write-directmessages');
    assert.match(html, /Single &amp; Page wants to access your X account/);
    assert.match(html, />Authorize app<\/button>/);
  });
}

test('G9 K: the e-mail address is named only if the App asks for it', async (t) => {
  const simulator = await start(t, { apps: [{ ...APP1, requestEmail: false }] });
  assert.doesNotMatch((await openLevelConsent(simulator, (await newToken(simulator)).oauth_token)).html, /email/);
});

test('G9 K: approval leads back with the token and a verifier, and the callback’s own query stays', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  for (const [oauth_callback, prefix] of [[CALLBACK, `${CALLBACK}?`], [SPA.redirectUris[1], 'https://app.example/cb?from=x&'], [SPA.redirectUris[2], 'example.app://callback/x?']]) {
    const { oauth_token } = await newToken(simulator, { oauth_callback });
    const response = await (await openLevelConsent(simulator, oauth_token)).press('approve');
    assert.equal(response.status, 302);
    const location = response.headers.get('location');
    assert.ok(location.startsWith(`${prefix}oauth_token=${oauth_token}&oauth_verifier=`), location);
    assert.match(location, /oauth_verifier=[\w-]{32}$/);
  }
});

test('B6 G9 K: "Cancel" tells the person first, and its link carries `denied` and nothing else', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  for (const [oauth_callback, back] of [[CALLBACK, `${CALLBACK}?denied=`], [SPA.redirectUris[1], 'https://app.example/cb?from=x&amp;denied=']]) {
    const token = await newToken(simulator, { oauth_callback });
    const response = await (await openLevelConsent(simulator, token.oauth_token)).press('cancel');
    assert.equal(response.status, 200);
    assert.ok((await response.text()).includes(`id="return" href="${back}${token.oauth_token}"`));
    assert.deepEqual(await ends(simulator, token), [401, 89], 'the request token is over');
  }
  const { oauth_token } = await newToken(simulator, { oauth_callback: SPA.redirectUris[2] });
  const direct = await (await openLevelConsent(simulator, oauth_token)).press('cancel');
  assert.equal(direct.headers.get('location'), `${SPA.redirectUris[2]}?denied=${oauth_token}`, 'what is no web page is sent back to at once');
  assert.equal(simulator.control.counts().cancels, 3);
});

test('G9 K: with oob the page shows seven digits, which work once', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const token = await newToken(simulator, { oauth_callback: 'oob' });
  const html = await (await (await openLevelConsent(simulator, token.oauth_token)).press('approve')).text();
  const pin = /id="pin">(\d{7})</.exec(html)[1];
  assert.equal((await signed(simulator, 'POST', '/oauth/access_token', { token, over: { oauth_verifier: pin } })).body.screen_name, 'ada_example');
  assert.deepEqual(await ends(simulator, token, pin), [401, 89]);
  const other = await newToken(simulator, { oauth_callback: 'oob' });
  const cancelled = await (await (await openLevelConsent(simulator, other.oauth_token)).press('cancel')).text();
  assert.doesNotMatch(cancelled, /<a /);
});

test('G9 K: "Whoa there!" for a request token that is missing, unknown, decided on or too old', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const whoa = async (path, words) => {
    const response = await get(simulator.url + path);
    assert.equal(response.status, 403, path);
    assert.equal(response.headers.get('location'), null);
    const html = await response.text();
    assert.match(html, /<h1>Whoa there!<\/h1>/);
    assert.match(html, words);
  };
  for (const page of ['authenticate', 'authorize']) {
    await whoa(`/oauth/${page}`, /There is no request token for this page/);
    await whoa(`/oauth/${page}?oauth_token=made-up`, /already been used, or expired/);
  }
  const { oauth_token } = await newToken(simulator);
  await (await openLevelConsent(simulator, oauth_token)).press('approve');
  await whoa(`/oauth/authorize?oauth_token=${oauth_token}`, /already been used/);
  const late = await newToken(simulator);
  const { press } = await openLevelConsent(simulator, late.oauth_token);
  simulator.control.advance(600_000);
  await whoa(`/oauth/authorize?oauth_token=${late.oauth_token}`, /expired/);
  assert.match(await (await press('approve')).text(), /Whoa there!/, 'nor can an old page be sent');
});

test('G9 K: authenticate goes straight back for whoever approved the App before; authorize always asks', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const open = async (options) => (await openLevelConsent(simulator, (await newToken(simulator)).oauth_token, { path: '/oauth/authenticate', ...options })).response;
  assert.equal((await open()).status, 200, 'the first time it asks');
  const { press } = await openLevelConsent(simulator, (await newToken(simulator)).oauth_token);
  const cookie = cookieOf(await press('approve', 'noor_example'));
  const again = await open({ cookie });
  assert.equal(again.status, 302);
  assert.match(again.headers.get('location'), /\?oauth_token=[\w-]+&oauth_verifier=/);
  assert.equal((await open()).status, 200, 'in another browser nobody is signed in');
  assert.equal((await open({ cookie: await logIn(simulator, 'ada_example') })).status, 200, 'this account never approved');
  assert.equal((await open({ cookie, path: '/oauth/authorize' })).status, 200);
  assert.equal((await open({ cookie, query: { force_login: 'true' } })).status, 200);
});

test('G9 K: without "Sign in with X", or for a higher level than before, authenticate asks', async (t) => {
  for (const [first, second, status] of [[{}, { signIn: false }, 200], [{ access: 'read' }, { access: 'read-write' }, 200], [{ access: 'read-write' }, { access: 'read' }, 302]]) {
    const app = withSettings(first);
    const simulator = await start(t, { apps: [app] });
    const { press } = await openLevelConsent(simulator, (await newToken(simulator)).oauth_token);
    const cookie = cookieOf(await press('approve'));
    // The developer changes the App's settings meanwhile.
    Object.assign(simulator.apps[0].oauth1, second);
    const { response } = await openLevelConsent(simulator, (await newToken(simulator)).oauth_token, { path: '/oauth/authenticate', cookie });
    assert.equal(response.status, status, JSON.stringify(second));
  }
});

test('G9 K: screen_name chooses the account beforehand', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  for (const [screen_name, chosen] of [['NOOR_example', 'noor_example'], ['@noor_example', 'noor_example'], ['nobody', 'ada_example']]) {
    const { html } = await openLevelConsent(simulator, (await newToken(simulator)).oauth_token, { query: { screen_name } });
    assert.equal(/value="(\w+)" checked/.exec(html)[1], chosen);
  }
});

test('G9 K: autoApprove and autoCancel need no page', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const location = async () => (await openLevelConsent(simulator, (await newToken(simulator)).oauth_token)).response.headers.get('location');
  simulator.control.autoApprove('noor_example');
  assert.match(await location(), /oauth_verifier=/);
  simulator.control.autoCancel(true);
  assert.match(await location(), /\?denied=[\w-]+$/);
  simulator.control.autoCancel(false);
  assert.match(await location(), /oauth_verifier=/);
  assert.throws(() => simulator.control.autoCancel('yes'), /true or false/);
});

test('G9 K: the form works once, needs a ticket of this page, and takes no account that is not there', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { press } = await openLevelConsent(simulator, (await newToken(simulator)).oauth_token);
  assert.equal((await press('approve', 'ada_example', { 'Sec-Fetch-Site': 'cross-site' })).status, 403);
  assert.equal((await press('approve')).status, 302);
  assert.equal((await press('approve')).status, 403);
  assert.equal((await post(`${simulator.url}/oauth/authorize`, { ticket: 'made-up', decision: 'approve' })).status, 403);
  const other = await openLevelConsent(simulator, (await newToken(simulator)).oauth_token);
  assert.equal((await other.press('approve', 'nobody')).status, 403);
});

test('B9 G9: the pages of OAuth 1.0a need no JavaScript, may not be framed, and have the opener policy', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const pages = [(await openLevelConsent(simulator, (await newToken(simulator)).oauth_token)).response, await get(`${simulator.url}/oauth/authorize`)];
  for (const decision of ['approve', 'cancel']) pages.push(await (await openLevelConsent(simulator, (await newToken(simulator, { oauth_callback: 'oob' })).oauth_token)).press(decision));
  for (const response of pages) {
    assert.equal(response.headers.get('x-frame-options'), 'SAMEORIGIN');
    assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin-allow-popups');
    if (!response.bodyUsed) assert.doesNotMatch(await response.text(), /<script|javascript:|\son\w+=|style=/i);
  }
});
