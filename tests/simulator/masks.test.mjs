/** What the terminal, the events and the log show of what came, and what they do not. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventLine } from '../../www/simulator/cli-text.js';
import { masked } from '../../www/simulator/mask.js';
import { authorizeUrl, exchange, get, obtainCode, post, signIn, start, VERIFIER } from './helpers.mjs';
import { APP1, requestToken, signed } from './oauth1.mjs';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const send = (url, body, headers = {}) => fetch(url, { method: 'POST', body, headers: { ...FORM, ...headers } });

/** A simulator, and all that it tells: in the terminal, as events, in its log. */
async function telling(t, options = {}) {
  let terminal = '';
  const simulator = await start(t, { onEvent: (event) => void (terminal += eventLine(event)), ...options });
  const log = async () => (await (await get(`${simulator.url}/log`)).text()).replaceAll('<wbr>', '');
  const places = async () => Object.entries({ terminal, events: JSON.stringify(simulator.control.events()), log: await log(), entries: await (await get(`${simulator.url}/log/entries`)).text() });
  return Object.assign(simulator, { log, places });
}

const nowhere = async (simulator, secrets) => {
  for (const [place, told] of await simulator.places()) for (const secret of secrets) assert.ok(!told.includes(secret), `${secret} in ${place}`);
};

test('B5 K: a secret is in clear neither in the terminal nor in events nor in the log, whatever its parameter is called', async (t) => {
  const simulator = await telling(t, { apps: [APP1] });
  const names = ['clientSecret', 'password', 'consumer_secret', 'authorization_code', 'api_key', 'bearer', 'assertion', 'Code', 'STATE', 'pin', 'code_challenge', 'x'];
  const secrets = names.map((name) => `Secret-of-${name}`);
  const fields = new URLSearchParams(names.map((name, index) => [name, secrets[index]]));
  for (const path of ['/2/oauth2/token', '/2/oauth2/revoke', '/oauth/request_token', '/oauth/access_token', '/2/nothing']) await send(simulator.apiUrl + path, `grant_type=authorization_code&client_id=spa-client&${fields}`);
  for (const path of ['/i/oauth2/authorize', '/oauth/authorize', '/2/users/me', '/2/nothing']) await get(`${simulator.url}${path}?${fields}`);
  await nowhere(simulator, secrets);
  const [asked] = simulator.control.events('token_request');
  assert.equal(asked.parameters.grant_type, 'authorization_code', 'what is harmless is shown');
  assert.equal(asked.parameters.client_id, 'spa-client');
});

test('B5 K: a secret in the place of a name, in an address, in a path, in another value or as a scheme is not told either', async (t) => {
  const simulator = await telling(t, { apps: [APP1] });
  const json = JSON.stringify({ grant_type: 'authorization_code', code: 'REAL-CODE', client_secret: 'REAL-SECRET' });
  await send(`${simulator.apiUrl}/2/oauth2/token`, json);
  await send(`${simulator.apiUrl}/2/oauth2/token`, `${encodeURIComponent(json)}=1&${encodeURIComponent(json)}=2`);
  await send(`${simulator.apiUrl}/2/oauth2/revoke`, `${encodeURIComponent(json)}=1&${encodeURIComponent(json)}=2`);
  await get(`${simulator.url}/i/oauth2/authorize?${encodeURIComponent(json)}=1&${encodeURIComponent(json)}=2`);
  await send(`${simulator.apiUrl}/oauth/request_token`, 'oauth_CODE"REAL-CODE=1&oauth_CODE"REAL-CODE=2');
  await send(`${simulator.apiUrl}/2/oauth2/token`, VERIFIER);
  const nested = encodeURIComponent(`http://a/?next=${encodeURIComponent('/b?redirect_uri=' + encodeURIComponent('/c?code=REAL-CODE'))}&c%6fde=REAL-CODE#access_token=REAL-SECRET`);
  await send(`${simulator.apiUrl}/2/oauth2/token`, `redirect_uri=${nested}&oauth_callback=http%3A%2F%2Fuser%3AREAL-SECRET%40a%2F`);
  await send(`${simulator.apiUrl}/2/oauth2/token`, `grant_type=${encodeURIComponent('authorization_code&client_secret=REAL-SECRET')}&client_id=${encodeURIComponent(json)}`);
  await get(`${simulator.apiUrl}/2/oauth2/revoke/${VERIFIER}`);
  await get(`${simulator.apiUrl}/2/users/me`, { Authorization: 'REAL-SECRET and more', Origin: 'http://a' });
  await get(`${simulator.apiUrl}/2/users/me`, { Authorization: 'REALSECRET more' });
  await signed(simulator, 'POST', '/oauth/request_token', { changes: { oauth_timestamp: 'REAL-CODE&x' } });
  simulator.control.autoApprove('ada_example');
  simulator.control.fault('redirect_to', { url: 'http://127.0.0.1:1/cb#code=REAL-CODE' });
  await get(authorizeUrl(simulator, { client_id: APP1.clientId, redirect_uri: APP1.redirectUris[0] }));
  const log = await simulator.log();
  for (const secret of ['REAL-CODE', 'REAL-SECRET', 'REALSECRET', VERIFIER]) assert.ok(!log.includes(secret), `${secret} in the log`);
  // What a test has set by a fault is an event's own fact.
  simulator.control.events('redirect').forEach(({ parameters }) => assert.equal(parameters.elsewhere, 'http://127.0.0.1:1/cb#code=REAL-CODE'));
  const others = JSON.stringify(simulator.control.events().filter(({ type }) => type !== 'redirect'));
  for (const secret of ['REAL-CODE', 'REAL-SECRET', VERIFIER]) assert.ok(!others.includes(secret), `${secret} in events`);
  assert.match(log, /class="path">\/2\/oauth2\/revoke\/\[43 characters, fingerprint [0-9a-f]{8}\]</);
});

test('B5 K: a fingerprint matches the same secret, and cannot be made without the key of this process', async (t) => {
  const simulator = await telling(t);
  const seen = async (value) => {
    await exchange(simulator, value);
    return simulator.control.events('token_request').at(-1).parameters.code;
  };
  const pin = await seen('1234567');
  assert.match(pin, /^\[7 characters, fingerprint [0-9a-f]{8}\]$/);
  assert.equal(await seen('1234567'), pin);
  assert.notEqual(await seen('1234568'), pin);
  assert.ok(!pin.includes(createHash('sha256').update('1234567').digest('hex').slice(0, 8)));
  const mask = new URL('../../www/simulator/mask.js', import.meta.url).href;
  const elsewhere = execFileSync(process.execPath, ['--input-type=module', '-e', `import { fingerprint } from ${JSON.stringify(mask)}; process.stdout.write(fingerprint('1234567'))`], { encoding: 'utf8' });
  assert.match(elsewhere, /^\[7 characters, fingerprint [0-9a-f]{8}\]$/);
  assert.notEqual(elsewhere, pin);
});

test('K: addresses within addresses without end are answered, and in the log', async (t) => {
  const simulator = await telling(t);
  const token = `${simulator.apiUrl}/2/oauth2/token`;
  for (const name of ['x', 'redirect_uri']) assert.equal((await send(token, `${name}=${'?a='.repeat(20_000)}`)).status, 400, name);
  assert.equal((await send(token, `redirect_uri=${encodeURIComponent('/?redirect_uri='.repeat(3000))}`)).status, 400);
  assert.equal((await get(`${simulator.url}/nothing?redirect_uri=${'?redirect_uri='.repeat(800)}`)).status, 404);
  const statuses = [...(await simulator.log()).matchAll(/<span class="tag[^"]*">([^<]*)</g)].map(([, status]) => status);
  assert.deepEqual(statuses, ['404 Not Found', ...Array(3).fill('400 Bad Request')]);
  assert.deepEqual(simulator.control.events('internal_error'), []);
});

test('K: an event keeps so much of what came, and no more', async (t) => {
  const simulator = await telling(t);
  const long = 'a'.repeat(5000);
  await get(authorizeUrl(simulator, { scope: long, redirect_uri: `http://a/${long}` }));
  await post(`${simulator.apiUrl}/2/oauth2/token`, Array.from({ length: 3000 }, (_, index) => [`p${index}`, 'x']));
  for (const event of simulator.control.events()) assert.ok(JSON.stringify(event).length < 3000, event.type);
});

test('K: what is kept of a request does not keep the request', () => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  const heap = () => (gc(), process.memoryUsage().heapUsed);
  const before = heap();
  const kept = Array.from({ length: 600 }, (_, index) => masked(new URLSearchParams(`grant_type=authorization_code&client_id=the-client-of-${index}&filler=${'a'.repeat(60_000)}`)));
  const grown = heap() - before;
  assert.equal(kept[599].client_id, 'the-client-of-599');
  assert.ok(grown < 6_000_000, `${grown} bytes, of 36 million that came`);
});

test('K: what a developer looks for stays readable: names, addresses, scopes, errors and who it is', async (t) => {
  const simulator = await telling(t, { apps: [APP1] });
  const { access_token } = await signIn(simulator, 'tweet.read users.read offline.access');
  await get(`${simulator.apiUrl}/2/users/me?user.fields=profile_image_url`, { Authorization: `Bearer ${access_token}` });
  await exchange(simulator, await obtainCode(simulator), { redirect_uri: 'https://app.example/cb?from=x' });
  await requestToken(simulator);
  await exchange(simulator, '');
  assert.equal(simulator.control.events('token_request').at(-1).parameters.code, '', 'that it is empty');
  const log = await simulator.log();
  for (const words of ['tweet.read users.read offline.access', 'http://127.0.0.1:3000/auth/x/callback', 'https://app.example/cb?from=[1 characters', 'spa-client', 'S256', 'authorization_code', 'profile_image_url', 'Ada Example', 'ada_example', 'Value passed for the redirect uri did not match', 'invalid_request']) {
    assert.ok(log.includes(words), words);
  }
});
