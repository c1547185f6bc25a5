/** The page that tells what came. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf, open, pathOf } from './console.mjs';
import { authorizeUrl, basic, exchange, get, logIn, obtainCode, openConsent, post, signIn, start, tokenRequest, VERIFIER, WEB } from './helpers.mjs';
import { APP1, signed, signInWith1 } from './oauth1.mjs';

const log = async ({ url }) => (await get(`${url}/log`)).text();
const since = async ({ url }, after = 0) => (await get(`${url}/log/entries?after=${after}`)).json();
/** Method, path and status of each entry. */
const lines = (html) => [...html.matchAll(/class="method">(\w+)<\/span> <span class="path">(.*?)<\/span><\/span> <span class="tag[^"]*">([^<]*)</g)].map(([, method, path, status]) => `${method} ${path.replaceAll('<wbr>', '')} ${status}`);
/** The rows of all tables: name, place, value, words. */
const rows = (html) => [...html.matchAll(/<tr><th scope="row"><code>([^<]*)<\/code> <span class="quiet">([^<]*)<\/span><\/th><td><code>(.*?)<\/code><\/td><td>(.*?)<\/td>/g)].map((row) => row.slice(1).map((cell) => cell.replaceAll('<wbr>', '')));

test('K: the log has every request with method, path and the answer’s status, the newest first', async (t) => {
  const simulator = await start(t);
  assert.match(await log(simulator), /<p id="none" class="empty">Nothing has come yet/);
  const { access_token } = await signIn(simulator);
  await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` });
  await exchange(simulator, 'wrong');
  await get(`${simulator.url}/_assets/page.css`);
  await get(`${simulator.apiUrl}/_control`);
  assert.deepEqual(lines(await log(simulator)), [
    'POST /2/oauth2/token 400 Bad Request',
    'GET /2/users/me 200 OK',
    'POST /2/oauth2/token 200 OK',
    'POST /i/oauth2/authorize 302 Found',
    'GET /i/oauth2/authorize 200 OK',
  ]);
  simulator.control.fault('cut');
  await assert.rejects(exchange(simulator, 'wrong'));
  assert.equal(lines(await log(simulator))[0], 'POST /2/oauth2/token connection cut');
});

test('K: the log explains each parameter of a sign-in by OAuth 2.0 and by OAuth 1.0a, with an RFC’s section or a page of X', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const tokens = await signIn(simulator, 'tweet.read users.read users.email offline.access');
  await get(`${simulator.apiUrl}/2/users/me?user.fields=confirmed_email,profile_image_url`, { Authorization: `Bearer ${tokens.access_token}` });
  await tokenRequest(simulator, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: 'spa-client' });
  await (await openConsent(simulator)).press('cancel');
  await exchange(simulator, 'wrong');
  const token = await signInWith1(simulator);
  await signed(simulator, 'GET', '/2/users/me', { token });
  await signed(simulator, 'GET', '/2/users/me', { token: { ...token, oauth_token: 'gone' } });
  await signed(simulator, 'POST', '/1.1/oauth/invalidate_token.json', { token });
  await signed(simulator, 'POST', '/1.1/oauth/invalidate_token.json', { token });
  const table = rows(await log(simulator));
  assert.ok(table.length > 100, String(table.length));
  for (const [name, , , words] of table) {
    assert.doesNotMatch(words, /do not name it|Further facts/, name);
    assert.ok(/class="source" href="https:\/\/(www\.rfc-editor\.org|docs\.x\.com|developer\.x\.com)\//.test(words) || words.startsWith('The simulator’s own'), `${name}: ${words}`);
  }
  const [, place, , words] = table.find(([name]) => name === 'code_challenge');
  assert.deepEqual([place, /RFC 7636 §4\.3/.test(words)], ['query', true]);
  assert.ok(table.some(([name, where]) => name === 'oauth_nonce' && where === 'in Authorization'));
  assert.match(await log(simulator), /The browser is sent to <code>http:\/\/127\.0\.0\.1:3000\/<wbr>auth\/<wbr>x\/<wbr>callback<\/code>/);
});

test('K: a parameter that X does not know is told apart', async (t) => {
  const simulator = await start(t);
  await get(authorizeUrl(simulator, { prompt: 'login' }));
  assert.match(rows(await log(simulator)).find(([name]) => name === 'prompt')[3], /do not name it/);
});

test('B5 K: the log has no secret in it, wherever it came', async (t) => {
  const simulator = await start(t, { apps: [APP1, WEB] });
  const { html: consent, ticket, press } = await openConsent(simulator, { redirect_uri: 'https://app.example/cb?from=x', scope: 'tweet.read users.read offline.access' });
  assert.match(consent, /<form/);
  const code = new URL((await press('approve')).headers.get('location')).searchParams.get('code');
  const tokens = (await exchange(simulator, code, { redirect_uri: 'https://app.example/cb?from=x' })).body;
  await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${tokens.access_token}` });
  await get(`${simulator.apiUrl}/2/users/me`, { Authorization: 'no-scheme-secret' });
  await exchange(simulator, await obtainCode(simulator), { client_id: null, client_secret: 'in-the-body', consumer_secret: 'likewise' }, basic(WEB.clientId, WEB.clientSecret));
  await get(`${simulator.url}/i/flow/login?redirect_after_login=${encodeURIComponent('/i/oauth2/authorize?state=nested-state&code=nested-code')}`);
  const token = await signInWith1(simulator);
  const cookie = await logIn(simulator);
  const told = (await log(simulator)) + JSON.stringify(await since(simulator));
  const secrets = [code, VERIFIER, 'a-state-of-the-test', tokens.access_token, tokens.refresh_token, 'no-scheme-secret', 'in-the-body', 'likewise', 'nested-state', 'nested-code',
    token.oauth_token, token.oauth_token_secret, ticket, cookie.split('=')[1], basic(WEB.clientId, WEB.clientSecret).Authorization.slice(6)];
  for (const secret of secrets) assert.ok(secret.length > 5 && !told.includes(secret), secret);
  assert.match(told, /Bearer \[\d+ characters, fingerprint [0-9a-f]{8}\]/);
  const masked = rows(await log(simulator)).filter(([name, , value]) => name === 'code' && /^\[/.test(value)).map(([, , value]) => value);
  assert.ok(new Set(masked).size < masked.length, 'but two mentions of one secret can be matched');
});

test('B5 K: the log leaves out the developer console, and has no secret that it made or was sent', async (t) => {
  const simulator = await start(t, { apps: [APP1, WEB] });
  const path = `${pathOf(simulator, WEB.clientId)}/keys`;
  const made = {};
  for (const press of ['client', 'consumer', 'bearer', 'access']) Object.assign(made, keysOf(await (await open(simulator, path)).send(path, {}, { press })));
  delete made['Client ID'];
  const secrets = Object.entries(made).filter(([label]) => label !== 'API Key').map(([, value]) => value);
  assert.equal(secrets.length, 5, Object.keys(made).join());
  await (await open(simulator, path)).send(path, { clientSecret: 'typed-in-the-console' }, { press: 'client' });
  // Where they belong, and where a beginner puts them.
  await exchange(simulator, await obtainCode(simulator, { client_id: WEB.clientId }), { client_id: WEB.clientId }, basic(WEB.clientId, made['Client Secret']));
  await exchange(simulator, 'wrong', { clientSecret: made['Client Secret'], api_key_secret: made['API Key Secret'], bearer_token: made['Bearer Token'] });
  await get(`${simulator.apiUrl}/2/users/me?access_token=${made['Access Token']}&access_token_secret=${made['Access Token Secret']}`, { Authorization: `Bearer ${made['Bearer Token']}` });
  await post(`${simulator.url}/developers`, { clientSecret: 'posted-elsewhere' });
  const told = (await log(simulator)) + JSON.stringify(await since(simulator));
  for (const secret of [...secrets, 'typed-in-the-console', 'posted-elsewhere', basic(WEB.clientId, made['Client Secret']).Authorization.slice(6)]) assert.ok(!told.includes(secret), secret);
  assert.ok(told.includes('/developers') || told.includes('/<wbr>developers'), 'only the console is left out');
  assert.doesNotMatch(told, /\/(<wbr>)?developer\//);
});

test('B6 K: what comes is text in the log and never markup, and only so much of it', async (t) => {
  const simulator = await start(t);
  await get(`${simulator.url}/i/oauth2/authorize?%3Cscript%3E=%3Cimg%20src=x%3E&error_description=%3Cimg%20src=x%3E&title=${'a'.repeat(2000)}`);
  await get(`${simulator.url}/%3Cb%3E"'>`.replaceAll('%3C', '<').replaceAll('%3E', '>'));
  await get(`${simulator.url}/i/oauth2/authorize?${Array.from({ length: 300 }, (_, index) => `p${index}=1`).join('&')}`);
  const html = await log(simulator);
  assert.doesNotMatch(html, /<img src=x|<script>|<b>/);
  assert.ok(!html.includes('a'.repeat(500)));
  assert.ok(rows(html).length < 70);
  for (let number = 0; number < 210; number += 1) await get(`${simulator.url}/nothing`);
  assert.equal(lines(await log(simulator)).length, 200);
});

test('K: the log’s page asks for what is new, and hears of an answer that came later', async (t) => {
  const simulator = await start(t);
  const before = Number(/data-change="(\d+)"/.exec(await log(simulator))[1]);
  assert.deepEqual(await since(simulator, before), { change: before, entries: [], empty: true });
  simulator.control.fault('delay_ms', { ms: 60_000, stage: 'page' });
  const slow = new AbortController();
  const waiting = fetch(authorizeUrl(simulator), { signal: slow.signal }).catch(() => {});
  let arrived;
  do arrived = await since(simulator, before); while (arrived.entries.length === 0);
  assert.match(arrived.entries[0].html, /<span class="tag">under way</);
  await get(authorizeUrl(simulator));
  const next = await since(simulator, arrived.change);
  assert.deepEqual([next.entries.length, next.entries[0].id > arrived.entries[0].id], [1, true]);
  assert.equal(next.change - arrived.change, 2, 'it came, and it was answered');
  assert.match((await since(simulator, next.change - 1)).entries[0].html, /200 OK/);
  slow.abort();
  await waiting;
  simulator.control.reset();
  const after = await since(simulator, next.change);
  assert.deepEqual([after.entries, after.empty, after.change > next.change], [[], true, true]);
});

test('K: a request at which the simulator fails does not stay under way', async (t) => {
  let asked = 0;
  let missing = 0;
  const clock = () => {
    asked += 1;
    if (asked === missing) throw new Error('no time');
    return Date.UTC(2026, 10, 22);
  };
  const simulator = await start(t, { clock });
  const { press } = await openConsent(simulator);
  // The first is for the log itself.
  missing = asked + 2;
  assert.equal((await press('approve')).status, 500);
  assert.equal(lines(await log(simulator))[0], 'POST /i/oauth2/authorize 500 Internal Server Error');
  assert.deepEqual(simulator.control.events('internal_error').map(({ parameters }) => parameters), [{ message: 'no time' }]);
});

test('K: the log’s page has one script, the simulator’s', async (t) => {
  const simulator = await start(t);
  const { headers } = await get(`${simulator.url}/log`);
  assert.match(headers.get('content-security-policy'), /default-src 'none'.*script-src 'self'; connect-src 'self'/);
  assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN');
  const html = await log(simulator);
  assert.deepEqual(html.match(/<script[^>]*>/g), ['<script src="/_assets/log.js" defer>']);
  assert.equal((await get(`${simulator.url}/_assets/log.js`)).headers.get('content-type'), 'text/javascript; charset=utf-8');
});
