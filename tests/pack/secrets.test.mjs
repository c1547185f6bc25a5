/** A13 G9: what a browser may load of the package can hold no secret of a backend, and cannot sign with one. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { run } from './tarball.mjs';

const BACKEND = /client_secret|oauth_signature|hmac.?sha|oauth_consumer_key|refresh_token|grant_type/i;

const pkg = new URL('../../pkg/', import.meta.url);
const read = (/** @type {string} */ name) => readFile(new URL(name, pkg), 'latin1');

/** Every file that one of these loads: by an import, at once or later, by an address beside it. @param {string[]} entries */
async function reach(entries) {
  const found = new Set();
  const go = [...entries];
  for (let name = go.pop(); name; name = go.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    if (!name.endsWith('.js')) continue;
    // Whatever stands in a script as a relative path to something of the package, or as the name of a file beside it.
    for (const [, path] of (await read(name)).matchAll(/["'`]((?:\.{1,2}\/[\w./-]+|chunk-[\w-]+)\.(?:js|wasm|css|json))["'`]/g)) go.push(posix.join(posix.dirname(name), path));
  }
  return found;
}

test('A13 G9: no file that a browser loads knows a client secret, a signature of OAuth 1.0a or a token request', async () => {
  const [{ files }] = JSON.parse(await run('npm', ['pack', '--dry-run', '--json'], fileURLToPath(pkg)));
  const paths = /** @type {{ path: string }[]} */ (files).map(({ path }) => path);
  const { exports, bin } = JSON.parse(await read('package.json'));
  const entriesOf = (/** @type {(name: string) => boolean} */ wanted) => Object.entries(exports).filter(([name]) => wanted(name))
    .flatMap(([, value]) => (typeof value === 'string' ? [value] : Object.entries(value).filter(([condition]) => condition !== 'types').map(([, path]) => path)))
    .map((path) => posix.normalize(path)).filter((path) => path !== 'package.json');
  const isBackend = (/** @type {string} */ name) => /^\.\/(server|simulator)\b/.test(name);
  const backend = await reach([...entriesOf(isBackend), ...Object.values(bin).map((path) => posix.normalize(String(path)))]);
  const browser = await reach(entriesOf((name) => !isBackend(name)));

  assert.deepEqual([...browser].filter((name) => backend.has(name)), [], 'nothing is for both');
  // A file that nobody is known to load is taken for a browser's.
  const code = paths.filter((path) => /\.(js|mjs|cjs|wasm|css|html|json|map)$/.test(path) && path !== 'package.json');
  const others = code.filter((path) => !backend.has(path) && !browser.has(path) && !path.startsWith('simulator/'));
  assert.deepEqual(others, [], 'every file is one or the other');
  assert.ok(['sign-in-with-x.wasm', 'callback.js', 'callback.css', 'chunk-identity.js', 'chunk-words.js', 'define.js'].every((name) => browser.has(name)), [...browser].join());
  for (const name of browser) assert.equal(BACKEND.exec(await read(name))?.[0], undefined, name);
  // What is looked for is what a backend says.
  const said = (await Promise.all([...backend].map(read))).join('\n');
  for (const word of ['client_secret', 'oauth_signature', 'HMAC-SHA1', 'grant_type']) assert.ok(said.includes(word), word);
});
