// doctor(): what it finds, and that it leaves nothing behind.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createSignIn } from '../../www/src/index.js';
import { page, ready } from './engine.mjs';

const options = { clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' };
const headers = { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' };

before(ready);

/**
 * @param {import('node:test').TestContext} t
 * @param {{ options?: object, callback?: Response, exchange?: Response, address?: string }} world
 */
async function examine(t, { options: more, callback = new Response('<script src="/callback.js"></script>', { headers }), exchange = new Response('{}', { status: 400 }), address } = {}) {
  const { sessionStorage } = page(t, address);
  t.mock.method(globalThis, 'fetch', async (/** @type {string} */ url) => (url.includes('callback') ? callback : exchange));
  const found = await createSignIn({ ...options, ...more }).doctor();
  assert.equal(sessionStorage.length, 0, 'B8: nothing is left');
  return found.map(({ severity, code }) => `${severity} ${code}`);
}

test('H1: nothing wrong, nothing found', async (t) => {
  assert.deepEqual(await examine(t), []);
});

for (const [what, world, found] of /** @type {[string, Parameters<typeof examine>[1], string[]][]} */ ([
  ['an unset client id', { options: { clientId: 'undefined' } }, ['error client_id']],
  ['a misspelt option', { options: { redirectURI: 'x' } }, ['error unknown_option']],
  ['a callback on another origin', { address: 'https://www.app.example/' }, ['error redirect_uri_origin']],
  ['localhost', { address: 'http://localhost:3000/', options: { redirectUri: 'http://localhost:3000/callback' } }, ['warning callback_localhost']],
  ['a scope that is missing', { options: { scopes: 'users.read' } }, ['warning scopes_profile']],
  ['no callback page', { callback: new Response('', { status: 404 }) }, ['error callback_unreachable']],
  ['a callback page without its headers', { callback: new Response('sign-in-with-x') }, ['warning callback_referrer_policy', 'warning callback_cache_control']],
  ['a page that answers everything', { callback: new Response('<h1>Home</h1>', { headers }) }, ['warning callback_script']],
  ['a backend for another origin', { exchange: new Response('{}', { status: 403 }) }, ['error exchange_refused']],
  ['no exchange endpoint', { exchange: new Response('', { status: 404 }) }, ['error exchange_unreachable']],
])) {
  test(`H1: ${what}`, async (t) => {
    assert.deepEqual(await examine(t, world), found);
  });
}

test('H1: an endpoint that does not answer at all is a finding, not a rejection', async (t) => {
  page(t);
  t.mock.method(globalThis, 'fetch', () => Promise.reject(new TypeError('offline')));
  const codes = (await createSignIn(options).doctor()).map(({ code }) => code);
  assert.deepEqual(codes, ['callback_unreachable', 'exchange_unreachable']);
});
