/**
 * `npm run size`: what a page downloads, and the gate on it (size/budget.json). `--details` names the biggest parts,
 * which a broken budget does too.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { engines, filesOf } from './build/engines.mjs';
import { BuildError } from './build/step.mjs';
import { main } from './main.mjs';
import { at, pkg } from './paths.mjs';
import { closureOf } from './size/closure.mjs';
import { wasmFunctions } from './size/wasm-functions.mjs';

/** @typedef {{ name: string, raw: number, gzip: number, brotli: number }} Row */

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

/** The source files and functions that the bytes come from. */
function printDetails() {
  const metafile = at('target', 'javascript.json');
  if (existsSync(metafile)) {
    /** @type {Record<string, { inputs: Record<string, { bytesInOutput: number }> }>} */
    const outputs = JSON.parse(readFileSync(metafile, 'utf8'));
    for (const [output, { inputs }] of Object.entries(outputs)) {
      const parts = Object.entries(inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput).slice(0, 8);
      console.log(`\n${output}`);
      for (const [input, { bytesInOutput }] of parts) console.log(`${String(bytesInOutput).padStart(8)}  ${input}`);
    }
  }
  const { bound } = filesOf(engines[0]);
  if (existsSync(bound)) {
    console.log('\nthe engine, before its last optimisation');
    for (const { name, bytes } of wasmFunctions(readFileSync(bound)).slice(0, 25)) {
      console.log(`${String(bytes).padStart(8)}  ${name}`);
    }
  }
}

/** @param {{ details?: boolean }} [options] */
export async function size({ details = false } = {}) {
  const budget = JSON.parse(readFileSync(at('www', 'tools', 'size', 'budget.json'), 'utf8')).element;
  const element = [...(await closureOf(budget.entry)), budget.engine].map(measure);
  const total = sum('element + glue + engine', element);
  const others = readdirSync(pkg)
    .filter((name) => name.endsWith('.js') && !['bin.js', 'server.js', 'server-node.js', 'server-workerd.js'].includes(name))
    .filter((name) => !element.some((row) => row.name === name))
    .sort();
  print([...element, total, ...others.map(measure)]);
  const over = total.brotli - budget.brotli;
  if (details || over > 0) printDetails();
  if (over > 0) throw new BuildError(`the element is ${over} bytes (brotli) over its budget of ${budget.brotli}`);
}

await main(import.meta.url, (args) => size({ details: args.includes('--details') }));
