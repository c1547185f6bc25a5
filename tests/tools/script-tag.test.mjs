/** The parts of the build that make one classic script of everything. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toBytes } from '../../www/src/engine/text.js';
import { engineText } from '../../www/tools/build/engine-text.mjs';
import { allAtOnce } from '../../www/tools/build/script-tag.mjs';

/** As a browser reads it. @param {Uint8Array} bytes @param {string} encoding */
function read(bytes, encoding) {
  const { literal, key } = engineText(bytes);
  const text = new TextDecoder(encoding).decode(Buffer.from(literal, 'latin1'));
  return Buffer.from(toBytes(new Function(`return ${text}`)(), key));
}

/** All that can stand beside each other. */
const pairs = Uint8Array.from({ length: 2 * 256 * 256 }, (_, index) => (index % 2 === 0 ? index >> 9 : index >> 1));
const ENCODINGS = ['utf-8', 'windows-1252', 'windows-1251', 'iso-2022-jp', 'euc-kr', 'gb18030', 'big5'];

describe('the engine as text', () => {
  for (const encoding of ENCODINGS) {
    test(`E5: is every byte after every other again, where the page is ${encoding}`, () => {
      assert.equal(Buffer.compare(read(pairs, encoding), Buffer.from(pairs)), 0);
    });
  }

  test('E5: is that too where the characters that are rare here mean something in a script', () => {
    const often = Array.from({ length: 2048 }, (_, index) => index >> 3);
    const afterDollar = Array.from({ length: 512 }, (_, index) => (index % 2 === 0 ? 0x24 : index >> 1));
    // Whichever are left out of the first part are the rarest, and take other bytes' places.
    for (let first = 0x20; first < 0x7f; first += 1) {
      const bytes = Uint8Array.from([...often.filter((byte) => byte < first || byte > first + 8), ...afterDollar]);
      assert.equal(Buffer.compare(read(bytes, 'utf-8'), Buffer.from(bytes)), 0, String.fromCharCode(first));
    }
  });

  test('E5: says nothing that would end a script inside a page', () => {
    for (const word of ['</script', '<SCRIPT', '<!--']) assert.throws(() => engineText(Buffer.from(`before ${word} after`)), { name: 'BuildError' });
  });

  test('E5: holds nothing but ASCII, and no control that some reader takes for something else', () => {
    assert.doesNotMatch(engineText(pairs).literal, /[^\x01-\x7f]|[\r\x0e\x0f\x1a\x1b]/);
  });
});

describe('allAtOnce', () => {
  test('E5: what a module would load later comes with it', async () => {
    const module = allAtOnce(`export const late = async () => (await import('data:text/javascript,export const word = 7')).word;`);
    assert.doesNotMatch(module, /import\(/);
    const { late } = await import(`data:text/javascript,${encodeURIComponent(module)}`);
    assert.equal(await late(), 7);
  });
  test('E5: there is one engine, the whole, and it comes before a click', () => {
    const before = `import { isExpected } from './expected.js';
const first = () => (isExpected() ? new URL('./sign-in-with-x.wasm', import.meta.url) : small);
const other = isExpected(address);`;
    const after = allAtOnce(before);
    assert.match(after, /\(true \? engine_here\(\) : small\);\nconst other = isExpected\(address\);/);
  });
  test('E5: refuses what cannot be in one file', () => {
    assert.throws(() => allAtOnce('import(somewhere);'), /nobody knows what import\(somewhere\) will load/);
    assert.throws(() => allAtOnce(`new URL('./other.wasm', import.meta.url);`), /no import\.meta/);
  });
});
