/**
 * Step `bindgen`: the glue between JavaScript and the engine. Of wasm-bindgen's output only `engine_bg.js` is used,
 * which neither fetches nor instantiates anything; www/src does that, and says so when it fails.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cargoTools } from '../versions.mjs';
import { at } from '../paths.mjs';
import { mustRun } from '../run.mjs';
import { filesOf } from './engines.mjs';
import { shortenNames } from './short-names.mjs';
import { slimGlue } from './slim-glue.mjs';

/** @param {import('./engines.mjs').Engine} engine @returns {import('./step.mjs').Step} */
export const bindgen = (engine) => {
  const { lowered, bindings, bound } = filesOf(engine);
  const glue = join(engine.out, 'engine_bg.js');
  const types = join(engine.out, 'engine_bg.d.ts');
  // Nobody downloads the backend's with a page.
  const isSlim = engine.name !== 'server';
  return {
    name: 'bindgen',
    label: `bindgen ${engine.name}`,
    code: import.meta.url,
    inputs: [lowered, ...['short-names.mjs', 'slim-glue.mjs'].map((name) => at('www', 'tools', 'build', name))],
    outputs: [bound, glue, types],
    parameters: cargoTools.wasmBindgen.version,
    async run() {
      rmSync(bindings, { recursive: true, force: true });
      await mustRun('wasm-bindgen', ['--target', 'bundler', '--encode-into', 'always', '--out-dir', bindings, '--out-name', 'engine', lowered]);
      mkdirSync(engine.out, { recursive: true });
      // The modules that the crate imports from, which the glue imports.
      const snippets = join(bindings, 'snippets');
      rmSync(join(engine.out, 'snippets'), { recursive: true, force: true });
      if (existsSync(snippets)) cpSync(snippets, join(engine.out, 'snippets'), { recursive: true });
      const short = shortenNames(readFileSync(bound), readFileSync(join(bindings, 'engine_bg.js'), 'utf8'));
      writeFileSync(bound, short.wasm);
      writeFileSync(glue, isSlim ? slimGlue(short.glue) : short.glue);
      writeFileSync(types, typesOf(readFileSync(join(bindings, 'engine.d.ts'), 'utf8'), isSlim));
    },
  };
};

/** wasm-bindgen types its own loader, not the glue; the glue has one function more. @param {string} loaderTypes @param {boolean} isSlim */
const typesOf = (loaderTypes, isSlim) => `${loaderTypes}
/** Gives the glue the engine it speaks to; before it, no other function of this module works. */
export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
/** The module name that an engine of the same build imports from; any other does not link. */
export const engineModule: string;
${isSlim ? '/** All of it: the question, what gives it the engine, the name that the engine imports from, and what it imports. */\nexport const glue: { ask: (question: string) => string, run: (exports: WebAssembly.Exports) => void, name: string, imports: WebAssembly.ModuleImports };\n' : ''}`;
