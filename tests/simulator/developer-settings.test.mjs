import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, basic, CALLBACK, exchange, get, obtainCode, openConsent, signIn, SPA, start, tokenRequest, WEB } from './helpers.mjs';
import { keysOf, open, page, pathOf } from './console.mjs';
import { APP1, codeOf, openLevelConsent, requestToken, signed, signInWith1 } from './oauth1.mjs';

const SET = { ...APP1, website: 'https://app.example', termsOfService: 'https://app.example/terms', privacyPolicy: 'https://app.example/privacy', description: 'Signs people in.' };

/** Sends the form of an App's User authentication settings, with these changes to what it shows. */
async function authenticate(simulator, changes, options) {
  const path = `${pathOf(simulator, SET.clientId)}/authentication`;
  return (await open(simulator, path)).send(path, changes, options);
}

test('A8 K: a callback that is taken away is refused from the next request on, also of a page that is open and a code that is out', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const { press } = await openConsent(simulator);
  const code = await obtainCode(simulator);
  const token = (await requestToken(simulator)).body.oauth_token;
  const others = SET.redirectUris.filter((uri) => uri !== CALLBACK);
  assert.match((await authenticate(simulator, { callback: others })).text, /Saved/);
  assert.deepEqual(simulator.apps[0].redirectUris, others);
  assert.equal((await get(authorizeUrl(simulator))).status, 400);
  assert.match(await (await press('approve')).text(), /not among this App’s callbacks/);
  assert.deepEqual((await exchange(simulator, code)).body, { error: 'invalid_request', error_description: 'Value passed for the redirect uri did not match the uri of the authorization code.' });
  assert.deepEqual(codeOf(await requestToken(simulator)), [403, 415]);
  assert.equal((await openLevelConsent(simulator, token)).response.status, 403);
  assert.equal((await get(authorizeUrl(simulator, { redirect_uri: others[0] }))).status, 200, 'those that stayed are good');
});

test('G9 K: OAuth 1.0a that is switched off refuses request_token in X’s words; tokens that people gave live on', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const person = await signInWith1(simulator);
  const open1 = (await requestToken(simulator)).body.oauth_token;
  await authenticate(simulator, { oauth1: null });
  const refused = await requestToken(simulator);
  assert.equal(refused.status, 403);
  assert.equal(refused.text, '{"errors":[{"code":415,"message":"Callback URL not approved for this client application. Approved callback URLs can be adjusted in your application settings."}]}');
  assert.deepEqual(codeOf(await requestToken(simulator, { oauth_callback: 'oob' })), [403, 415]);
  assert.match((await openLevelConsent(simulator, open1)).html, /switched off/);
  assert.equal((await signed(simulator, 'GET', '/1.1/account/verify_credentials.json', { token: person })).status, 200);
  await authenticate(simulator, { oauth1: 'on' });
  assert.equal((await requestToken(simulator)).status, 200);
});

test('K: OAuth 2.0 that is switched off begins no sign-in and gives no token', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const code = await obtainCode(simulator);
  const { access_token, refresh_token } = await signIn(simulator, 'tweet.read users.read offline.access');
  await authenticate(simulator, { oauth2: null });
  assert.match(await (await get(authorizeUrl(simulator))).text(), /OAuth 2\.0 is off/);
  assert.equal((await exchange(simulator, code)).status, 401);
  assert.equal((await tokenRequest(simulator, { grant_type: 'refresh_token', refresh_token, client_id: SET.clientId })).status, 401);
  assert.equal((await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` })).status, 200);
  assert.match((await authenticate(simulator, { oauth1: null })).errorAt('oauth2'), /Turn on OAuth 2\.0, OAuth 1\.0a, or both/);
});

test('G6 K: a confidential App gets no token with a good secret while it is suspended, or its OAuth 2.0 is off', async (t) => {
  const simulator = await start(t);
  const ask = async () => exchange(simulator, await obtainCode(simulator, { client_id: WEB.clientId }), { client_id: null }, basic(WEB.clientId, WEB.clientSecret));
  assert.equal((await ask()).status, 200);
  const code = await obtainCode(simulator, { client_id: WEB.clientId });
  for (const [off, on] of [[{ suspended: true }, { suspended: false }], [{ oauth2: { enabled: false } }, { oauth2: { enabled: true } }]]) {
    simulator.control.changeApp(WEB.clientId, off);
    const refused = await exchange(simulator, code, { client_id: null }, basic(WEB.clientId, WEB.clientSecret));
    assert.deepEqual([refused.status, refused.body.error], [401, 'unauthorized_client']);
    simulator.control.changeApp(WEB.clientId, on);
  }
  assert.equal((await exchange(simulator, code, { client_id: null }, basic(WEB.clientId, WEB.clientSecret))).status, 200);
});

test('G9 K: another permission level is for those who sign in from now on, and they are asked again', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const before = await signInWith1(simulator);
  await authenticate(simulator, { access: 'read-write-directmessages' });
  const levelOf = async (token) => (await signed(simulator, 'GET', '/2/users/me', { token })).headers.get('x-access-level');
  assert.equal(await levelOf(before), 'read');
  assert.match((await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)).html, /Your Direct Messages/);
  assert.equal(await levelOf(await signInWith1(simulator)), 'read-write-directmessages');
});

test('G7 K: asking for email needs Terms of service and a Privacy policy; without the setting no address is given', async (t) => {
  const simulator = await start(t, { apps: [{ ...SET, requestEmail: false, termsOfService: undefined, privacyPolicy: undefined }] });
  const wish = { requestEmail: 'on', organizationName: 'Typed' };
  const neither = await authenticate(simulator, wish);
  assert.match(neither.errorAt('requestEmail'), /needs Terms of service and a Privacy policy\. Add them below/);
  assert.deepEqual(neither.valueOf('organizationName'), ['Typed'], 'nothing typed is lost');
  const half = await authenticate(simulator, { ...wish, termsOfService: 'https://app.example/terms' });
  assert.match(half.errorAt('requestEmail'), /needs a Privacy policy\. Add it below/);
  assert.equal(simulator.apps[0].requestEmail, false);
  await authenticate(simulator, { ...wish, termsOfService: 'https://app.example/terms', privacyPolicy: 'https://app.example/privacy' });
  const me = async () => {
    const { access_token } = await signIn(simulator, 'tweet.read users.read users.email');
    return (await (await get(`${simulator.apiUrl}/2/users/me?user.fields=confirmed_email`, { Authorization: `Bearer ${access_token}` })).json()).data.confirmed_email;
  };
  assert.equal(await me(), 'ada@example.com');
  await authenticate(simulator, { requestEmail: null });
  assert.equal(await me(), undefined);
});

test('K: an App that becomes confidential is given a secret, shown once; one that becomes public has none', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const code = await obtainCode(simulator);
  const { 'Client Secret': secret } = keysOf(await authenticate(simulator, { type: 'web' }));
  assert.match(secret, /^\w{50}$/);
  assert.deepEqual([simulator.apps[0].type, simulator.apps[0].clientSecret], ['web', secret]);
  const refused = await exchange(simulator, code);
  assert.deepEqual([refused.status, refused.body.error_description], [401, 'Missing valid authorization header']);
  const basic = { Authorization: `Basic ${Buffer.from(`${SET.clientId}:${secret}`).toString('base64')}` };
  assert.equal((await exchange(simulator, await obtainCode(simulator), {}, basic)).status, 200);
  assert.equal((await authenticate(simulator, { type: 'bot' })).status, 303, 'it keeps its secret');
  assert.equal(simulator.apps[0].clientSecret, secret);
  await authenticate(simulator, { type: 'native' });
  assert.equal(simulator.apps[0].clientSecret, undefined);
  assert.equal((await exchange(simulator, await obtainCode(simulator), {}, basic)).status, 401);
});

test('A8 K: callbacks are judged by X’s rules, each by its field, and stay as they were typed', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const callbacks = ['/relative', 'javascript:alert(1)', 'https://a.example/#part', 'my-app://callback', 'https://a.example/b c', CALLBACK, CALLBACK, ''];
  const again = await authenticate(simulator, { callback: callbacks, website: 'no address', organizationUrl: 'ftp://a.example', termsOfService: 'http://localhost/terms' });
  assert.equal(again.status, 400);
  for (const [name, words] of [
    ['callback-1', /"\/relative" is not an absolute URL\. .*\.$/],
    ['callback-2', /X refuses callbacks that start with javascript:/],
    ['callback-3', /no fragment/],
    ['callback-4', /a domain and a path in a custom protocol/],
    ['callback-5', /Percent-encode/],
    ['callback-6', /^$/],
    ['callback-7', /in the list already/],
    ['website', /This is no whole address/],
    ['organizationUrl', /begins with https/],
    ['termsOfService', /X takes no localhost here/],
  ]) assert.match(again.errorAt(name), words, name);
  assert.deepEqual(again.valueOf('callback'), callbacks);
  assert.equal(again.html.match(/ autofocus/g).length, 1);
  assert.match(again.html, /href="#callback-1">Callback 1<\/a>/, 'and the list at the top leads to each');

  const eleven = Array.from({ length: 11 }, (_, index) => `https://a.example/${index}`);
  assert.match((await authenticate(simulator, { callback: eleven })).text, /X takes at most 10 callbacks, and these are 11/);
  assert.match((await authenticate(simulator, { callback: ['', ' '] })).text, /Add at least one callback/);
  assert.deepEqual(simulator.apps[0].redirectUris, SET.redirectUris, 'nothing was saved');
  assert.equal((await authenticate(simulator, { callback: [' https://a.example/ok '] })).status, 303);
  assert.deepEqual(simulator.apps[0].redirectUris, ['https://a.example/ok'], 'without the spaces around it');
});

test('A8 K: a callback whose http:// was forgotten is given back whole', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  for (const [typed, whole] of [
    ['localhost:3000/cb', 'http://127.0.0.1:3000/cb'],
    ['127.0.0.1:3000/cb', 'http://127.0.0.1:3000/cb'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['LOCALHOST/cb', 'http://127.0.0.1/cb'],
    ['app.example/cb', 'https://app.example/cb'],
    ['app.example:8443/cb?a=b', 'https://app.example:8443/cb?a=b'],
    ['//app.example/cb', 'https://app.example/cb'],
  ]) assert.equal((await authenticate(simulator, { callback: [typed] })).errorAt('callback-1'), `Write the callback whole: ${whole}.`);
  await assert.rejects(start(t, { apps: [{ ...SET, redirectUris: ['localhost:3000/cb'] }] }), /write the callback whole: http:\/\/127\.0\.0\.1:3000\/cb/);
  assert.equal((await authenticate(simulator, { callback: ['com.example.app://callback/path'] })).status, 303, 'which is none of them');
});

test('A8 K: a callback that X takes and nobody can mean is saved, with a hint beside it', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const callbacks = ['https://a.example/*', 'http://localhost:3000/cb', 'http://a.example/cb', 'https://a.example/cb', 'http://127.0.0.1:3000/cb', 'my-app://callback/path'];
  const saved = await authenticate(simulator, { callback: callbacks });
  assert.deepEqual([saved.status, simulator.apps[0].redirectUris], [303, callbacks]);
  const hints = callbacks.map((_, index) => new RegExp(`id="callback-${index + 1}-help">([^<]*)<`).exec(saved.html)?.[1]);
  assert.match(hints[0], /The star stands for itself/);
  assert.match(hints[1], /127\.0\.0\.1 instead of localhost/);
  assert.match(hints[2], /Without https/);
  assert.deepEqual(hints.slice(3), [undefined, undefined, undefined]);
  assert.match(saved.html, /id="callback-1"[^>]* aria-describedby="callback-1-help"/);
});

test('K: "Add another" adds a field for a callback, up to ten, and keeps what was typed', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  let now = await authenticate(simulator, { website: 'half-typ', callback: ['https://a.example/1'] }, { press: 'another' });
  assert.equal(now.status, 200);
  assert.deepEqual([now.valueOf('callback'), now.valueOf('website')], [['https://a.example/1', ''], ['half-typ']]);
  const path = `${pathOf(simulator, SET.clientId)}/authentication`;
  for (let count = 3; count <= 10; count += 1) now = await now.send(path, {}, { press: 'another' });
  assert.equal(now.valueOf('callback').length, 10);
  assert.doesNotMatch(now.html, /Add another/);
});

test('K: what an App lacks from the start may stay so; what is set up in the console has to be whole', async (t) => {
  const simulator = await start(t);
  const path = `${pathOf(simulator, WEB.clientId)}/authentication`;
  const form = await open(simulator, path);
  assert.deepEqual([form.valueOf('website'), form.valueOf('requestEmail')], [[''], []]);
  assert.equal((await form.send(path, { signIn: null })).status, 303, 'no website: so it was');
  const fresh = await (await open(simulator, '/developer/apps/new')).send('/developer/apps/new', { name: 'New', description: 'A new App, to see.' });
  assert.match(fresh.text, /Created/);
  const freshPath = `${pathOf(simulator, simulator.apps.at(-1).clientId)}/authentication`;
  assert.match((await (await open(simulator, freshPath)).send(freshPath, { callback: [CALLBACK] })).errorAt('website'), /X asks for a website/);
});

test('K: details are changed, and the consent page shows them: name, description, organization, terms, policy, picture', async (t) => {
  const simulator = await start(t, { apps: [{ ...SET, organizationName: 'Example & Co', organizationUrl: 'https://co.example' }] });
  const path = pathOf(simulator, SET.clientId);
  assert.match((await (await open(simulator, path)).send(path, { name: 'Renamed <b>', description: 'What it now says.' })).text, /Saved/);
  const { html } = await openConsent(simulator);
  assert.match(html, /Renamed &lt;b&gt; wants to access/);
  assert.match(html, /What it now says\./);
  assert.match(html, /<a href="https:\/\/co\.example" target="_blank" rel="noreferrer">Example &amp; Co<\/a>/);
  assert.match(html, /<a href="https:\/\/app\.example\/terms"[^>]*>Terms of service</);
  assert.match(html, /<a href="https:\/\/app\.example\/privacy"[^>]*>Privacy policy</);
  assert.match(html, /<img class="app-icon" src="\/app_icons\/\d+" alt=""/);
  assert.match((await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)).html, /Privacy policy/);
});

test('K: a picture is a PNG, JPEG or GIF by its bytes, up to 700 KB, and is shown from then on', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const path = pathOf(simulator, SET.clientId);
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const upload = async (bytes, type, button = 'upload') => {
    const ticket = /action="[^"]*\/icon"[^>]*><input type="hidden" name="ticket" value="([^"]+)"/.exec((await open(simulator, path)).html)[1];
    const body = new FormData();
    body.set('ticket', ticket);
    body.set('do', button);
    if (bytes) body.set('icon', new Blob([bytes], { type }), 'icon');
    const sent = await fetch(`${simulator.url}${path}/icon`, { method: 'POST', body, redirect: 'manual' });
    return sent.status === 303 ? sent : page(simulator, sent);
  };
  assert.match((await upload(Buffer.from('<svg onload="alert(1)"/>'), 'image/png')).errorAt('icon'), /no PNG, JPEG or GIF/);
  assert.match((await upload(Buffer.concat([png, Buffer.alloc(701 * 1024)]), 'image/png')).errorAt('icon'), /has 702 KB, and X takes at most 700 KB/);
  assert.match((await upload(undefined)).errorAt('icon'), /Choose a picture first/);
  assert.equal((await upload(png, 'text/html')).status, 303);
  const [, address] = /class="app-icon" src="([^"]+)"/.exec((await openConsent(simulator)).html);
  const picture = await get(simulator.url + address);
  assert.deepEqual([picture.headers.get('content-type'), Buffer.from(await picture.arrayBuffer())], ['image/png', png]);
  assert.equal((await upload(undefined, '', 'remove')).status, 303);
  assert.equal(simulator.apps[0].icon, undefined);
  assert.match((await get(simulator.url + address)).headers.get('content-type'), /svg/, 'one is drawn instead');
});

test('K: a suspended App is tagged; sign-ins, secrets and tokens are refused until it is lifted, and work again then', async (t) => {
  const simulator = await start(t, { apps: [SET] });
  const path = pathOf(simulator, SET.clientId);
  const { access_token } = await signIn(simulator);
  const person = await signInWith1(simulator);
  const code = await obtainCode(simulator);
  const me = async () => (await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` })).status;
  const suspended = await (await open(simulator, path)).send(`${path}/standing`, {}, { press: 'suspend' });
  assert.match(suspended.text, /App ID \d+ Suspended/);
  assert.match(suspended.html, /<p class="notice bad" role="status">The App is suspended\.<\/p>/, 'which is no success');
  assert.match(suspended.html, /<h2>Suspension<\/h2>/);
  assert.match((await open(simulator, '/developer')).html, /<span class="tag bad">Suspended<\/span>/);
  assert.match(await (await get(authorizeUrl(simulator))).text(), /This App is suspended/);
  assert.equal((await exchange(simulator, code)).status, 401);
  assert.equal(await me(), 401);
  assert.deepEqual(codeOf(await requestToken(simulator)), [401, 416]);
  assert.deepEqual(codeOf(await signed(simulator, 'GET', '/1.1/account/verify_credentials.json', { token: person })), [401, 416]);
  await (await open(simulator, path)).send(`${path}/standing`, {}, { press: 'lift' });
  assert.equal((await exchange(simulator, code)).status, 200);
  assert.equal(await me(), 200);
});
