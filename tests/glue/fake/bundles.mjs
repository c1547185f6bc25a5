/** www/src as the build bundles it, to be run in a fake window. */
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** @param {string} name @param {import('esbuild').BuildOptions} [more] */
function bundle(name, more) {
  const entry = fileURLToPath(new URL(`../../../www/src/${name}`, import.meta.url));
  const { outputFiles } = buildSync({
    entryPoints: [entry],
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
export const callbackPage = bundle('callback.js');

/** The package, as the global `signInWithX`. */
export const library = bundle('index.js', {
  globalName: 'signInWithX',
  define: { 'import.meta.url': '"https://app.example/sign-in-with-x/index.js"' },
});
