/** Step `opt`: the smallest engine with the same behaviour, and nothing in it about the machine that built it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { nodeTools } from '../paths.mjs';
import { mustRun } from '../run.mjs';
import { filesOf } from './engines.mjs';
import { assertNoPrivatePaths } from './private-paths.mjs';

// The low 1 KB is the far end of Rust's stack and holds nothing: addresses below it need no check when they are folded.
const flags = ['-Oz', '--low-memory-unused', '--mvp-features', '--enable-mutable-globals', '--strip-debug', '--strip-producers'];

/** What a panic would print: source files, which differ with how Rust was installed, and the standard library's words. */
const panicWords = new RegExp(
  [
    '(?:/rustc/[0-9a-f]{40}|rust)/library/[\\w/-]+\\.rs',
    '[\\w-]+-\\d+\\.\\d+\\.\\d+/src/[\\w/]+\\.rs',
    'cannot access a Thread Local Storage value during or after destruction: ',
    'copy_from_slice: source slice length \\(',
    '\\) does not match destination slice length \\(',
    'attempt to join into collection with len > usize::MAX',
    'capacity overflow',
  ].join('|'),
  'g',
);

/**
 * Panics trap before they print (trap.mjs), but their words stay in the data. Zeros of the same length change no address.
 * @param {Buffer} wasm
 */
const withoutPanicWords = (wasm) =>
  Buffer.from(wasm.toString('latin1').replace(panicWords, (found) => '\0'.repeat(found.length)), 'latin1');

/** @param {import('./engines.mjs').Engine} engine @returns {import('./step.mjs').Step} */
export const optimise = (engine) => {
  const { trapping, optimised } = filesOf(engine);
  return {
    name: 'opt',
    label: `opt ${engine.name}`,
    code: import.meta.url,
    inputs: [trapping],
    outputs: [optimised],
    parameters: flags,
    async run() {
      mkdirSync(engine.out, { recursive: true });
      await mustRun(process.execPath, [nodeTools.wasmOpt, trapping, '-o', optimised, ...flags]);
      writeFileSync(optimised, withoutPanicWords(readFileSync(optimised)));
      assertNoPrivatePaths(optimised, readFileSync(optimised));
    },
  };
};
