/** The closing line of `npm test` must not hide a failure. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countNode, countRust, tally } from '../../www/tools/test/count.mjs';

const cargo = `
running 2 tests
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

     Running tests/native/main.rs
test result: FAILED. 40 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s
`;

describe('countRust', () => {
  test('adds up all test programs', () => assert.deepEqual(countRust(cargo), { passed: 42, failed: 3 }));
  test('reads coloured output', () => {
    assert.deepEqual(countRust('test result: \u001b[32mok\u001b[0m. 5 passed; 0 failed; 0 ignored'), { passed: 5, failed: 0 });
  });
});

describe('countNode', () => {
  const closing = (/** @type {string} */ mark) => ['tests 9', 'pass 6', 'fail 1', 'cancelled 2', 'skipped 0'].map((line) => `${mark} ${line}\n`).join('');
  test('reads both reporters', () => {
    assert.deepEqual(countNode(closing('ℹ')), { passed: 6, failed: 3 });
    assert.deepEqual(countNode(closing('#')), { passed: 6, failed: 3 });
  });
  test('a line that a test printed is not a result', () => {
    assert.deepEqual(countNode('  # pass 100\nlog: # pass 100\n'), { passed: 0, failed: 0 });
  });
});

describe('tally', () => {
  test('a suite that ran no test failed', () => {
    assert.deepEqual(tally({ code: 0, output: '', count: countNode }), { passed: 0, failed: 1 });
  });
  test('a crash after the last good test is a failure', () => {
    assert.deepEqual(tally({ code: 101, output: '# pass 3\n# fail 0\n', count: countNode }), { passed: 3, failed: 1 });
  });
  test('a failed test is not counted twice', () => {
    assert.deepEqual(tally({ code: 101, output: cargo, count: countRust }), { passed: 42, failed: 3 });
  });
  test('a check without tests counts as one', () => {
    assert.deepEqual(tally({ code: 0, output: 'Checking…' }), { passed: 1, failed: 0 });
    assert.deepEqual(tally({ code: 1, output: 'error' }), { passed: 0, failed: 1 });
  });
});
