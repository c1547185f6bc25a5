/** Step `opt`: the smallest engine with the same behaviour, and nothing in it about the machine that built it. */
import { readFileSync, mkdirSync } from 'node:fs';
import { nodeTools } from '../paths.mjs';
import { mustRun } from '../run.mjs';
import { filesOf } from './engines.mjs';
import { assertNoPrivatePaths } from './private-paths.mjs';

// The low 1 KB is the far end of Rust's stack and holds nothing: addresses below it need no check when they are folded.
const flags = ['-Oz', '--low-memory-unused', '--mvp-features', '--enable-mutable-globals', '--strip-debug', '--strip-producers'];

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
      assertNoPrivatePaths(optimised, readFileSync(optimised));
    },
  };
};
