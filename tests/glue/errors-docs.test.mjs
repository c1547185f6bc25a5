/** ERRORS.md and the code know the same codes and reasons. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignInError, codes, learn } from '../../www/src/errors.js';
import * as sentences from '../../www/src/sentences.js';
import { chapters, names, read, table } from './docs/markdown.mjs';
import { found, isRaised, reasonsOf, rustCodes, union } from './docs/sources.mjs';

learn(sentences.codes, sentences.reasons);

const document = chapters(read('ERRORS.md'));
/** @param {string} code */
const chapter = (code) => document.get(code) ?? '';
/** @param {string} code */
const reasons = (code) => new Set(names(table(chapter(code), 'reason')));

test('the engine, the glue, the types and ERRORS.md have the same codes, in the same order', () => {
  assert.ok(rustCodes.length > 15);
  assert.deepEqual(codes().sort(), [...rustCodes].sort());
  assert.deepEqual(union('www/types/index.d.ts', 'SignInErrorCode'), rustCodes);
  assert.deepEqual([...document.keys()], rustCodes);
});

for (const code of rustCodes) {
  test(`ERRORS.md says of ${code} what happened, why, how to mend it, and whether to retry`, () => {
    const text = chapter(code);
    for (const part of ['**What happened.** ', '**Why.** ', '**Mend it.** ']) assert.ok(text.includes(`\n${part}`), part);
    const { docs, retryable } = new SignInError(/** @type {any} */ (code));
    assert.equal(/^\*\*Retryable:\*\* (yes|no)$/m.exec(text)?.[1], retryable ? 'yes' : 'no');
    assert.equal(docs, `sign-in-with-x/ERRORS.md#${code}`);
    assert.equal(!text.includes('Nothing raises this code in this\nversion'), isRaised(code), 'ERRORS.md says whether anything raises it');
  });
}

test('every reason of invalid_config has a hint of its own and a line in ERRORS.md, and no other has', () => {
  const known = reasonsOf('InvalidConfig');
  assert.ok(known.size > 10 && known.has('redirect_uri_fragment') && known.has('unknown_option'), [...known].join());
  assert.deepEqual([...reasons('invalid_config')].sort(), [...known].sort());
  const { hint } = new SignInError('invalid_config');
  for (const reason of known) assert.notEqual(new SignInError('invalid_config', { reason }).hint, hint, reason);
});

test('every reason of invalid_callback, by the engine or the callback page, has a line in ERRORS.md', () => {
  const known = reasonsOf('InvalidCallback');
  assert.ok(known.size > 5, [...known].join());
  for (const reason of found('www/src/callback.js', /'invalid_callback', '(\w+)'/g)) assert.ok(known.has(reason), `callback.js: ${reason}`);
  assert.deepEqual([...reasons('invalid_callback')].sort(), [...known].sort());
});

test('every error of the backend half has a line under exchange_failed, with its statuses', () => {
  const backend = found('src/server/failure.rs', /Self::\w+ => "(\w+)"/g);
  assert.ok(backend.length > 5);
  assert.deepEqual([...reasons('exchange_failed')].sort(), [...backend, ...reasonsOf('ExchangeFailed')].sort());
  const stated = new Map(found('www/types/server.d.ts', /^\s*\* \| (`\w+` \| [\d, ]+) \|/gm).map((row) => /** @type {[string, string]} */ (row.replaceAll('`', '').split(' | '))));
  const listed = table(chapter('exchange_failed'), 'reason').map(([name, statuses]) => [name.replaceAll('`', ''), statuses]);
  for (const [name, statuses] of listed) if (name !== 'scope') assert.equal(statuses, stated.get(name), name);
});
