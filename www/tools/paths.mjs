/** Where things are, absolute, so that every tool runs from any folder. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** @param {...string} parts */
export const at = (...parts) => join(root, ...parts);

export const generated = at('www', 'generated');
export const pkg = at('pkg');
export const target = at('target');

/** A program of a dev dependency, run with this very Node, so that it needs neither PATH nor an executable bit. */
export const nodeTools = {
  wasmOpt: at('node_modules', 'binaryen', 'bin', 'wasm-opt'),
  wasm2js: at('node_modules', 'binaryen', 'bin', 'wasm2js'),
  tsc: at('node_modules', 'typescript', 'bin', 'tsc'),
};
