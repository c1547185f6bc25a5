/** Who is signed in at X when an App asks, and what that changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, cookieOf, get, logIn, openConsent, post, SPA, start, ticketOf } from './helpers.mjs';
import { APP1, openLevelConsent, requestToken } from './oauth1.mjs';

const SCOPE = { scope: 'tweet.read users.read users.email offline.access' };
const checked = (html) => /value="(\w+)" checked/.exec(html)?.[1];
const asks = (html) => html.includes('<legend>Sign in to X</legend>');
const words = (html) => ['Things this App can view', 'Things this App can do', 'Email from an authenticated user.', 'Stay connected to your account'].every((each) => html.includes(each));

test('K: signed in, the consent page has that account chosen, and the others to choose from', async (t) => {
  const simulator = await start(t);
  const { html, press } = await openConsent(simulator, SCOPE, await logIn(simulator, 'noor_example'));
  assert.equal(checked(html), 'noor_example');
  assert.match(html, /@noor_example<\/span><\/span><span class="tag">Signed in</);
  assert.equal(html.match(/class="tag"/g).length, 1);
  assert.ok(words(html) && !asks(html));
  // Whoever takes the other one is that one from then on.
  const cookie = cookieOf(await press('approve', 'ada_example'));
  assert.equal(checked((await openConsent(simulator, {}, cookie)).html), 'ada_example');
});

test('K: not signed in, one page asks who it is and shows the permissions all the same', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  for (const { html } of [await openConsent(simulator, SCOPE), await openConsent(simulator, SCOPE, 'simulated_x_1=made-up')]) {
    assert.ok(asks(html) && words(html));
    assert.match(html, />Authorize app</);
  }
  const oauth1 = await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token);
  assert.ok(asks(oauth1.html) && /Things this App can view/.test(oauth1.html));
});

test('K: the consent page of OAuth 2.0 asks every time, also whoever approved before', async (t) => {
  const simulator = await start(t);
  const cookie = cookieOf(await (await openConsent(simulator)).press('approve'));
  assert.equal((await openConsent(simulator, {}, cookie)).response.status, 200);
});

test('K: with signInFirst a page of its own asks who it is, with the permissions, and leads on to the consent page', async (t) => {
  const simulator = await start(t, { signInFirst: true });
  const address = authorizeUrl(simulator, SCOPE);
  const html = await (await get(address)).text();
  assert.match(html, /<h1>Sign in to X to continue to Single &amp; Page<\/h1>/);
  assert.ok(words(html) && !html.includes('Authorize app'));
  const response = await post(`${simulator.url}/i/flow/login`, { ticket: ticketOf(html), account: 'noor_example' });
  assert.equal(simulator.url + response.headers.get('location'), address, 'the same request again, byte for byte');
  const consent = await openConsent(simulator, SCOPE, cookieOf(response));
  assert.equal(checked(consent.html), 'noor_example');
  assert.match((await consent.press('approve', 'noor_example')).headers.get('location'), /&code=/);
  simulator.control.signInFirst(false);
  assert.ok(asks((await openConsent(simulator)).html));
  assert.throws(() => simulator.control.signInFirst('yes'), /true or false/);
});

test('K: a request that is not good is refused before anybody is asked to sign in', async (t) => {
  const simulator = await start(t, { signInFirst: true });
  assert.equal((await get(authorizeUrl(simulator, { client_id: 'nobody' }))).status, 400);
});

test('G9 K: force_login treats whoever is signed in as nobody, and chooses nobody beforehand but screen_name', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const approved = cookieOf(await (await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)).press('approve'));
  const open = async (query) => (await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token, { path: '/oauth/authenticate', cookie: approved, query })).html;
  const forced = await open({ force_login: 'true' });
  assert.ok(asks(forced) && /Things this App can view/.test(forced));
  assert.equal(checked(forced), undefined);
  assert.equal(forced.match(/ required>/g).length, 2, 'somebody has to be chosen');
  assert.equal(checked(await open({ force_login: 'true', screen_name: 'noor_example' })), 'noor_example');
});

test('G9 K: with signInFirst force_login asks once, and authenticate then goes straight back for whoever approved before', async (t) => {
  const simulator = await start(t, { apps: [APP1], signInFirst: true });
  const first = async (cookie, query = {}) => openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token, { path: '/oauth/authenticate', cookie, query });
  const signIn = async ({ ticket }, account) => post(`${simulator.url}/i/flow/login`, { ticket, account });
  const asked = await first('', { screen_name: 'noor_example' });
  assert.equal(checked(asked.html), 'noor_example');
  const cookie = cookieOf(await signIn(asked, 'ada_example'));
  await (await first(cookie)).press('approve');
  assert.equal((await first(cookie)).response.status, 302);
  const forced = await first(cookie, { force_login: 'true' });
  assert.match(forced.html, /<h1>Sign in to X to continue/);
  const on = await signIn(forced, 'ada_example');
  assert.doesNotMatch(on.headers.get('location'), /force_login/);
  assert.equal((await get(simulator.url + on.headers.get('location'), { Cookie: cookieOf(on) })).status, 302);
});

test('K: the consent page shows the App’s icon, website, terms and privacy policy', async (t) => {
  const app = { ...APP1, termsOfService: 'https://app.example/terms?a=1&b=2', privacyPolicy: 'https://app.example/privacy' };
  const simulator = await start(t, { apps: [app, { ...SPA, clientId: 'plain', termsOfService: undefined, privacyPolicy: undefined }] });
  for (const { html } of [await openConsent(simulator), await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)]) {
    const icon = /<div class="app"><img[^>]* src="([^"]+)"/.exec(html)[1];
    assert.match(await (await get(simulator.url + icon)).text(), /^<svg /);
    assert.match(html, /<p class="quiet">https:\/\/app\.example<\/p>/);
    assert.match(html, /<a href="https:\/\/app\.example\/terms\?a=1&amp;b=2"[^>]* rel="noreferrer">Terms of service</);
    assert.match(html, /<a href="https:\/\/app\.example\/privacy"[^>]*>Privacy policy</);
  }
  assert.doesNotMatch((await openConsent(simulator, { client_id: 'plain' })).html, /Terms of service|Privacy policy/);
  await assert.rejects(start(t, { apps: [{ ...SPA, privacyPolicy: 'javascript:alert(1)' }] }), /privacyPolicy is the address of a web page/);
});

test('K: a suspended App gets "Something went wrong" and nobody is sent back', async (t) => {
  const app = { ...APP1, oauth1: { ...APP1.oauth1 } };
  const simulator = await start(t, { apps: [app] });
  const { oauth_token } = (await requestToken(simulator)).body;
  // X suspends it meanwhile.
  simulator.control.changeApp(simulator.apps[0].clientId, { suspended: true });
  const refused = await get(authorizeUrl(simulator));
  assert.deepEqual([refused.status, refused.headers.get('location')], [400, null]);
  assert.match(await refused.text(), /<h1>Something went wrong<\/h1>[^]*suspended/);
  const whoa = (await openLevelConsent(simulator, oauth_token));
  assert.deepEqual([whoa.response.status, whoa.response.headers.get('location')], [403, null]);
  assert.match(whoa.html, /Whoa there!/);
});
