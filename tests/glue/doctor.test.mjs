// doctor(): what it finds, and that it leaves nothing behind.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { doctor } from '../../www/src/client.js';
import { createSignIn } from '../../www/src/index.js';
import { SCOPES } from '../../www/src/permissions/scopes.js';
import { page, ready } from './engine.mjs';

const options = { clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' };
const headers = { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' };

before(ready);

/**
 * @param {import('node:test').TestContext} t
 * @param {{ options?: object, callback?: Response, exchange?: Response, start?: Response, address?: string }} world
 */
async function examine(t, { options: more, callback = new Response('<script src="/callback.js"></script>', { headers }), exchange = new Response('{}', { status: 400 }), start = new Response('{}', { status: 403 }), address } = {}) {
  const { sessionStorage } = page(t, address);
  t.mock.method(globalThis, 'fetch', async (/** @type {string} */ url) => (url.includes('callback') ? callback : url.endsWith('/start') ? start : exchange));
  const found = await createSignIn({ ...options, ...more }).doctor();
  assert.deepEqual(Object.keys(sessionStorage), [], 'B8: nothing is left');
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
  ['a scope that X does not have', { options: { scopes: ['tweet.reed', 'tweet.read', 'users.read'] } }, ['warning scopes_unknown']],
  ['a callback with a query', { options: { redirectUri: `${options.redirectUri}?a=1` } }, []],
  ['a callback with an empty query', { options: { redirectUri: `${options.redirectUri}?` } }, []],
  ['no callback page', { callback: new Response('', { status: 404 }) }, ['error callback_unreachable']],
  ['a callback page without its headers', { callback: new Response('sign-in-with-x') }, ['warning callback_referrer_policy', 'warning callback_cache_control']],
  ['a page that answers everything', { callback: new Response('<h1>Home</h1>', { headers }) }, ['warning callback_script']],
  ['a backend for another origin', { exchange: new Response('{}', { status: 403 }) }, ['error exchange_refused']],
  ['a start', { options: { start: '/auth/x/start' } }, []],
  ['a start that the backend does not have', { options: { start: '/auth/x/start' }, start: Response.json({ hint: 'It needs the option secrets.' }, { status: 404 }) }, ['error start_unreachable']],
  ['a start that answers everything', { options: { start: '/auth/x/oauth1/start' }, start: new Response('<h1>Home</h1>') }, ['error start_unreachable']],
  ['a start, and a backend for another origin', { options: { start: '/auth/x/start' }, exchange: new Response('{}', { status: 403 }) }, ['error exchange_refused']],
  ['no redirect URI', { options: { redirectUri: undefined } }, ['error redirect_uri_not_absolute']],
  ['a redirect URI that is a path', { options: { redirectUri: '/auth/x/callback' } }, ['error redirect_uri_not_absolute']],
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

test('H1: an element’s attributes that are misspelt, or have a value that they do not take', async (t) => {
  page(t);
  t.mock.method(globalThis, 'fetch', async (/** @type {string} */ url) => (url.includes('callback') ? new Response('sign-in-with-x', { headers }) : new Response('{}', { status: 400 })));
  const given = { 'client-id': 'x', clientid: 'y', logo_alignment: 'left', theme: 'drak', size: 'small', identity: '', width: '30%', class: 'a', 'data-theme': 'b' };
  const element = /** @type {any} */ ({
    constructor: { observedAttributes: ['client-id', 'logo-alignment', 'theme', 'size', 'identity', 'width'] },
    getAttributeNames: () => Object.keys(given),
    getAttribute: (/** @type {keyof typeof given} */ name) => given[name] ?? null,
  });
  const found = (await doctor(options, element)).map(({ severity, code, message, hint }) => [severity, code, message, hint].join(' | '));
  assert.deepEqual(found, [
    'warning | attribute_name | There is no attribute clientid. | It is client-id.',
    'warning | attribute_name | There is no attribute logo_alignment. | It is logo-alignment.',
    'warning | attribute_word | theme="drak" is none of black, white, outline, auto; black is used. | Look for a slip.',
    'warning | attribute_word | width="30%" is neither a number of pixels nor fluid. | Write width="300" or width="fluid".',
  ]);
});

test('H1: the scopes that the doctor knows are those of the permissions', () => {
  const source = readFileSync(new URL('../../www/src/doctor.js', import.meta.url), 'utf8');
  const names = [...source.slice(source.indexOf('const SCOPES'), source.indexOf(';', source.indexOf('const SCOPES'))).matchAll(/[a-z]+(?:\.[a-z]+)+/g)];
  assert.deepEqual(names.map(([name]) => name), Object.keys(SCOPES));
});

test('H1: the words that the doctor knows are those of the types, the default first', () => {
  const source = readFileSync(new URL('../../www/src/doctor.js', import.meta.url), 'utf8');
  const types = readFileSync(new URL('../../www/types/element.d.ts', import.meta.url), 'utf8');
  const table = source.slice(source.indexOf('const WORDS'), source.indexOf('};', source.indexOf('const WORDS')));
  const rows = [...table.matchAll(/^ {2}'?([a-z-]+)'?: \[(.*)\],$/gm)];
  assert.equal(rows.length, 7);
  for (const [, name = '', words = ''] of rows) {
    const property = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    const [, said = '', union = ''] = new RegExp(`Default: \`(\\w+)\`[^\\n]*\\n  ${property}: (.*);`).exec(types) ?? [];
    const list = [...words.matchAll(/'(\w+)'/g)].map(([, word]) => word);
    assert.deepEqual(list.toSorted(), [...union.matchAll(/'(\w+)'/g)].map(([, word]) => word).toSorted(), name);
    assert.equal(list[0], said, name);
  }
});
