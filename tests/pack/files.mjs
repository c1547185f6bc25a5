/**
 * Every file of the package, so that one more, or one that is gone, is a decision. The simulator and the types are shipped as they
 * are written, so these two lists are their folders.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './tarball.mjs';

const documents = ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'ERRORS.md', 'SECURITY.md'];

const data = ['package.json', 'custom-elements.json', 'callback.css', 'sign-in-with-x.wasm', 'sign-in-with-x-server.wasm'];

/** What a browser loads by its name. */
const browser = ['index', 'define', 'element', 'permissions', 'permissions-define', 'callback', 'react', 'vue', 'chunk-identity', 'chunk-translated', 'chunk-words'];

/** The same under Node, with the engine from the disk. */
const node = ['index', 'define', 'element', 'react', 'vue'].map((name) => `${name}-node`);

const others = ['react-native', 'server', 'server-node', 'server-workerd', 'bin', 'dist/sign-in-with-x', 'dist/chunk-translated'];

/** What entry points share, named by what it holds. */
export const isShared = (/** @type {string} */ name) => /^chunk-[A-Z0-9]{8}\.js$/.test(name);

/** Every file of a folder of www/, as the package names it. @param {string} folder */
async function filesOf(folder) {
  const entries = await readdir(join(root, 'www', folder), { recursive: true, withFileTypes: true });
  const base = join(root, 'www');
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.path, entry.name).slice(base.length + 1));
}

export async function expectedFiles() {
  const scripts = [...browser, ...node, ...others].map((name) => `${name}.js`);
  return [...documents, ...data, ...scripts, ...(await filesOf('simulator')), ...(await filesOf('types'))].sort();
}
