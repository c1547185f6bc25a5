/** Step `inline`: the backend's engine as text, so that `sign-in-with-x/server` is one file that any runtime can load. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from './engines.mjs';

/** @param {import('./engines.mjs').Engine} engine @returns {import('./step.mjs').Step} */
export const inline = (engine) => {
  const { optimised } = filesOf(engine);
  const script = join(engine.out, 'wasm_base64.js');
  const types = join(engine.out, 'wasm_base64.d.ts');
  return {
    name: 'inline',
    label: `inline ${engine.name}`,
    code: import.meta.url,
    inputs: [optimised],
    outputs: [script, types],
    async run() {
      writeFileSync(script, `export const base64 = '${readFileSync(optimised).toString('base64')}';\n`);
      writeFileSync(types, '/** engine.wasm */\nexport const base64: string;\n');
    },
  };
};
