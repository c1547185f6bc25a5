/** What a person may do about the Apps that they let in, and about where they are signed in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, cookieOf, exchange, get, logIn, NATIVE, obtainCode, openConsent, post, signIn, SPA, start, ticketOf, tokenRequest, xError } from './helpers.mjs';
import { keysOf, open as console, pathOf } from './console.mjs';
import { APP1, codeOf, openLevelConsent, requestToken, signed, signInWith1 } from './oauth1.mjs';

const APPS = '/settings/connected_apps';
const SESSIONS = '/settings/sessions';
const FIREFOX = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
const IPHONE = { 'User-Agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1' };

/** A page of the settings, and its forms. */
async function open(simulator, path, cookie) {
  const response = await get(simulator.url + path, { Cookie: cookie });
  const html = await response.text();
  const send = (fields, headers = {}) => post(simulator.url + path.replace(/\?.*/, ''), { ticket: ticketOf(html), ...fields }, { Cookie: cookie, ...headers });
  return { response, html, send };
}
const bearer = async (simulator, { access_token }) => (await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` })).status;
const revoke = async (simulator, cookie, clientId = SPA.clientId) => (await open(simulator, APPS, cookie)).send({ client_id: clientId });
const names = (html) => [...html.matchAll(/<h3>([^<]*)<\/h3>/g)].map(([, name]) => name);

test('K: "Connected apps" lists each App with icon, name, website, what it may do in words, and since when', async (t) => {
  const simulator = await start(t, { apps: [{ ...APP1, oauth1: { ...APP1.oauth1, access: 'read-write' } }, NATIVE] });
  const cookie = await logIn(simulator);
  assert.match((await open(simulator, APPS, cookie)).html, /No App has access/);
  await signIn(simulator, 'tweet.read users.read');
  simulator.clock.ms += 60_000;
  const tokens = await signIn(simulator, 'tweet.read offline.access');
  await signInWith1(simulator);
  const { html, response } = await open(simulator, APPS, cookie);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(html.match(/<article/g).length, 1, 'and none that was not let in');
  assert.match(html, /<h2>Single &amp; Page<\/h2>\s*<p class="quiet">https:\/\/app\.example</);
  assert.equal((await get(simulator.url + /<article[^>]*>\s*<div[^>]*><img[^>]* src="([^"]+)"/.exec(html)[1])).headers.get('content-type'), 'image/svg+xml');
  assert.deepEqual(names(html), ['OAuth 2.0: 3 scopes', 'OAuth 1.0a: Read and write'], 'of both sign-ins together');
  for (const words of ['All the Tweets you can view', 'Stay connected to your account until you revoke access.', 'Create, manage and delete Lists for you.']) assert.ok(html.includes(words), words);
  assert.match(html, /Authorized on <time datetime="2026-11-22T00:01:00\.000Z">/);
  assert.match((await open(simulator, APPS, await logIn(simulator, 'noor_example'))).html, /No App has access/, 'each account has its own');
  await post(`${simulator.apiUrl}/2/oauth2/revoke`, { token: tokens.refresh_token, client_id: SPA.clientId });
  assert.equal(names((await open(simulator, APPS, cookie)).html)[0], 'OAuth 2.0: 3 scopes', 'an App that gives its tokens back stays');
});

test('K: "Revoke access" ends codes, access and refresh tokens and those of OAuth 1.0a at once', async (t) => {
  const simulator = await start(t, { apps: [APP1, NATIVE] });
  const cookie = await logIn(simulator);
  const tokens = await signIn(simulator, 'tweet.read users.read offline.access');
  const other = await signIn(simulator, 'tweet.read users.read', 'noor_example');
  const old = await signInWith1(simulator);
  const code = await obtainCode(simulator);
  const pending = (await requestToken(simulator)).body;
  const verifier = new URL((await (await openLevelConsent(simulator, pending.oauth_token)).press('approve')).headers.get('location')).searchParams.get('oauth_verifier');

  const response = await revoke(simulator, cookie);
  assert.equal(response.status, 302);
  const after = await open(simulator, response.headers.get('location'), cookie);
  assert.match(after.html, /role="status">Single &amp; Page has no access any more/);
  assert.doesNotMatch(after.html, /<article/);

  assert.equal(await bearer(simulator, tokens), 401);
  const refreshed = await tokenRequest(simulator, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: SPA.clientId });
  assert.deepEqual([refreshed.status, refreshed.body], [400, xError('invalid_request', 'Value passed for the token was invalid.')]);
  assert.equal((await exchange(simulator, code)).status, 400, 'nor is a code that was on its way');
  assert.deepEqual(codeOf(await signed(simulator, 'GET', '/1.1/account/verify_credentials.json', { token: old })), [401, 89]);
  assert.deepEqual(codeOf(await signed(simulator, 'POST', '/oauth/access_token', { token: pending, over: { oauth_verifier: verifier } })), [401, 89]);
  assert.equal(await bearer(simulator, other), 200, 'what another account gave stays');
  assert.equal(simulator.control.events('access_revoked').length, 1);
});

test('K: after "Revoke access" the App has to ask again', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const again = async (cookie) => (await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token, { path: '/oauth/authenticate', cookie })).response.status;
  const cookie = cookieOf(await (await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)).press('approve'));
  assert.equal(await again(cookie), 302);
  await revoke(simulator, cookie);
  assert.equal(await again(cookie), 200);
  assert.equal((await get(authorizeUrl(simulator), { Cookie: cookie })).status, 200);
});

test('K: an App that ended its own token of OAuth 1.0a is no longer listed', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const cookie = await logIn(simulator);
  const token = await signInWith1(simulator);
  assert.match((await open(simulator, APPS, cookie)).html, /<article/);
  await signed(simulator, 'POST', '/1.1/oauth/invalidate_token.json', { token });
  assert.doesNotMatch((await open(simulator, APPS, cookie)).html, /<article/);
});

test('K: "Sessions" lists this browser and the others with device, place and time', async (t) => {
  const simulator = await start(t);
  await logIn(simulator, 'ada_example', IPHONE);
  await logIn(simulator, 'noor_example', IPHONE);
  simulator.clock.ms += 3_600_000;
  const cookie = await logIn(simulator, 'ada_example', FIREFOX);
  const { html } = await open(simulator, SESSIONS, cookie);
  assert.deepEqual(names(html), ['Firefox on Linux', 'Safari on iOS']);
  assert.match(html, /This machine · <strong class="active">Active now<\/strong>/);
  assert.match(html, /Last active on <time datetime="2026-11-22T00:00:00\.000Z">/);
  assert.match(html, />Log out all other sessions</);
});

test('K: "Log out" ends one session, "Log out all other sessions" all but this one, and Apps keep their access', async (t) => {
  const simulator = await start(t);
  const tokens = await signIn(simulator);
  const [mine, phone, tablet] = [await logIn(simulator, 'ada_example', FIREFOX), await logIn(simulator, 'ada_example', IPHONE), await logIn(simulator)];
  const isIn = async (cookie) => (await get(simulator.url + SESSIONS, { Cookie: cookie })).status === 200;
  const { send } = await open(simulator, SESSIONS, phone);
  const own = /name="session" value="([^"]+)"/.exec((await open(simulator, SESSIONS, phone)).html)[1];
  const left = await send({ session: own });
  assert.match(left.headers.get('set-cookie'), /Max-Age=0/, 'this browser forgets it');
  assert.deepEqual([await isIn(mine), await isIn(phone), await isIn(tablet)], [true, false, true]);
  assert.equal((await send({ session: 'others' })).status, 403, 'a page from before is no longer good');
  await (await open(simulator, SESSIONS, mine)).send({ session: 'others' });
  assert.deepEqual([await isIn(mine), await isIn(tablet)], [true, false]);
  assert.equal(await bearer(simulator, tokens), 200);
});

test('K: a form of the settings needs its own page’s ticket and its own browser, and comes from no other site', async (t) => {
  const simulator = await start(t);
  const tokens = await signIn(simulator);
  const [mine, other] = [await logIn(simulator), await logIn(simulator)];
  const { html, send } = await open(simulator, APPS, mine);
  const fields = { client_id: SPA.clientId };
  const refused = [
    await send(fields, { 'Sec-Fetch-Site': 'cross-site' }),
    await send(fields, { 'Sec-Fetch-Site': 'same-site' }),
    await send({ ...fields, ticket: '' }),
    await send({ ...fields, ticket: 'made-up' }),
    await send({ ...fields, ticket: ticketOf((await open(simulator, APPS, other)).html) }),
    await post(simulator.url + APPS, { ...fields, ticket: ticketOf(html) }),
    await send({ client_id: 'nobody' }),
    await fetch(simulator.url + APPS, { method: 'POST', headers: { Cookie: mine, 'Content-Type': 'text/plain' }, body: `ticket=${ticketOf(html)}&client_id=${SPA.clientId}` }),
  ];
  for (const response of refused) {
    assert.equal(response.status, 403);
    assert.match(await response.text(), /Something went wrong/);
  }
  assert.equal(await bearer(simulator, tokens), 200);
  assert.equal((await send(fields, { 'Sec-Fetch-Site': 'same-origin' })).status, 302);
  assert.equal(await bearer(simulator, tokens), 401);
});

test('K: whoever is not signed in signs in first, and comes back to the settings and nowhere else', async (t) => {
  const simulator = await start(t);
  const there = await get(simulator.url + SESSIONS);
  assert.deepEqual([there.status, there.headers.get('location')], [302, '/i/flow/login?redirect_after_login=%2Fsettings%2Fsessions']);
  const signInAt = async (address) => post(`${simulator.url}/i/flow/login`, { ticket: ticketOf(await (await get(simulator.url + address)).text()), account: 'ada_example' });
  const back = await signInAt(there.headers.get('location'));
  assert.equal(back.headers.get('location'), SESSIONS);
  assert.match(back.headers.get('set-cookie'), /^simulated_x_\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
  for (const elsewhere of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/a\r\nSet-Cookie: b']) {
    assert.equal((await signInAt(`/i/flow/login?redirect_after_login=${encodeURIComponent(elsewhere)}`)).headers.get('location'), '/', elsewhere);
  }
});

test('K: the form of the sign-in page works once, and for an account that is there', async (t) => {
  const simulator = await start(t);
  const address = `${simulator.url}/i/flow/login`;
  const ticket = async () => ticketOf(await (await get(address)).text());
  const used = await ticket();
  assert.equal((await post(address, { ticket: used, account: 'ada_example' })).status, 302);
  for (const [fields, headers] of [[{ ticket: used, account: 'ada_example' }], [{ ticket: await ticket(), account: 'nobody' }], [{ ticket: await ticket(), account: 'ada_example' }, { 'Sec-Fetch-Site': 'cross-site' }]]) {
    const response = await post(address, fields, headers);
    assert.deepEqual([response.status, response.headers.get('set-cookie')], [403, null]);
  }
});

test('K: the front page leads to the log, the Apps and the sessions', async (t) => {
  const simulator = await start(t);
  const html = await (await get(simulator.url)).text();
  for (const path of ['/log', APPS, SESSIONS]) assert.ok(html.includes(`href="${path}"`), path);
});

test('K: reset signs everybody out and forgets who was let in', async (t) => {
  const simulator = await start(t);
  await signIn(simulator);
  const cookie = await logIn(simulator);
  simulator.control.reset();
  assert.equal((await get(simulator.url + APPS, { Cookie: cookie })).status, 302);
  assert.match((await open(simulator, APPS, await logIn(simulator))).html, /No App has access/);
});

test('K: two simulators on one machine keep apart who is signed in in a browser that uses both', async (t) => {
  const [one, other] = [await start(t), await start(t)];
  // A browser sends both cookies to both: cookies know no ports.
  const jar = [await logIn(one, 'ada_example'), await logIn(other, 'noor_example')].join('; ');
  const who = async (simulator) => /class="handle">@(\w+)/.exec((await open(simulator, SESSIONS, jar)).html)?.[1];
  assert.deepEqual([await who(one), await who(other)], ['ada_example', 'noor_example']);
  const page = await open(one, SESSIONS, jar);
  const left = await page.send({ session: /name="session" value="([^"]+)"/.exec(page.html)[1] });
  assert.match(left.headers.get('set-cookie'), new RegExp(`^simulated_x_${new URL(one.url).port}=;`));
  assert.deepEqual([await who(one), await who(other)], [undefined, 'noor_example'], 'logging out at one leaves the other');
});

test('K: an Access Token that the console generates is in the owner’s "Connected apps", and can be revoked there', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const path = `${pathOf(simulator, SPA.clientId)}/keys`;
  const { 'Access Token': oauth_token, 'Access Token Secret': oauth_token_secret } = keysOf(await (await console(simulator, path)).send(path, {}, { press: 'access' }));
  const cookie = await logIn(simulator);
  const { html } = await open(simulator, APPS, cookie);
  assert.deepEqual(names(html), ['OAuth 1.0a: Read']);
  assert.match(html, /Authorized on <time datetime="2026-11-22T00:00:00\.000Z">/);
  await revoke(simulator, cookie);
  assert.deepEqual(codeOf(await signed(simulator, 'GET', '/1.1/account/verify_credentials.json', { token: { oauth_token, oauth_token_secret } })), [401, 89]);
});

test('K: an approval signs the browser in at X', async (t) => {
  const simulator = await start(t);
  const cookie = cookieOf(await (await openConsent(simulator)).press('approve', 'noor_example'));
  assert.match((await open(simulator, SESSIONS, cookie)).html, /@noor_example/);
  const other = cookieOf(await (await openConsent(simulator)).press('approve', 'ada_example', { Cookie: cookie }));
  assert.match((await open(simulator, SESSIONS, other)).html, /@ada_example/);
  assert.equal((await get(simulator.url + SESSIONS, { Cookie: cookie })).status, 302, 'a browser is one person at a time');
  simulator.control.autoApprove('ada_example');
  assert.equal((await get(authorizeUrl(simulator))).headers.get('set-cookie'), null, 'autoApprove is nobody’s browser');
});
