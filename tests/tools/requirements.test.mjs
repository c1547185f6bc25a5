/** tests/requirements.md tells the truth, and the scan behind it misses no test without saying so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { difference, findings, report } from '../../www/tools/requirements/check.mjs';
import { idsOfFunction, idsOfTitle } from '../../www/tools/requirements/ids.mjs';
import { placesOfJavaScript } from '../../www/tools/requirements/places.mjs';
import { scanJavaScript } from '../../www/tools/requirements/scan-javascript.mjs';
import { scanRust } from '../../www/tools/requirements/scan-rust.mjs';
import { requirements } from '../../www/tools/requirements.mjs';

const { old, fresh, found } = await requirements();

test('J8: tests/requirements.md is up to date', () => {
  assert.deepEqual(difference(old, fresh), [], 'npm run requirements');
  assert.equal(old, fresh);
});

test('J8: every id that must have a test has one, and every id that a test names exists', () => {
  assert.equal(report(found).join('\n\n'), '');
});

const here = fileURLToPath(import.meta.url);
/** @param {string} text */
const scan = (text) => scanJavaScript(here, `import { describe, test as check } from 'node:test';\n${text}`);
/** @param {string} text */
const names = (text) => scan(text).tests.map(({ name }) => name);

test('names are read with their groups, and with the tables that they are made from', () => {
  assert.deepEqual(names(`describe('A1: outside', () => { check("within", () => {}); });`), ['A1: outside › within']);
  assert.deepEqual(names(`const rows = { 'A2: x': [1, { flow: 'popup' }], y: [2, {}] };
    for (const [name, [status, { flow }]] of Object.entries(rows)) check(\`\${name} → \${status} by \${flow}\`, async () => {});`), ['A2: x → 1 by popup', 'y → 2 by …']);
  assert.deepEqual(names(`for (const a of ['x', 'y']) for (const b of elsewhere) check(\`A3: \${a} \${b}\`, () => {});`), ['A3: x …', 'A3: y …']);
  assert.deepEqual(names(`const table = JSON.parse(readFileSync(new URL('../fixtures/return-to.json', import.meta.url), 'utf8'));
    for (const key of Object.keys(table).slice(1)) check(\`A4: \${key}\`, () => {});`), ['A4: …']);
});

test('rows of one table share a pattern', () => {
  const { tests } = scan(`for (const id of ['A5 x', 'A6 y']) check(\`\${id}: once\`, () => {});`);
  assert.deepEqual(tests.map(({ name, pattern }) => [name, pattern]), [['A5 x: once', '…: once'], ['A6 y: once', '…: once']]);
});

test('what cannot be read is said, with its line', () => {
  assert.match(String(scan('names.forEach(check);').problems), /^line 2: `check` is not called here/);
  assert.match(String(scan('const again = check;').problems), /^line 2/);
  assert.match(String(scan('export { check };').problems), /^line 2/);
  assert.deepEqual(scan('for (const name of elsewhere) check(`${name}: works`, () => {});').nameless, ['…: works']);
  assert.deepEqual(scan('const scenario = (name, run) => check(name, run);').nameless, ['…']);
  assert.deepEqual(scan('for (const name of elsewhere) check(`A1: ${name}`, () => {});').nameless, []);
  assert.deepEqual(scan('/x/.test(text); const test = 1; check("a", async (t) => { await t.test("b", () => {}); });').problems, []);
});

test('where a test runs, by what its `skip` says of each engine', () => {
  /** @param {string} options */
  const places = (options) => {
    const [row] = scan(`check('A1: x', ${options} () => {});`).tests;
    return row && placesOfJavaScript('tests/e2e/x.test.mjs', 'useBrowser()', row);
  };
  assert.deepEqual(places(''), ['Chromium', 'Firefox', 'WebKitGTK']);
  assert.deepEqual(places('{ timeout: 5 },'), ['Chromium', 'Firefox', 'WebKitGTK']);
  assert.deepEqual(places(`{ skip: !underTest.backAcross && 'not there' },`), ['Chromium', 'Firefox']);
  assert.deepEqual(places(`{ skip: engine === 'firefox' ? 'blocks' : false },`), ['Chromium', 'WebKitGTK']);
  assert.deepEqual(places('{ skip: true },'), []);
  assert.equal(places('{ skip: whoKnows() },'), undefined);
  assert.equal(places('options,'), undefined);
});

test('Rust: tests by their attributes, not by what a comment or a text says', () => {
  assert.deepEqual(scanRust(`
    // #[test] fn no() {}
    const TEXT: &str = "#[test] fn neither() {}";
    #[cfg(test)] mod tests {
      #[test]
      #[should_panic(expected = "it's")]
      fn a1_one<'a>() { let quote = '"'; }
      #[wasm_bindgen_test]
      pub(crate) async fn a2_two() {}
    }`), { tests: [{ name: 'a1_one', native: true, browser: false }, { name: 'a2_two', native: false, browser: true }], problems: [] });
  assert.deepEqual(scanRust('\n#[test]\nfn $name() {}').problems, ['line 2: #[test] is not followed by a function with a name']);
});

test('ids stand in front, or in parentheses', () => {
  assert.deepEqual(idsOfTitle('A7 B2 B8: the callback, opened (G14)'), ['A7', 'B2', 'B8', 'G14']);
  assert.deepEqual(idsOfTitle('A9 empty segments'), ['A9']);
  assert.deepEqual(idsOfTitle('A8 K: byte for byte'), ['A8', 'K']);
  assert.deepEqual(idsOfTitle('README: a page about A7'), []);
  assert.deepEqual(idsOfTitle('A person signs in'), []);
  assert.deepEqual(idsOfFunction('a5_a9_parity_of_b3'), ['A5', 'A9']);
  assert.deepEqual(idsOfFunction('options_that_are_taken'), []);
});

test('each finding is told', () => {
  const kept = (/** @type {string[]} */ ...ids) => ({ file: 'tests/glue/x.test.mjs', name: 'x', isCode: false, ids, places: [] });
  const data = { chapters: {}, ids: { A1: '', A2: '', A3: '', A4: '' }, required: ['A1', 'A2', 'A3', 'A9'], pending: ['A3', 'A4'], nameless: ['old'] };
  const simulators = { ...kept('A2'), file: 'tests/simulator/x.test.mjs' };
  assert.deepEqual(findings(data, { kept: [kept('A1', 'Z1'), kept('A3'), simulators], problems: ['p'], nameless: ['new'] }), {
    unread: ['p'],
    nameless: ['new', 'old'],
    unknown: ['Z1, of: tests/glue/x.test.mjs: x'],
    misplaced: ['A9', 'A4'],
    missing: ['A2', 'A9'],
    arrived: ['A3'],
  });
  assert.deepEqual(difference('| **A1** | a<br>b | c |', '| **A1** | a<br>d | c |'), ['- A1: b', '+ A1: d']);
});
