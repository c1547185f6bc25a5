/** The package as it was built, in folders of its own: as many copies as a test wants, each in a state of its own. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { shortenNames } from '../../www/tools/build/short-names.mjs';
import { pkg } from '../../www/tools/paths.mjs';
import { bytes, clickBytes } from './engine.mjs';

export const WASM = 'sign-in-with-x.wasm';
export const TRANSLATED = 'chunk-translated.js';
const names = readdirSync(pkg).filter((name) => /^(index|chunk-[\w-]+)\.js$/.test(name) || name === WASM);

/**
 * A release is a file's bytes by its name.
 * @typedef {Record<string, Buffer>} Release
 */

/** What was built. @type {Release} */
export const release = Object.fromEntries(names.map((name) => [name, readFileSync(join(pkg, name))]));

/** The names that the built engines import from, and those of a build that differs in a comment; as the build makes them. */
const renamed = [bytes, clickBytes].map((bytes) => {
  const [built = ''] = /\be-[0-9a-f]{8}\b/.exec(bytes.toString('latin1')) ?? [];
  const [, other = ''] = /'(e-[0-9a-f]{8})';\n$/.exec(shortenNames(bytes, '// another').glue) ?? [];
  return { built, other };
});

/** The next release: the same in everything but what tells the two apart. @type {Release} */
export const nextRelease = Object.fromEntries(
  Object.entries(release).map(([name, bytes]) => [
    name,
    Buffer.from(renamed.reduce((text, { built, other }) => text.replaceAll(built, other), bytes.toString('latin1')), 'latin1'),
  ]),
);

/**
 * Puts a release somewhere, and imports nothing of it.
 * @param {import('node:test').TestContext} t
 * @param {Release} [files]
 */
export function unpacked(t, files = release) {
  const folder = mkdtempSync(join(tmpdir(), 'sign-in-with-x-copy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const url = pathToFileURL(join(folder, 'index.js'));
  return {
    folder,
    /** @returns {Promise<typeof import('../../www/src/index.js')>} */
    library: () => import(url.href),
    /** What a server answers there. @param {string | URL} asked */
    serve: (asked) => new Response(readFileSync(new URL(asked))),
  };
}
