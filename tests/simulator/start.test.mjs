import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSimulator } from '../../www/simulator/index.js';
import { BOT, exchange, get, obtainCode, post, SPA, start } from './helpers.mjs';

test('startSimulator gives a browser-facing address and one for back ends, on the same free port', async (t) => {
  const { url, apiUrl } = await start(t);
  assert.match(url, /^http:\/\/localhost:\d+$/);
  assert.equal(apiUrl, url.replace('localhost', '127.0.0.1'));
  assert.equal((await get(url)).status, 200);
  assert.equal((await get(apiUrl)).status, 200);
});

test('without options there are one public App and two accounts', async (t) => {
  const simulator = await start(t, { apps: undefined });
  assert.equal(simulator.apps.length, 1);
  assert.equal(simulator.apps[0].type, 'spa');
  assert.match(Buffer.from(simulator.apps[0].clientId, 'base64url').toString(), /^.{20}:1:ci$/, 'a client id in X’s shape');
  assert.equal(simulator.accounts.length, 2);
});

test('close ends idle connections, open pages and delayed answers at once', { timeout: 5000 }, async () => {
  const simulator = await startSimulator({ apps: [SPA] });
  await (await get(simulator.url)).text(); // fetch keeps this connection for reuse
  simulator.control.fault('delay_ms', { ms: 8000 });
  const delayed = fetch(`${simulator.apiUrl}/2/oauth2/token`, { method: 'POST' }).then(() => 'answered', () => 'cut');
  while (simulator.control.events('fault').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const [begin, waiting] = [performance.now(), timers()];
  await simulator.close();
  assert.ok(performance.now() - begin < 1000);
  assert.equal(await delayed, 'cut');
  assert.ok(timers() < waiting, 'the delay no longer keeps the process alive');
  await assert.rejects(get(simulator.url));
  await simulator.close();
});

test('a failure of the simulator itself is answered, not kept waiting for', { timeout: 5000 }, async (t) => {
  const onEvent = ({ type }) => {
    if (type === 'authorize_request' || type === 'token_request') throw new Error('no');
  };
  const simulator = await start(t, { onEvent });
  for (const response of [await get(`${simulator.url}/i/oauth2/authorize`), await post(`${simulator.apiUrl}/2/oauth2/token`, { code: 'c' })]) {
    assert.equal(response.status, 500);
    assert.equal((await response.json()).title, 'The simulator failed');
  }
  assert.equal(simulator.control.events('internal_error').length, 2);
});

test('the same seed gives the same codes and tokens; without one no two are alike', async (t) => {
  const run = async (options) => {
    const simulator = await start(t, options);
    const code = await obtainCode(simulator);
    return [code, (await exchange(simulator, code)).body.access_token];
  };
  assert.deepEqual(await run({ seed: 'tea' }), await run({ seed: 'tea' }));
  assert.notDeepEqual(await run({ seed: 'tea' }), await run({ seed: 'coffee' }));
  assert.notDeepEqual(await run({}), await run({}));
});

for (const [what, options, words] of [
  ['a host that others can reach', { host: '0.0.0.0' }, /loopback only/],
  ['no apps', { apps: [] }, /at least one app/],
  ['two apps with one client id', { apps: [SPA, SPA] }, /same clientId/],
  ['an unknown type of app', { apps: [{ ...SPA, type: 'desktop' }] }, /type is one of/],
  ['a public app with a secret (A13)', { apps: [{ ...SPA, clientSecret: 's' }] }, /public client/],
  ['no callback', { apps: [{ ...BOT, redirectUris: [] }] }, /at least one callback/],
  ['eleven callbacks', { apps: [{ ...BOT, redirectUris: Array.from({ length: 11 }, (_, i) => `https://a.example/${i}`) }] }, /at most 10/],
  ['a callback that no header can carry', { apps: [{ ...BOT, redirectUris: ['https://a.example/日本'] }] }, /percent-encode/],
  ['a callback with a space', { apps: [{ ...BOT, redirectUris: ['https://a.example/a b'] }] }, /percent-encode/],
  ['a relative callback', { apps: [{ ...BOT, redirectUris: ['/cb'] }] }, /absolute URL/],
  ['a callback with a fragment', { apps: [{ ...BOT, redirectUris: ['https://a.example/#'] }] }, /no fragment/],
  ['a callback that X disallows', { apps: [{ ...BOT, redirectUris: ['javascript:alert(1)'] }] }, /X refuses/],
  ['no accounts', { accounts: [] }, /at least one account/],
  ['an id that is a number', { accounts: [{ id: 12, username: 'a', name: 'A' }] }, /decimal digits/],
  ['a username with @', { accounts: [{ id: '12', username: '@a', name: 'A' }] }, /no username/],
  ['an account without a name', { accounts: [{ id: '12', username: 'a' }] }, /account "a" needs a name/],
  ['an account without a username', { accounts: [{ id: '12', name: 'A' }] }, /"undefined" is no username/],
  ['an e-mail address that is no text', { accounts: [{ id: '12', username: 'a', name: 'A', email: 5 }] }, /email is a text/],
  ['two accounts with one id', { accounts: ['a', 'b'].map((username) => ({ id: '12', username, name: 'A' })) }, /same id/],
  ['two accounts with one username', { accounts: [1, 2].map((id) => ({ id: String(id), username: 'a', name: 'A' })) }, /same username/],
  ['an unknown opener policy', { coop: 'yes' }, /unknown Cross-Origin-Opener-Policy/],
  ['an unknown account that approves', { autoApprove: 'nobody' }, /no account/],
]) {
  test(`startSimulator refuses ${what}`, async () => {
    // Should it start after all, it must not keep the test run alive.
    await assert.rejects(startSimulator(options).then((simulator) => simulator.close()), words);
  });
}

test('ten callbacks and a custom scheme are fine', async (t) => {
  const redirectUris = [...Array.from({ length: 9 }, (_, i) => `https://a.example/${i}`), 'example.app://callback/path'];
  await start(t, { apps: [{ ...BOT, redirectUris }] });
});
