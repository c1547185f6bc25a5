/** Names that other sites have pointed at this machine: DNS rebinding. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { pathOf } from './console.mjs';
import { authorizeUrl, logIn, openConsent, SPA, start } from './helpers.mjs';
import { APP1, requestToken } from './oauth1.mjs';

/** Asks as a browser does that was told that this name is 127.0.0.1. */
const ask = (simulator, path, host, { method = 'GET', cookie = '' } = {}) =>
  new Promise((resolve, reject) => {
    const sent = request(simulator.apiUrl + path, { method, headers: { Host: host, Cookie: cookie } }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, text, headers: response.headers });
    });
    sent.on('error', reject).end();
  });

test('K: a form is taken from whoever Sec-Fetch-Site says, and without it from whoever Origin says', async (t) => {
  const simulator = await start(t);
  const sent = async (headers) => (await (await openConsent(simulator)).press('approve', 'ada_example', headers)).status;
  // WebKit, in a popup whose opener sends no referrers.
  assert.equal(await sent({ 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }), 302);
  assert.equal(await sent({ Origin: simulator.url }), 302);
  assert.equal(await sent({}), 302, 'a program');
  for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'cross-site', Origin: simulator.url }, { 'Sec-Fetch-Site': 'same-site' }, { Origin: 'null' }, { Origin: 'https://evil.example' }]) {
    assert.equal(await sent(headers), 400, JSON.stringify(headers));
  }
});

test('K: pages are shown under this machine’s own names, and under no other', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { port } = new URL(simulator.url);
  const cookie = await logIn(simulator);
  const { oauth_token: token } = (await requestToken(simulator)).body;
  const app = pathOf(simulator, SPA.clientId);
  const consent = authorizeUrl(simulator).slice(simulator.url.length);
  const paths = ['/', consent, '/i/flow/login', `/oauth/authenticate?oauth_token=${token}`, `/oauth/authorize?oauth_token=${token}`, '/settings/connected_apps', '/settings/sessions', '/log', '/log/entries'];
  for (const path of [...paths, '/developer', '/developer/projects/new', `/developer/projects/${simulator.apps[0].projectId}`, '/developer/apps/new', app, `${app}/authentication`, `${app}/keys`]) {
    for (const host of ['evil.example', `evil.example:${port}`, 'localhost.evil.example', '127.0.0.1.evil.example', 'evil-localhost']) {
      for (const method of ['GET', 'POST']) {
        const { status, text, headers } = await ask(simulator, path, host, { method, cookie });
        assert.equal(status, 403, `${method} ${path} at ${host}`);
        assert.match(text, /Not at this address/);
        assert.doesNotMatch(text, /name="ticket"|ada_example|Single &amp; Page/, path);
        assert.equal(headers['set-cookie'], undefined);
      }
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `x.localhost:${port}`, 'LOCALHOST']) {
      const { status, text } = await ask(simulator, path, host, { cookie });
      assert.equal(status, 200, `${path} at ${host}`);
      assert.doesNotMatch(text, /Not at this address/);
    }
  }
  for (const host of ['[::1]', `[::1]:${port}`, '127.1.2.3', 'a.b.localhost']) assert.equal((await ask(simulator, '/', host)).status, 200, host);
  for (const host of ['127.0.0.1.', '127.0.0', '1127.0.0.1', '[::2]', 'localhost:', 'localhost:1:2']) assert.equal((await ask(simulator, '/', host)).status, 403, `at "${host}"`);
  // A program may come by any name: there it is a token or a signature that counts.
  assert.equal((await ask(simulator, '/2/users/me', 'api.x.com')).status, 401);
});
