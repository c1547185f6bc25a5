/**
 * Step `inline`: an engine as a module. The backend's, so that `sign-in-with-x/server` is one file that any runtime can load;
 * and the one that a page needs before the click, so that it comes with the script and not by a request after it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../paths.mjs';
import { plainModule } from './engine-text.mjs';
import { filesOf } from './engines.mjs';

/** @typedef {(engine: import('./engines.mjs').Engine) => import('./step.mjs').Step} StepOf */

/** For backends: what every runtime can read back by itself. @type {StepOf} */
export const base64 = (engine) =>
  inline(engine, 'wasm_base64', (bytes) => `export const base64 = '${bytes.toString('base64')}';\n`, '/** engine.wasm */\nexport const base64: string;\n');

/** For pages: what is small after brotli. @type {StepOf} */
export const text = (engine) => inline(engine, 'text', plainModule, TYPES);

const TYPES = `/** engine.wasm, as www/src/engine/text.js reads it, with its key. */
export const text: string;
export const key: string;
`;

/**
 * @param {import('./engines.mjs').Engine} engine
 * @param {string} name of the module
 * @param {(bytes: Buffer) => string} moduleOf
 * @param {string} itsTypes
 * @returns {import('./step.mjs').Step}
 */
const inline = (engine, name, moduleOf, itsTypes) => {
  const { optimised } = filesOf(engine);
  const script = join(engine.out, `${name}.js`);
  const types = join(engine.out, `${name}.d.ts`);
  return {
    name: 'inline',
    label: `inline ${engine.name}`,
    code: import.meta.url,
    inputs: [optimised, at('www', 'tools', 'build', 'engine-text.mjs')],
    outputs: [script, types],
    async run() {
      writeFileSync(script, moduleOf(readFileSync(optimised)));
      writeFileSync(types, itsTypes);
    },
  };
};
