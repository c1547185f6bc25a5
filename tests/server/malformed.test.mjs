/** G13: whatever arrives, the answer is a 4xx and never an exception. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createHandler, memorySessions } from '../../www/src/server/index.js';
import { SECRET } from './browser.mjs';
import { BODY, CALLBACK, ORIGIN, SECRETS, ask, exchange, failureOf, handlerFor, startX } from './helpers.mjs';

const stream = (...chunks) => new ReadableStream({ start: (controller) => { chunks.forEach((chunk) => controller.enqueue(chunk)); controller.close(); } });

test('G13: bodies that no page of ours sends', async (t) => {
  const x = await startX(t);
  const handler = handlerFor(x);
  const bodies = {
    nothing: '',
    'no JSON': SECRETS.code,
    'half of it': JSON.stringify(BODY).slice(0, -9),
    'a list': [BODY],
    null: 'null',
    'depth': '['.repeat(10_000),
    'a prototype': '{"__proto__":{"code":"a"},"constructor":1}',
    'bytes that are not UTF-8': stream(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])),
    'no code': { ...BODY, code: undefined },
    'an empty code': { ...BODY, code: '' },
    'a code with a line break': { ...BODY, code: 'a\r\nb' },
    'a code of bytes that are not UTF-8': stream(new TextEncoder().encode('{"code":"'), new Uint8Array([0xff]), new TextEncoder().encode(`",${JSON.stringify({ ...BODY, code: undefined }).slice(1)}`)),
    'a long code': { ...BODY, code: 'c'.repeat(5000) },
    'a code that is a number': { ...BODY, code: 1 },
    'a short verifier': { ...BODY, codeVerifier: 'v'.repeat(42) },
    'a long verifier': { ...BODY, codeVerifier: 'v'.repeat(129) },
    'a verifier with a plus': { ...BODY, codeVerifier: '+'.repeat(43) },
    'a longer redirect URI': { ...BODY, redirectUri: `${CALLBACK}/` },
    'a foreign redirect URI': { ...BODY, redirectUri: 'https://evil.example/auth/x/callback' },
    'another client': { ...BODY, clientId: 'other' },
  };
  for (const [name, body] of Object.entries(bodies)) {
    const failure = await failureOf(await exchange(handler, { body }));
    assert.deepEqual([failure.status, failure.error], [400, 'invalid_request'], name);
  }
  assert.deepEqual(x.seen, []);
});

test('G13: a body without end is not read to its end', async (t) => {
  const handler = handlerFor(await startX(t));
  let sent = 0;
  let cancelled = false;
  const body = new ReadableStream({
    pull(controller) {
      sent += 1024;
      controller.enqueue(new Uint8Array(1024).fill(0x20));
    },
    cancel() { cancelled = true; },
  });
  const failure = await failureOf(await exchange(handler, { body }));
  assert.deepEqual([failure.status, failure.error], [413, 'invalid_request']);
  assert.ok(sent < 40_000 && cancelled, `${sent} bytes`);
});

test('G13: an upload that breaks off is the sender’s failure, not the backend’s', async (t) => {
  const told = [];
  const handler = handlerFor(await startX(t), { onError: (error) => told.push(error) });
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"code":"')),
    pull: (controller) => controller.error(new Error('aborted')),
  });
  const failure = await failureOf(await exchange(handler, { body }));
  assert.deepEqual([failure.status, failure.error, told], [400, 'invalid_request', []]);
});

test('G13: paths, methods, cookies', async (t) => {
  const handler = handlerFor(await startX(t));
  for (const [method, route, status] of [
    ['POST', '', 404],
    ['POST', 'exchange/', 404],
    ['POST', 'Exchange', 404],
    ['POST', '%65xchange', 404],
    ['POST', 'start', 404],
    ['POST', 'token', 404],
    ['GET', 'exchange', 405],
    ['PUT', 'exchange', 405],
    ['DELETE', 'session', 405],
    ['GET', 'signout', 405],
  ]) {
    const failure = await failureOf(await ask(handler, method, route));
    assert.deepEqual([failure.status, failure.error], [status, 'invalid_request'], `${method} ${route}`);
  }
  for (const cookie of ['=', ';;;', 'sign-in-with-x', 'sign-in-with-x=', 'sign-in-with-x=%', `sign-in-with-x=${'a'.repeat(42)}é`, 'a'.repeat(30_000)]) {
    assert.equal((await ask(handler, 'GET', 'session', { headers: { cookie } })).status, 204, cookie.slice(0, 60));
  }
});

test('G13: a path that is not there says whether an option opens it, and repeats nothing', async (t) => {
  const x = await startX(t);
  const oauth1 = { consumerKey: 'key', consumerSecret: 'secret' };
  for (const [options, routes] of [
    [{}, { start: /`secrets`/, callback: /`secrets`/, 'oauth1/start': /`secrets` and `oauth1`/, 'oauth1/exchange': /`secrets` and `oauth1`/, token: /`tokenMediating`/, 'no/such': /answers below \/my\/x\.$/ }],
    [{ secrets: SECRET }, { 'oauth1/start': /`secrets` and `oauth1`/, token: /`tokenMediating`/ }],
    [{ secrets: SECRET, oauth1 }, { token: /`tokenMediating`/, [`start/${SECRETS.code}`]: /answers below \/my\/x\.$/ }],
  ]) {
    const handler = handlerFor(x, { basePath: '/my/x', ...options });
    for (const [route, hint] of Object.entries(routes)) {
      for (const method of ['GET', 'POST']) {
        const failure = await failureOf(await ask(handler, method, route, { base: '/my/x' }));
        assert.deepEqual([failure.status, failure.error], [404, 'invalid_request'], `${method} ${route}`);
        assert.match(failure.hint, hint, `${method} ${route}`);
      }
    }
  }
});

test('another base path', async (t) => {
  const handler = handlerFor(await startX(t), { basePath: '/api/auth' });
  assert.equal((await ask(handler, 'GET', 'session', { base: '/api/auth' })).status, 204);
  assert.equal((await ask(handler, 'GET', 'session')).status, 404);
});

test('options that cannot be right are an exception of createHandler, without their values', () => {
  const right = { clientId: 'client', redirectUris: [CALLBACK], origin: ORIGIN };
  createHandler(right);
  createHandler({ ...right, sessionSeconds: 86_400, secrets: SECRET });
  createHandler({ ...right, sessionSeconds: 86_401, secrets: SECRET, sessions: memorySessions() });
  for (const [option, change] of [
    ['options', undefined],
    ['clientId', { clientId: undefined }],
    ['clientId', { clientId: 5 }],
    ['clientSecret', { clientSecret: `${SECRETS.client}\n` }],
    ['redirectUris', { redirectUris: undefined }],
    ['redirectUris', { redirectUris: CALLBACK }],
    ['redirectUris', { redirectUris: [] }],
    ['redirectUris', { redirectUris: ['/auth/x/callback'] }],
    ['redirectUris', { redirectUris: [null] }],
    ['origin', { origin: undefined }],
    ['origin', { origin: 'https://app.example/' }],
    ['origin', { origin: 'http://app.example' }],
    ['basePath', { basePath: 'auth/' }],
    ['sessionSeconds', { sessionSeconds: 59 }],
    ['sessionSeconds', { sessionSeconds: 400 * 86_400 + 1 }],
    ['sessionSeconds', { sessionSeconds: 86_401, secrets: SECRET }],
    ...['true', 'false', '', 1, 0, null, {}].map((tokenMediating) => /** @type {const} */ (['tokenMediating', { tokenMediating }])),
    ...['true', null].map((email) => /** @type {const} */ (['oauth1.email', { secrets: SECRET, oauth1: { consumerKey: 'key', consumerSecret: 'secret', email } }])),
    ['endpoints.token', { endpoints: { token: 'http://api.x.com/2/oauth2/token' } }],
    ['endpoints.user', { endpoints: { user: 'javascript:alert(1)' } }],
    ['endpoints', { endpoints: null }],
    ['oauth1', { oauth1: 'key' }],
    ['secrets', { secrets: '' }],
    ['secrets', { secrets: null }],
    ...[null, {}, 'redis', { get() {}, set() {} }].map((sessions) => /** @type {const} */ (['sessions', { sessions }])),
    ['sessions.take', { sessions: { ...memorySessions(), take: true } }],
    ...['callbackPage', 'clientOf', 'onError', 'waitUntil', 'fetch'].flatMap((name) => ['file.html', null, {}].map((value) => /** @type {const} */ ([name, { [name]: value }]))),
  ]) {
    assert.throws(() => createHandler(change && { ...right, ...change }), (error) => {
      assert.ok(error instanceof TypeError);
      assert.deepEqual([error.code, error.option], ['invalid_config', option]);
      assert.ok(!error.message.includes('canary'));
      assert.ok(error.hint.length > 10, option);
      return true;
    });
  }
});

test('G12: a name that is no option is refused, and says what was meant', () => {
  const right = { clientId: 'client', redirectUris: [CALLBACK], origin: ORIGIN, secrets: SECRET, oauth1: { consumerKey: 'key', consumerSecret: 'secret' } };
  // What a variable of the environment leaves when it is not set is not given.
  createHandler({ ...right, clientSecret: undefined, oauth1: { ...right.oauth1, access: undefined }, endpoints: { token: undefined }, ours: undefined });
  for (const [option, change, meant] of [
    ['redirectUri', { redirectUri: CALLBACK }, 'redirectUris'],
    ['client_id', { client_id: SECRETS.client }, 'clientId'],
    ['clientSecrets', { clientSecrets: SECRETS.client }, 'clientSecret'],
    ['secret', { secret: SECRETS.client }, 'secrets'],
    ['tokenMediation', { tokenMediation: true }, 'tokenMediating'],
    ['oauth', { oauth: right.oauth1 }, 'oauth1'],
    ['session', { session: memorySessions() }, 'sessions'],
    ['store', { store: memorySessions() }, undefined],
    ['x', { x: SECRETS.client }, undefined],
    ['oauth1.consumerSecrets', { oauth1: { ...right.oauth1, consumerSecrets: SECRETS.client } }, 'oauth1.consumerSecret'],
    ['oauth1.key', { oauth1: { ...right.oauth1, key: SECRETS.client } }, undefined],
    ['endpoints.tokens', { endpoints: { tokens: 'https://canary.example' } }, 'endpoints.token'],
  ]) {
    assert.throws(() => createHandler({ ...right, ...change }), (error) => {
      assert.deepEqual([error.code, error.option], ['invalid_config', option]);
      assert.equal(error.hint, `there is no option \`${option}\`; ${meant ? `did you mean \`${meant}\`?` : 'look for a slip'}`);
      assert.ok(!error.message.includes('canary'));
      return true;
    });
  }
});
