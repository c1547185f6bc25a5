/**
 * Step `lower`: the standard library comes compiled with a few newer instructions, which `-Ctarget-cpu=mvp` cannot
 * change. Binaryen rewrites them, and drops the section that lists the features, which wasm-bindgen would act on.
 */
import { nodeTools } from '../paths.mjs';
import { mustRun } from '../run.mjs';
import { filesOf } from './engines.mjs';

const passes = [
  '--signext-lowering',
  '--llvm-nontrapping-fptoint-lowering',
  '--llvm-memory-copy-fill-lowering',
  '--strip-target-features',
];

/** @param {import('./engines.mjs').Engine} engine @returns {import('./step.mjs').Step} */
export const lower = (engine) => {
  const { compiled, lowered } = filesOf(engine);
  return {
    name: 'lower',
    label: `lower ${engine.name}`,
    code: import.meta.url,
    inputs: [compiled],
    outputs: [lowered],
    async run() {
      // -g keeps function names: `npm run size` names the big ones.
      await mustRun(process.execPath, [nodeTools.wasmOpt, compiled, '-o', lowered, '-g', ...passes]);
    },
  };
};
