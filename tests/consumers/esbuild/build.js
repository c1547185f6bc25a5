/** esbuild leaves `new URL(…, import.meta.url)` as it is, so what it names is laid beside the bundle. */
import { copyFileSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';

await build({ entryPoints: ['src/main.js', 'src/callback.js'], bundle: true, format: 'esm', splitting: true, minify: true, outdir: 'dist/assets' });
const from = 'node_modules/sign-in-with-x';
for (const name of readdirSync(from)) {
  if (name.endsWith('.wasm') && !name.includes('server')) copyFileSync(`${from}/${name}`, `dist/assets/${name}`);
}
