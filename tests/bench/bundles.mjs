/**
 * The contestants' bundles, made by esbuild with the same options for all.
 * @module
 */

import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { at, pkg, root } from '../../www/tools/paths.mjs';
import { CONTESTANTS } from './contestants.mjs';

const out = at('target', 'bench');

/** The version of what was really bundled. @param {string[]} inputs @param {string} name */
function versionOf(inputs, name) {
  const input = inputs.find((path) => path.includes(`/node_modules/${name}/`));
  if (!input) throw new Error(`the bundle holds nothing of ${name}`);
  const folder = `${input.slice(0, input.lastIndexOf(`/node_modules/${name}/`))}/node_modules/${name}`;
  return String(JSON.parse(readFileSync(join(resolve(root, folder), 'package.json'), 'utf8')).version);
}

/**
 * @param {string} modules where the peers are
 * @returns {Promise<{ files: Map<string, Uint8Array>, versions: Record<string, string> }>} the files by their addresses
 */
export async function bundle(modules) {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  /** @type {Record<string, string>} */
  const versions = { 'sign-in-with-x': String(JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8')).version) };
  for (const { entry, from } of CONTESTANTS) {
    if (!entry || files.has(`/bundle/${entry}`)) continue;
    const name = basename(entry, '.js');
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: [{ in: at('tests', 'bench', 'entries', entry), out: name }],
      // The peers from their own list, also what the workspace happens to have too.
      ...(from && { alias: { [from]: join(modules, from) } }),
      nodePaths: [modules],
      bundle: true,
      // As bundlers do unless told: what is loaded later stays a file of its own.
      splitting: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      legalComments: 'none',
      logLevel: 'error',
      metafile: true,
      write: false,
      outdir: join(out, name),
    });
    if (from) versions[from] = versionOf(Object.keys(metafile.inputs), from);
    for (const { path, contents } of outputFiles) files.set(`/bundle/${relative(join(out, name), path)}`, contents);
  }
  return { files, versions };
}

/** A file of the package beside a bundle, or at its own place: whatever a page asks for. @param {string} path */
export function packaged(path) {
  const name = path.startsWith('/pkg/') ? path.slice('/pkg/'.length) : basename(path);
  const file = join(pkg, name);
  if (relative(pkg, file).startsWith('..') || !existsSync(file)) return undefined;
  return readFileSync(file);
}
