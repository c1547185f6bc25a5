/**
 * Step `trap`: a panic ends in a trap, and its message goes to a standard error that WebAssembly does not have. What
 * leads there (which line, which index, formatted) is 1 KB of brotli that nobody can read, so it traps at once.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from './engines.mjs';
import { BuildError } from './step.mjs';

/** The functions of the standard library that do not return, by their names in the engine. */
const panics = new RegExp(
  [
    'core\\[[0-9a-f]+\\]::panicking::panic',
    'core\\[[0-9a-f]+\\]::(option|result)::(unwrap|expect)_failed',
    'core\\[[0-9a-f]+\\]::slice::index::slice_\\w*fail',
    'core\\[[0-9a-f]+\\]::str::slice_error_fail',
    'core\\[[0-9a-f]+\\]::cell::panic_',
    'alloc\\[[0-9a-f]+\\]::raw_vec::(handle_error|capacity_overflow)',
    'alloc\\[[0-9a-f]+\\]::alloc::handle_alloc_error',
    '__rustc\\[[0-9a-f]+\\]::rust_begin_unwind',
  ]
    .map((pattern) => `^${pattern}`)
    .join('|'),
);

/** @param {import('./engines.mjs').Engine} engine @returns {import('./step.mjs').Step} */
export const trap = (engine) => {
  const { bound, trapping } = filesOf(engine);
  return {
    name: 'trap',
    label: `trap ${engine.name}`,
    code: import.meta.url,
    inputs: [bound],
    outputs: [trapping],
    async run() {
      const { default: binaryen } = await import('binaryen');
      const module = binaryen.readBinary(readFileSync(bound));
      const all = Array.from({ length: module.getNumFunctions() }, (_, index) => module.getFunctionByIndex(index));
      const found = all.filter((each) => panics.test(binaryen.getFunctionInfo(each).name));
      if (found.length === 0) throw new BuildError('no panic was found in the engine: did the standard library rename them?');
      // Part of Binaryen's documented interface, but not of its type declarations.
      const { setBody } = /** @type {any} */ (binaryen).Function;
      for (const each of found) setBody(each, module.unreachable());
      // wasm-bindgen exports what only other targets call.
      const glue = readFileSync(join(engine.out, 'engine_bg.js'), 'utf8');
      for (let index = module.getNumExports() - 1; index >= 0; index -= 1) {
        const { name } = binaryen.getExportInfo(module.getExportByIndex(index));
        if (!glue.includes(`wasm.${name}`)) module.removeExport(name);
      }
      writeFileSync(trapping, module.emitBinary());
      module.dispose();
    },
  };
};
