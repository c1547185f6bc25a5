/** G3: which requests a page of another origin can make us take. None. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { SECRET } from './browser.mjs';
import { BODY, ORIGIN, ask, failureOf, handlerFor, readSafely, signIn, startX } from './helpers.mjs';

const forged = {
  'no custom header': { 'x-requested-with': undefined },
  'another custom header': { 'x-requested-with': 'XMLHttpRequest' },
  'a form': { 'content-type': 'application/x-www-form-urlencoded' },
  'a multipart form': { 'content-type': 'multipart/form-data; boundary=b' },
  'plain text': { 'content-type': 'text/plain' },
  'plain text that mentions JSON': { 'content-type': 'text/plain; application/json' },
  'no content type': { 'content-type': '' },
  'cross-site': { 'sec-fetch-site': 'cross-site' },
  'cross-site, Origin hidden': { 'sec-fetch-site': 'cross-site', origin: 'null' },
  'cross-site, Origin missing': { 'sec-fetch-site': 'cross-site', origin: undefined },
  'same-site': { 'sec-fetch-site': 'same-site' },
  'the address bar': { 'sec-fetch-site': 'none' },
  'a foreign Origin': { origin: 'https://evil.example', 'sec-fetch-site': undefined },
  'a foreign Origin, called same-origin': { origin: 'https://evil.example' },
  'another port of this machine': { origin: 'http://127.0.0.1:3001', 'sec-fetch-site': undefined },
  'another name of this machine': { origin: 'http://localhost:3000', 'sec-fetch-site': undefined },
  'a sandboxed frame of an old browser': { origin: 'null', 'sec-fetch-site': undefined },
};

/** Every route that changes something, by the table that the engine routes by. */
const routes = [...readFileSync(new URL('../../src/server/route.rs', import.meta.url), 'utf8').matchAll(/Some\("([\w/]+)"\) => \(Route::\w+, "(\w+)"\)/g)];
const CHANGING = routes.filter(([, , method]) => method === 'POST').map(([, path]) => path);

test('G3: a route either changes something and takes POST, or is one of these', () => {
  assert.deepEqual(CHANGING, ['exchange', 'oauth1/exchange', 'signout', 'token']);
  assert.deepEqual(routes.filter(([, , method]) => method !== 'POST').map(([, path, method]) => `${method} ${path}`), ['GET start', 'GET callback', 'GET oauth1/start', 'GET session']);
});

for (const [name, headers] of Object.entries(forged)) {
  test(`G3: ${name} → 403, X is not asked, nobody is signed out and no token is given (G1)`, async (t) => {
    const x = await startX(t);
    const handler = handlerFor(x, { secrets: SECRET, oauth1: { consumerKey: 'key', consumerSecret: 'secret' }, tokenMediating: true });
    const cookie = await signIn(handler);
    const before = x.seen.length;
    for (const route of CHANGING) {
      const failure = await failureOf(await ask(handler, 'POST', route, { body: BODY, headers: { cookie, ...headers } }));
      assert.deepEqual([failure.status, failure.error], [403, 'forbidden'], route);
    }
    assert.equal(x.seen.length, before);
    assert.equal((await ask(handler, 'GET', 'session', { headers: { cookie } })).status, 200);
  });
}

test('G3: our own page, an old browser and a program are let through', async (t) => {
  const handler = handlerFor(await startX(t));
  for (const headers of [
    {},
    { 'sec-fetch-site': undefined },
    { origin: undefined },
    { origin: undefined, 'sec-fetch-site': undefined },
    { origin: 'null' }, // Referrer-Policy: no-referrer
    { 'content-type': 'application/json; charset=utf-8' },
  ]) {
    assert.equal((await ask(handler, 'POST', 'exchange', { body: BODY, headers })).status, 200, JSON.stringify(headers));
  }
});

test('G3: a preflight gets no permission', async (t) => {
  const handler = handlerFor(await startX(t), { secrets: SECRET, oauth1: { consumerKey: 'key', consumerSecret: 'secret' }, tokenMediating: true });
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-requested-with' };
  for (const [, route, method] of routes) {
    const response = await ask(handler, 'OPTIONS', route, { headers });
    await readSafely(response);
    assert.deepEqual([response.status, response.headers.get('allow')], [405, method], route);
  }
});

test('G3: a session is not told to another site', async (t) => {
  const handler = handlerFor(await startX(t));
  const cookie = await signIn(handler);
  const session = (headers) => ask(handler, 'GET', 'session', { headers: { cookie, ...headers } });
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }]) {
    assert.equal((await failureOf(await session(headers))).error, 'forbidden');
  }
  for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }, { origin: ORIGIN }]) assert.equal((await session(headers)).status, 200);
});

test('G15: Host and X-Forwarded-* change nothing', async (t) => {
  const handler = handlerFor(await startX(t));
  const spoofed = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' };
  const foreign = await ask(handler, 'POST', 'exchange', { body: BODY, headers: { ...spoofed, origin: 'https://evil.example', 'sec-fetch-site': undefined } });
  assert.equal(foreign.status, 403);
  const ours = await ask(handler, 'POST', 'exchange', { body: BODY, headers: spoofed });
  assert.match(ours.headers.getSetCookie()[0], /^sign-in-with-x=/);
});
