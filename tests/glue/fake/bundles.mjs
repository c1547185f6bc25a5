/** www/src as the build bundles it, to be run in a fake window. */
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';

const resolveDir = fileURLToPath(new URL('../../../www/src', import.meta.url));

/** @param {string} name @param {string} contents @param {import('esbuild').BuildOptions} [more] */
function bundle(name, contents, more) {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir },
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'error',
    ...more,
  });
  return new vm.Script(outputFiles?.[0]?.text ?? '', { filename: name });
}

/** The callback page's script. */
export const callbackPage = bundle('callback.js', "import './callback.js'");

/** The package, as the global `signInWithX`; with its parts, for what no function of the package's shows. */
export const library = bundle(
  'index.js',
  "export * from './index.js'; export { Client } from './client.js'; export { ask } from './engine/engine.js'; export { whole } from './engine/load.js'; export { SignInWithXElement } from './element.js'",
  { globalName: 'signInWithX', define: { 'import.meta.url': '"https://app.example/sign-in-with-x/index.js"' } },
);
