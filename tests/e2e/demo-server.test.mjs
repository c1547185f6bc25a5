/** The demo's server, asked without a browser. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { startDemo } from '../../www/demo/server.mjs';
import { startSimulator } from '../../www/simulator/index.js';

/** @type {Awaited<ReturnType<typeof startSimulator>>} */
let simulator;
/** @type {Awaited<ReturnType<typeof startDemo>>} */
let demo;
before(async () => {
  simulator = await startSimulator();
  demo = await startDemo({ port: 0, simulator });
});
after(async () => {
  await demo.close();
  await simulator.close();
});

/**
 * Sends the path as it is: fetch would tidy it up first.
 * @param {string} path
 * @param {import('node:http').RequestOptions} [options]
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
const raw = (path, options = {}) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(demo.url);
    request({ hostname, port, path, ...options }, (response) => resolve(response.resume())).on('error', reject).end();
  });

test('each kind of file has its type', async () => {
  for (const [path, type] of [
    ['/', 'text/html; charset=utf-8'],
    ['/auth/x/callback', 'text/html; charset=utf-8'],
    ['/demo.css', 'text/css; charset=utf-8'],
    ['/demo.js', 'text/javascript; charset=utf-8'],
    ['/config.js', 'text/javascript; charset=utf-8'],
    ['/pkg/index.js', 'text/javascript; charset=utf-8'],
    ['/pkg/sign-in-with-x.wasm', 'application/wasm'],
  ]) {
    const { statusCode, headers } = await raw(String(path));
    assert.deepEqual([statusCode, headers['content-type'], headers['x-content-type-options']], [200, type, 'nosniff'], path);
  }
});

test('nothing outside the two folders is served, and no page without its headers', async () => {
  for (const path of ['/../server.mjs', '/..%2fserver.mjs', '/server.mjs', '/server/files.mjs', '/pkg/../package.json', '/pkg/..%2f..%2fpackage.json', '/pkg/package.json', '/pkg/%2e%2e/README.md', '/pkg/', '/pkg', '/index.html', '/callback.html', '//127.0.0.1/demo.js', '/%00', '*']) {
    const { statusCode } = await raw(path);
    assert.equal(statusCode, 404, path);
  }
});

test('G15: another name of this machine is sent to the one that X and the cookie know', async () => {
  const elsewhere = await raw('/?code=secret', { headers: { Host: 'localhost:1234' } });
  assert.deepEqual([elsewhere.statusCode, elsewhere.headers.location], [307, `${demo.url}/`]);
  const post = await raw('/auth/x/signout', { method: 'POST', headers: { Host: 'evil.example' } });
  assert.equal(post.statusCode, 421);
});

test('F2: the page may run only its own scripts', async () => {
  const { headers } = await raw('/');
  const policy = String(headers['content-security-policy']);
  for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval' 'sha256-", "style-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"]) {
    assert.ok(policy.includes(part), part);
  }
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*/);
});

test('B5: requests are told of without their query', async (t) => {
  /** @type {string[]} */
  const told = [];
  const other = await startDemo({ port: 0, simulator, onRequest: (path, status) => told.push(`${status} ${path}`) });
  t.after(other.close);
  await fetch(`${other.url}/auth/x/callback?code=secret`).then((response) => response.text());
  assert.deepEqual(told, ['200 /auth/x/callback']);
});
