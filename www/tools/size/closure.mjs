/** Which files a page downloads for one entry point: itself and all that it imports before it runs. */
import { basename } from 'node:path';
import { at, pkg } from '../paths.mjs';

/**
 * @param {string} entry a file of pkg/
 * @returns {Promise<string[]>} names in pkg/, the entry first
 */
export async function closureOf(entry) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: pkg,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    outdir: at('target'),
    logLevel: 'error',
  });
  const followed = new Set([entry]);
  for (const name of followed) {
    for (const { path, kind } of metafile.inputs[name].imports) {
      if (kind === 'import-statement') followed.add(path);
    }
  }
  return [...followed].map((path) => basename(path));
}
