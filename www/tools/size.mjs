/**
 * `npm run size`: what a page downloads, and the gate on it (size/budget.json). `--details` names the biggest parts,
 * which a broken budget does too.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { engines, filesOf } from './build/engines.mjs';
import { wasm } from './build/javascript.mjs';
import { BuildError } from './build/step.mjs';
import { main } from './main.mjs';
import { at, pkg } from './paths.mjs';
import { closureOf } from './size/closure.mjs';
import { wasmFunctions } from './size/wasm-functions.mjs';

/** @typedef {{ name: string, raw: number, gzip: number, brotli: number }} Row */

/** @typedef {{ name: string, entry?: string, file?: string, engine?: 'click' | 'browser', brotli: number, target?: number }} Part what is downloaded together, its limit, and where it is to go */

/** @param {string} name a file of pkg/ @returns {Row} */
function measure(name) {
  const content = readFileSync(join(pkg, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return {
    name,
    raw: content.length,
    gzip: gzipSync(content, { level: constants.Z_BEST_COMPRESSION }).length,
    brotli: brotliCompressSync(content, { params }).length,
  };
}

/** @param {string} name @param {Row[]} rows @returns {Row} */
const sum = (name, rows) => ({
  name,
  raw: rows.reduce((total, row) => total + row.raw, 0),
  gzip: rows.reduce((total, row) => total + row.gzip, 0),
  brotli: rows.reduce((total, row) => total + row.brotli, 0),
});

/** @param {Row[]} rows */
function print(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const number = (/** @type {number | string} */ value) => value.toLocaleString('en-US').padStart(9);
  console.log(`${'size'.padEnd(width)} ${number('raw')} ${number('gzip')} ${number('brotli')}`);
  for (const { name, raw, gzip, brotli } of rows) {
    console.log(`${name.padEnd(width)} ${number(raw)} ${number(gzip)} ${number(brotli)}`);
  }
}

/** What esbuild wrote: where each file's bytes come from. @returns {Record<string, { entryPoint?: string, inputs: Record<string, { bytesInOutput: number }> }>} */
const outputs = () => JSON.parse(readFileSync(at('target', 'javascript.json'), 'utf8'));

/** The source files and functions that the bytes of a part come from. @param {Row[]} files @param {Part['engine']} engine */
function printDetails(files, engine) {
  for (const [output, { inputs }] of Object.entries(outputs())) {
    if (!files.some(({ name }) => output === `pkg/${name}`)) continue;
    const parts = Object.entries(inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput).slice(0, 12);
    console.log(`\n${output}`);
    for (const [input, { bytesInOutput }] of parts) console.log(`${String(bytesInOutput).padStart(8)}  ${input}`);
  }
  const { bound } = filesOf(/** @type {import('./build/engines.mjs').Engine} */ (engines.find(({ name }) => name === engine)) ?? engines[0]);
  if (engine && existsSync(bound)) {
    console.log(`\nthe engine ${wasm[engine] ?? 'in it'}, before its last optimisation`);
    for (const { name, bytes } of wasmFunctions(readFileSync(bound)).slice(0, 25)) {
      console.log(`${String(bytes).padStart(8)}  ${name}`);
    }
  }
}

/** What is loaded with a source file. @param {string} [source] */
function scriptsOf(source) {
  const [entry = ''] = Object.entries(outputs()).find(([, { entryPoint }]) => entryPoint === source) ?? [];
  return closureOf(entry.replace('pkg/', ''));
}

/** @param {{ details?: boolean }} [options] */
export async function size({ details = false } = {}) {
  /** @type {Part[]} */ const parts = Object.values(JSON.parse(readFileSync(at('www', 'tools', 'size', 'budget.json'), 'utf8')));
  /** Files that the page has from the part before. @type {Set<string>} */ const had = new Set();
  /** @type {string[]} */ const faults = [];
  for (const part of parts) {
    const files = [...(part.file ? [part.file] : await scriptsOf(part.entry)), ...[part.engine && wasm[part.engine]].flatMap((name) => name ?? [])].filter((name) => !had.has(name)).map(measure);
    for (const { name } of files) had.add(name);
    const total = sum(part.name, files);
    print([...files, total]);
    const { brotli, target } = part;
    if (target) console.log(`target ${target.toLocaleString('en-US')}: ${total.brotli > target ? `missed by ${(total.brotli - target).toLocaleString('en-US')}` : 'met'}`);
    const over = total.brotli - brotli;
    if (details || over > 0) printDetails(files, part.engine);
    if (over > 0) faults.push(`${part.name}: ${over} bytes (brotli) over the budget of ${brotli}`);
    console.log();
  }
  const others = readdirSync(pkg).filter((name) => name.endsWith('.js') && !['bin.js', 'server.js', 'server-node.js', 'server-workerd.js'].includes(name) && !had.has(name));
  print(others.sort().map(measure));
  if (faults.length > 0) throw new BuildError(faults.join('; '));
}

await main(import.meta.url, (args) => size({ details: args.includes('--details') }));
