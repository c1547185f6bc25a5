import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { authorizeUrl, exchange, get, obtainCode, openConsent, start } from './helpers.mjs';

const PATHS = ['/', '/i/oauth2/authorize', '/2/oauth2/token', '/2/oauth2/revoke', '/2/users/me', '/_control', '/_assets/page.css', '/profile_images/4503599627370495_normal.svg', '/nothing', '/i/flow/login', '/settings/connected_apps', '/settings/sessions', '/log', '/log/entries', '/_assets/log.js'];
const ORIGIN = { Origin: 'http://127.0.0.1:3000', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' };

test('A12 K: no answer carries a CORS header, whatever the path and the method', async (t) => {
  const simulator = await start(t);
  for (const path of PATHS) {
    for (const method of ['GET', 'POST', 'OPTIONS', 'PUT', 'HEAD']) {
      const response = await fetch(simulator.apiUrl + path, { method, headers: ORIGIN, redirect: 'manual' });
      const cors = [...response.headers.keys()].filter((name) => name.startsWith('access-control-') || name === 'cross-origin-resource-policy');
      assert.deepEqual(cors, [], `${method} ${path}`);
      if (method === 'OPTIONS') assert.ok(response.status >= 400, `a preflight fails: ${path}`);
    }
  }
});

test('A12: a page that posts to the token endpoint itself cannot read the answer, but spends the code', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  const { status, headers } = await exchange(simulator, code, {}, { Origin: 'http://127.0.0.1:3000', 'Sec-Fetch-Site': 'cross-site' });
  assert.equal(status, 200);
  assert.equal(headers.get('access-control-allow-origin'), null);
  assert.equal((await exchange(simulator, code)).status, 400);
  assert.equal(simulator.control.events('token_request')[0].parameters.origin, 'http://127.0.0.1:3000', 'and the journal tells on it');
});

test('pages may not be framed by other sites and allow no script', async (t) => {
  const simulator = await start(t);
  for (const url of [authorizeUrl(simulator), authorizeUrl(simulator, { state: null }), simulator.url]) {
    const { headers } = await get(url);
    assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN');
    const policy = headers.get('content-security-policy');
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /script-src|unsafe-inline/);
    assert.equal(headers.get('cache-control'), 'no-store');
  }
});

for (const value of ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none', null]) {
  test(`C1 K: Cross-Origin-Opener-Policy ${value} is on the pages and on the redirects`, async (t) => {
    const simulator = await start(t, { coop: value });
    const coop = ({ headers }) => headers.get('cross-origin-opener-policy');
    const { response, press } = await openConsent(simulator);
    assert.equal(coop(response), value);
    assert.equal(coop(await press('approve')), value);
    assert.equal(coop(await get(authorizeUrl(simulator, { client_id: 'nobody' }))), value);
    simulator.control.autoApprove('ada_example');
    assert.equal(coop(await get(authorizeUrl(simulator))), value);
  });
}

test('Cross-Origin-Opener-Policy is same-origin-allow-popups unless another is chosen, also at run time', async (t) => {
  const simulator = await start(t);
  const coop = async () => (await get(authorizeUrl(simulator))).headers.get('cross-origin-opener-policy');
  assert.equal(await coop(), 'same-origin-allow-popups');
  simulator.control.setCoop('same-origin');
  assert.equal(await coop(), 'same-origin');
  simulator.control.setCoop(null);
  assert.equal(await coop(), null);
  assert.throws(() => simulator.control.setCoop('sameorigin'), /unknown Cross-Origin-Opener-Policy/);
});

test('an unknown path is 404 and a wrong method is 405', async (t) => {
  const { apiUrl } = await start(t);
  for (const path of ['/nothing', '/_assets/../index.js', '/_assets/constructor', '//2/users/me', '/profile_images/1_normal.svg', '/constructor']) {
    assert.equal((await get(apiUrl + path)).status, 404, path);
  }
  const response = await get(`${apiUrl}/2/oauth2/token`);
  assert.equal(response.status, 405);
  assert.equal(response.headers.get('allow'), 'POST');
});

test('the simulator imports node: modules and its own files only', () => {
  const root = new URL('../../www/simulator/', import.meta.url);
  const files = readdirSync(root, { recursive: true }).filter((name) => name.endsWith('.js'));
  assert.ok(files.length > 20);
  for (const file of files) {
    const here = new URL(file, root);
    for (const [, specifier] of readFileSync(here, 'utf8').matchAll(/\b(?:from|import\()\s*'([^']+)'/g)) {
      const own = specifier.startsWith('.') && new URL(specifier, here).href.startsWith(root.href);
      assert.ok(own || specifier.startsWith('node:'), `${file} imports ${specifier}`);
    }
  }
});
