/** What the log says of each request in a sentence, and the ways to look at less of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, basic, exchange, get, logIn, obtainCode, openConsent, post, signIn, SPA, start, ticketOf, tokenRequest, WEB } from './helpers.mjs';
import { APP1, openLevelConsent, requestToken, signed, signInWith1 } from './oauth1.mjs';

const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim().replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#39;', "'");
/** Of each entry its App and outcome, the newest first. */
async function outcomes({ url }, query = '') {
  const html = await (await get(`${url}/log${query}`)).text();
  return [...html.matchAll(/<span class="outcome">(.*?)<\/span><\/summary>/gs)].map(([, inner]) => plain(inner));
}
const last = async (simulator) => (await outcomes(simulator))[0];

test('K: the log says in each row of a refused sign-in why it was refused, in the words of the error page', async (t) => {
  const simulator = await start(t);
  for (const [changes, words] of [
    [{ redirect_uri: 'http://127.0.0.1:3000/elsewhere' }, /^Single & Page The "redirect_uri" is not among this App’s callbacks, which are compared byte for byte/],
    [{ client_id: 'nobody' }, /^No App of this simulator has this "client_id"/],
    [{ scope: null, state: null }, /^Single & Page "scope" and "state" are missing or empty/],
    [{ scope: 'user.read' }, /^Single & Page X has no scope .*Did you mean users\.read\?$/],
    [{ code_challenge_method: 'plain' }, /^Single & Page Send code_challenge_method=S256/],
    [{ state: 's'.repeat(501) }, /^Single & Page Sent back with error=invalid_request\.$/],
  ]) {
    await get(authorizeUrl(simulator, changes));
    assert.match(await last(simulator), words);
  }
  const { press } = await openConsent(simulator);
  simulator.control.changeApp(SPA.clientId, { suspended: true });
  await press('approve');
  assert.match(await last(simulator), /^Single & Page This App is suspended/);
});

test('K: the log says why a code, a refresh token or an App’s own name was refused, which X does not', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  const { refresh_token } = (await signIn(simulator, 'tweet.read users.read offline.access'));
  const say = async (ask, words) => {
    await ask;
    assert.match(await last(simulator), words);
  };
  await say(exchange(simulator, 'wrong'), /No such code was given out/);
  await exchange(simulator, code);
  await say(exchange(simulator, code), /Single & Page The code was exchanged before/);
  const late = await obtainCode(simulator);
  simulator.clock.ms += 31_000;
  await say(exchange(simulator, late), /The code has run out: it lives for thirty seconds/);
  await say(exchange(simulator, await obtainCode(simulator), { redirect_uri: 'http://127.0.0.1:3000/' }), /The redirect_uri is another than that of the authorize request/);
  await say(exchange(simulator, await obtainCode(simulator), { code_verifier: 'v'.repeat(43) }), /code verifier did not match/);
  const renew = () => tokenRequest(simulator, { grant_type: 'refresh_token', refresh_token, client_id: SPA.clientId });
  await say(renew(), /An access token and a refresh token were given/);
  await say(renew(), /The refresh token was used or revoked before/);
  await say(exchange(simulator, 'c', { client_id: null }, basic(WEB.clientId, 'wrong')), /^Web The client secret is not this App’s/);
  await say(exchange(simulator, 'c', { client_id: WEB.clientId }), /^Web This App is a confidential client: it has to send/);
  await say(exchange(simulator, 'c', {}, basic(SPA.clientId, 'any')), /^Single & Page This App is a public client/);
  await say(exchange(simulator, 'c', {}, { Authorization: 'Bearer x' }), /Authorization is no Basic/);
  await say(exchange(simulator, 'c', {}, basic('nobody', 'any')), /No App of this simulator has the client id/);
  await say(get(`${simulator.apiUrl}/2/users/me`), /No good token came/);
  const { access_token } = await signIn(simulator, 'users.read');
  await say(get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` }), /^Single & Page The token lacks a scope: users\/me needs tweet\.read and users\.read/);
  await say(post(`${simulator.apiUrl}/2/oauth2/revoke`, { token: 'x', client_id: 'nobody' }), /No App of this simulator has this client_id/);
});

test('G9 K: the log says why a request of OAuth 1.0a was refused, and not only its number', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const say = async (ask, words) => {
    await ask;
    assert.match(await last(simulator), words);
  };
  await say(requestToken(simulator, {}, { app: { ...APP1.oauth1, consumerSecret: 'wrong' } }), new RegExp(`^${APP1.name.replace('&', '&')} The signature does not verify\\.$`));
  await say(requestToken(simulator, { oauth_callback: 'http://127.0.0.1:3000/elsewhere' }), /oauth_callback is not among this App’s callbacks/i);
  await say(openLevelConsent(simulator, 'gone'), /The “oauth_token” is none that \/oauth\/request_token gave out/);
  const token = await signInWith1(simulator);
  await say(signed(simulator, 'GET', '/2/users/me', { token: { ...token, oauth_token_secret: 'wrong' } }), /The signature does not verify/);
});

test('B5 K: what the log says of a refusal repeats nothing of what came', async (t) => {
  const simulator = await start(t, { apps: [APP1, WEB] });
  const secret = 'S3cretOfSomebodyWhoPastedIt';
  for (const name of ['redirect_uri', 'client_id', 'scope', 'response_type', 'code_challenge', 'code_challenge_method']) await get(authorizeUrl(simulator, { [name]: secret }));
  const { press } = await openConsent(simulator);
  await press('approve', secret);
  await exchange(simulator, secret, {}, { Authorization: secret });
  await exchange(simulator, secret, { grant_type: secret });
  await requestToken(simulator, { oauth_callback: secret });
  await requestToken(simulator, { x_auth_access_type: secret });
  const told = await outcomes(simulator);
  assert.ok(told.length > 10);
  for (const words of told) assert.ok(!words.includes(secret), words);
});

test('K: each row of the log names the App and says what came of it; a fault is named as one', async (t) => {
  const simulator = await start(t, { apps: [APP1, WEB] });
  const { access_token } = await signIn(simulator);
  await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` });
  await (await openConsent(simulator)).press('cancel');
  assert.deepEqual((await outcomes(simulator)).map((words) => words.replace(APP1.name, 'App')), [
    'App Cancelled: sent back without.',
    'App The person is asked.',
    'App It is @ada_example.',
    'App An access token was given.',
    'App Approved: sent back with a code.',
    'App The person is asked.',
  ]);
  await signInWith1(simulator);
  assert.ok((await outcomes(simulator)).slice(0, 4).every((words) => words.startsWith(APP1.name)), (await outcomes(simulator)).slice(0, 4).join('\n'));
  simulator.control.fault('html_error', { stage: 'page' });
  await get(authorizeUrl(simulator));
  assert.match(await last(simulator), /A fault that was set is at work\.$/);
});

test('K: the log can be looked at without a person’s own visits, and by what was refused alone', async (t) => {
  const simulator = await start(t);
  await logIn(simulator);
  await get(`${simulator.url}/`);
  await signIn(simulator);
  await get(authorizeUrl(simulator, { client_id: 'nobody' }));
  await (await openConsent(simulator)).press('cancel');
  assert.equal((await outcomes(simulator)).length, 9);
  assert.equal((await outcomes(simulator, '?only=apps')).length, 6);
  const refused = await outcomes(simulator, '?only=refused');
  assert.deepEqual([refused.length, /No App of this simulator/.test(refused[0])], [1, true], 'a cancel is the person’s decision');
  const page = await (await get(`${simulator.url}/log?only=refused`)).text();
  assert.match(page, /<a href="\/log\?only=refused" aria-current="page">Refused<\/a>/);
  const { entries } = await (await get(`${simulator.url}/log/entries?after=0&only=refused`)).json();
  assert.equal(entries.length, 1, 'and its script is told no more');
  assert.equal((await outcomes(simulator, '?only=__proto__')).length, 9);
});

test('K: the log is emptied by a form of its page alone, and nothing else is forgotten', async (t) => {
  const simulator = await start(t);
  await signIn(simulator);
  const before = await (await get(`${simulator.url}/log?only=refused`)).text();
  const ticket = ticketOf(before);
  for (const [fields, headers] of [[{ ticket: 'guessed' }], [{}], [{ ticket }, { 'Sec-Fetch-Site': 'cross-site' }]]) assert.equal((await post(`${simulator.url}/log`, fields, headers)).status, 403);
  assert.equal((await outcomes(simulator)).length, 3);
  const emptied = await post(`${simulator.url}/log?only=refused`, { ticket });
  assert.deepEqual([emptied.status, emptied.headers.get('location')], [303, '/log?only=refused']);
  assert.deepEqual(await outcomes(simulator), []);
  assert.equal(simulator.control.counts().tokensIssued, 1);
});

test('K: the log needs no "Reload" where its script runs', async (t) => {
  const simulator = await start(t);
  const html = await (await get(`${simulator.url}/log`)).text();
  assert.match(html, /<noscript>[^]*Reload[^]*<\/noscript>/);
  assert.doesNotMatch(html.replace(/<noscript>[^]*<\/noscript>/, ''), /Reload/);
});
