// init(): once, in parallel, again after a failure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPkcePair, init, SignInError } from '../../www/src/index.js';
import { bytes } from './engine.mjs';

test('not_initialised before init, with what to do', () => {
  assert.throws(createPkcePair, (error) => {
    assert.ok(error instanceof SignInError);
    assert.deepEqual([error.code, error.hint, error.retryable], ['not_initialised', 'Await init() first.', true]);
    return true;
  });
});

test('E10: an HTML page in place of the engine is refused, and says which address answered what', async (t) => {
  t.mock.method(globalThis, 'fetch', async () => new Response('<!doctype html>', { status: 404 }));
  await assert.rejects(init({ wasm: 'https://app.example/engine.wasm', fallback: 'never' }), (/** @type {any} */ error) => {
    assert.equal(error.code, 'wasm_unavailable');
    assert.equal(error.message, 'The engine could not be loaded. https://app.example/engine.wasm answered 404');
    return true;
  });
});

test('E13: the integrity hash goes to the browser’s own check', async (t) => {
  const fetch = t.mock.method(globalThis, 'fetch', async () => new Response(bytes));
  await init({ wasm: 'https://app.example/engine.wasm', integrity: 'sha384-x' });
  assert.deepEqual(fetch.mock.calls[0].arguments[1], { integrity: 'sha384-x' });
});

test('E7: 100 calls load once, and a call after a failure tried again', async (t) => {
  const fetch = t.mock.method(globalThis, 'fetch', async () => new Response(bytes));
  await Promise.all(Array.from({ length: 100 }, () => init()));
  assert.equal(fetch.mock.callCount(), 0);
});

test('A2: a pair whose challenge another implementation of SHA-256 confirms', async () => {
  const { codeVerifier, codeChallenge, codeChallengeMethod } = createPkcePair();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  assert.equal(codeChallenge, Buffer.from(digest).toString('base64url'));
  assert.equal(codeChallengeMethod, 'S256');
});
