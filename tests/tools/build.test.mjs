/** The parts of the build that guard what is published. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertNoPrivatePaths } from '../../www/tools/build/private-paths.mjs';
import { packedReadme } from '../../www/tools/build/readme.mjs';
import { shortenNames } from '../../www/tools/build/short-names.mjs';
import { slimGlue } from '../../www/tools/build/slim-glue.mjs';
import { runStep } from '../../www/tools/build/step.mjs';
import { wasmFunctions } from '../../www/tools/size/wasm-functions.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sign-in-with-x-build-'));
after(() => rmSync(folder, { recursive: true }));

describe('assertNoPrivatePaths', () => {
  const bytes = new TextEncoder().encode('\0\0panicked at /home/ada/.cargo/registry/src/x-1.0/lib.rs\0');
  test('names the path it found', () => {
    assert.throws(() => assertNoPrivatePaths('engine.wasm', bytes, ['/home/ada']), /\/home\/ada\/\.cargo\/registry/);
  });
  test('passes what holds none', () => assertNoPrivatePaths('engine.wasm', bytes, ['/home/grace']));
});

describe('translate', () => {
  test('E1 E5: no zero is in the translation, which bundlers would write as what no module may say', () => {
    const text = readFileSync(new URL('../../pkg/chunk-translated.js', import.meta.url), 'utf8');
    assert.match(text, /signed_in/);
    assert.doesNotMatch(text, /\0|\\0|\\x00|\\u0000/);
  });
});

describe('packedReadme', () => {
  const [start, end] = ['<!-- repository only -->\n', '<!-- end of repository only -->\n'];
  test('leaves out what is marked, each time, and leads to where the simulator is', () => {
    const text = `One.\n\n${start}No.\n${end}\n[Two](www/simulator/README.md).\n\n${start}No.\n${end}\nThree.\n`;
    assert.equal(packedReadme(text, ''), 'One.\n\n[Two](simulator/README.md).\n\nThree.\n');
  });
  test('refuses a mark without its other half', () => {
    for (const text of [`One.\n${start}Two.\n`, `One.\n${end}Two.\n`]) assert.throws(() => packedReadme(text, ''), /no other half/);
  });
  test('E13: has the hash of the script that is packed', () => {
    assert.equal(packedReadme('<script src="x" integrity="sha384-…">', 'sha384-abc'), '<script src="x" integrity="sha384-abc">');
  });
});

describe('runStep', () => {
  let runs = 0;
  const input = join(folder, 'input');
  const output = join(folder, 'output');
  const code = join(folder, 'code.mjs');
  writeFileSync(code, '');
  const step = {
    name: 'test',
    label: `test of the tools ${process.pid}`,
    code: pathToFileURL(code).href,
    inputs: [input],
    outputs: [output],
    async run() {
      runs += 1;
      writeFileSync(output, '');
    },
  };
  const stamp = new URL(`../../target/stamps/${step.label.replaceAll(' ', '-')}`, import.meta.url);
  after(() => rmSync(stamp, { force: true }));

  test('runs when its input changed or its output is gone, and else not', async () => {
    writeFileSync(input, 'one');
    await runStep(step);
    await runStep(step);
    assert.equal(runs, 1);
    writeFileSync(input, 'two');
    await runStep(step);
    assert.equal(runs, 2);
    rmSync(output);
    await runStep(step);
    assert.equal(runs, 3);
  });

  test('a step that failed runs again', async () => {
    writeFileSync(input, 'three');
    await assert.rejects(runStep({ ...step, run: async () => assert.fail('broken') }), /broken/);
    await runStep(step);
    assert.equal(runs, 4);
  });

  test('a step that takes long says so before it runs, and is silent when there is nothing to do', async (t) => {
    const said = t.mock.method(console, 'log', () => {});
    writeFileSync(input, 'four');
    const long = { ...step, takes: 'a while', run: () => (assert.match(said.mock.calls[0]?.arguments[0], /^build: test of the tools \d+ … \(a while\)$/), step.run()) };
    await runStep(long);
    assert.equal(said.mock.callCount(), 2);
    await runStep(long);
    assert.equal(said.mock.callCount(), 2);
  });

  test('a step that writes nothing is an error', async () => {
    rmSync(output);
    await assert.rejects(runStep({ ...step, run: async () => {} }), /did not write/);
  });
});

/** @param {string} value */
const text = (value) => [value.length, ...new TextEncoder().encode(value)];
/** @param {number} id @param {number[]} content */
const section = (id, content) => [id, content.length, ...content];
const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

test('wasmFunctions: names and sizes, imports counted first', () => {
  const module = new Uint8Array([
    ...header,
    ...section(1, [1, 0x60, 0, 0]),
    ...section(2, [1, ...text('m'), ...text('f'), 0, 0]),
    ...section(3, [2, 0, 0]),
    ...section(10, [2, 2, 0, 0x0b, 4, 0, 0x01, 0x01, 0x0b]),
    ...section(0, [...text('name'), 1, 13, 2, 1, ...text('small'), 2, ...text('big')]),
  ]);
  assert.ok(WebAssembly.validate(module));
  assert.deepEqual(wasmFunctions(module), [{ name: 'big', bytes: 4 }, { name: 'small', bytes: 2 }]);
});

test('shortenNames: engine and glue still fit each other', async () => {
  const long = '__wbg_now_0123456789abcdef';
  // An engine that imports memory, a global and two functions, and calls the first function from its export.
  const imports = [
    ...[4, ...text('m'), ...text('memory'), 2, 0, 1],
    ...[...text('m'), ...text('constant'), 3, 0x7f, 0],
    ...[...text('m'), ...text(long), 0, 0],
    ...[...text('m'), ...text('__wbg_set_wasm'), 0, 0],
  ];
  const module = new Uint8Array([
    ...header,
    ...section(1, [1, 0x60, 0, 1, 0x7f]),
    ...section(2, imports),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('run'), 0, 2]),
    ...section(10, [1, 4, 0, 0x10, 0, 0x0b]),
  ]);
  assert.ok(WebAssembly.validate(module));
  const glue = `export function ${long}() { return 42; }\nexport function __wbg_set_wasm() {}\nexport const again = ${long}();\n`;

  const short = shortenNames(module, glue);
  assert.ok(!short.glue.includes(long) && !Buffer.from(short.wasm).includes(long));
  const functions = await import(`data:text/javascript,${encodeURIComponent(short.glue)}`);
  const given = { ...functions, memory: new WebAssembly.Memory({ initial: 1 }), constant: 7 };
  const { instance } = await WebAssembly.instantiate(short.wasm, { [functions.engineModule]: given });
  assert.equal(/** @type {() => number} */ (instance.exports.run)(), 42);

  // E12: the same short names in another build's glue are other functions; that engine must not link.
  const other = shortenNames(module, `${glue}// changed\n`);
  const { engineModule } = await import(`data:text/javascript,${encodeURIComponent(other.glue)}`);
  assert.notEqual(engineModule, functions.engineModule);
  await assert.rejects(WebAssembly.instantiate(short.wasm, { [engineModule]: given }), TypeError);
});

test('shortenNames: what the engine imports past the glue, the glue gives it too', () => {
  const from = './snippets/sign-in-with-x-0123456789abcdef/page.js';
  const module = new Uint8Array([
    ...header,
    ...section(1, [1, 0x60, 0, 1, 0x7f]),
    ...section(2, [1, ...text(from), ...text('timeOrigin'), 0, 0]),
  ]);
  const { wasm, glue } = shortenNames(module, '');
  assert.ok(glue.includes(`export { timeOrigin } from '${from}';`), glue);
  const [, engineModule] = /engineModule = '(.+)'/.exec(glue) ?? [];
  assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(wasm))), [{ module: engineModule, name: 'timeOrigin', kind: 'function' }]);
});

test('slimGlue: a glue that wasm-bindgen writes in another way stops the build', () => {
  assert.throws(() => slimGlue('export function ask(question) {}\n'), /glue has changed/);
});
