/** Step `opt`: the smallest engine with the same behaviour, and nothing in it about the machine that built it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { nodeTools } from '../paths.mjs';
import { mustRun } from '../run.mjs';
import { filesOf } from './engines.mjs';
import { assertNoPrivatePaths } from './private-paths.mjs';

const page = [
  // Expressions taken apart and blocks laid out anew: what is put together again from there is smaller than what LLVM wrote.
  // The data stays one piece: its zeros compress better than the heads of many pieces. What repeats compresses too: no
  // function moves into its only caller, and no expression is kept for the next place that needs it.
  ...['--flatten', '--rereloop', '-Oz', '-Oz', '--converge', '--one-caller-inline-max-function-size=0'],
  ...['memory-packing', 'local-cse'].map((pass) => `--skip-pass=${pass}`),
];

const rounds = {
  browser: page,
  click: page,
  // Nobody downloads it with a page.
  server: ['-Oz'],
};

const flags = [
  // The low 1 KB is the far end of Rust's stack and holds nothing: addresses below it need no check when they are folded.
  '--low-memory-unused',
  ...['--mvp-features', '--enable-mutable-globals', '--strip-debug', '--strip-producers'],
];

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
  const passes = [...rounds[engine.name], ...flags];
  return {
    name: 'opt',
    label: `opt ${engine.name}`,
    takes: 'makes the engine small; up to a minute',
    code: import.meta.url,
    inputs: [trapping],
    outputs: [optimised],
    parameters: passes,
    async run() {
      mkdirSync(engine.out, { recursive: true });
      await mustRun(process.execPath, [nodeTools.wasmOpt, trapping, '-o', optimised, ...passes]);
      writeFileSync(optimised, withoutPanicWords(readFileSync(optimised)));
      assertNoPrivatePaths(optimised, readFileSync(optimised));
    },
  };
};
