/**
 * Step `translate`: the page's engine as JavaScript, for browsers without WebAssembly and pages whose policy forbids it (E1).
 * Binaryen's wasm2js translates the very file that others run, so there is no second implementation.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeTools } from '../paths.mjs';
import { mustRun } from '../run.mjs';
import { Reader, sections } from '../wasm-reader.mjs';
import { filesOf } from './engines.mjs';
import { BuildError } from './step.mjs';

/**
 * The data is taken out, and put in by www/src/engine/translated.js: wasm2js would write it as base64, which compresses
 * badly, and because it is mostly words.
 * @param {Uint8Array} wasm
 * @returns {{ code: Uint8Array, start: number, data: string, zero: string }} `data` as one character for each byte, `zero` for those that are 0
 */
export function withoutData(wasm) {
  const reader = new Reader(wasm, 8);
  const kept = [wasm.subarray(0, 8)];
  /** @type {{ start: number, bytes: Uint8Array }[]} */
  const segments = [];
  while (reader.at < wasm.length) {
    const from = reader.at;
    const id = wasm[reader.at++];
    const end = reader.number() + reader.at;
    if (id !== sections.data) kept.push(wasm.subarray(from, end));
    // §5.5.14: active ones of the first memory, at a constant address, are all that there were in 2017.
    else for (let left = reader.number(); left > 0; left -= 1) segments.push(segment(reader));
    reader.at = end;
  }
  const start = Math.min(...segments.map((one) => one.start));
  const image = Buffer.alloc(Math.max(...segments.map((one) => one.start + one.bytes.length)) - start);
  for (const one of segments) image.set(one.bytes, one.start - start);
  return { code: Buffer.concat(kept), start, ...asText(image.toString('latin1')) };
}

/**
 * Most of the data is zeros, and a bundler may write the string anew: swc makes `\00` of a zero before a digit, which no
 * module may say (ECMA-262 §12.9.4.1). So a letter stands for them that is not in the data otherwise.
 * @param {string} bytes
 */
function asText(bytes) {
  const zero = [...'~^|@#\u0100'].find((character) => !bytes.includes(character)) ?? '';
  return { data: bytes.replaceAll('\0', zero), zero };
}

/** @param {Reader} reader */
function segment(reader) {
  if (reader.number() !== 0 || reader.number() !== I32_CONST) throw new BuildError('the engine has data that is not simply there');
  const start = reader.signed();
  if (reader.number() !== END) throw new BuildError('the engine has data at a place that has to be reckoned');
  const length = reader.number();
  reader.at += length;
  return { start, bytes: reader.bytes.subarray(reader.at - length, reader.at) };
}

/** §5.4.7, §5.4.9 */
const I32_CONST = 0x41;
const END = 0x0b;

/**
 * wasm2js makes a module with one instance in it. What remains is its function, which makes as many as are called for.
 * @param {string} module
 * @returns {{ name: string, instantiate: string }} `name` of what it imports from
 */
export function functionOf(module) {
  const [, name, body] = /^import \* as \w+ from '(e-\w+)';\n([^]*\nfunction asmFunc\(imports\) \{[^]*\n\})\n\nvar retasmFunc = /.exec(module) ?? [];
  if (!name || !body || /^import /m.test(body)) throw new BuildError('wasm2js writes its module in another form');
  return { name, instantiate: `${body}\nexport { asmFunc as instantiate };\n` };
}

/** @param {import('./engines.mjs').Engine} engine @returns {import('./step.mjs').Step} */
export const translate = (engine) => {
  const { optimised } = filesOf(engine);
  const bare = join(engine.work, 'without-data.wasm');
  const raw = join(engine.work, 'translated.js');
  const script = join(engine.out, 'translated.js');
  const types = join(engine.out, 'translated.d.ts');
  return {
    name: 'translate',
    label: `translate ${engine.name}`,
    code: import.meta.url,
    inputs: [optimised],
    outputs: [script, types],
    async run() {
      const { code, start, data, zero } = withoutData(readFileSync(optimised));
      writeFileSync(bare, code);
      await mustRun(process.execPath, [nodeTools.wasm2js, bare, '-o', raw, '-Oz', '--mvp-features', '--enable-mutable-globals']);
      const { name, instantiate } = functionOf(readFileSync(raw, 'utf8'));
      writeFileSync(script, `${instantiate}export const engineModule = '${name}';\nexport const start = ${start};\nexport const data = ${JSON.stringify(data)};\nexport const zero = '${zero}';\n`);
      writeFileSync(types, TYPES);
    },
  };
};

const TYPES = `/** An instance of the engine, without its data. */
export function instantiate(imports: WebAssembly.Imports): WebAssembly.Exports;
/** The module name that it imports from, as the engine of the same build does. */
export const engineModule: string;
/** Where in its memory the data begins. */
export const start: number;
/** The data, a character for each byte. */
export const data: string;
/** The character for the bytes that are 0. */
export const zero: string;
`;
