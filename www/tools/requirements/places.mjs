/** Where the tests of a folder run. A new folder of tests is a new row, and an error until it has one. */
import { ENGINES } from '../../../tests/e2e/harness/engines.mjs';

export const NATIVE = 'native';
export const NODE = 'Node';
const WASM_PACK = [ENGINES.chromium, ENGINES.firefox].map((engine) => String(engine?.title));

/** The suites of test/steps.mjs; the browsers of tests/browser are wasm-pack's. */
const FOLDERS = {
  rust: ['src/', 'tests/native/', 'tests/browser/'],
  node: ['tests/glue/', 'tests/pack/', 'tests/server/', 'tests/simulator/', 'tests/tools/', 'tests/types/'],
  engines: ['tests/e2e/'],
  hosts: ['tests/runtimes/'],
};

/** What each example of tests/runtimes runs on. @type {Record<string, string>} */
const RUNTIMES = { node: NODE, express: NODE, hono: NODE, next: NODE, bun: 'Bun', deno: 'Deno', worker: 'workerd', axum: NATIVE };

/** @param {string} path @param {string[]} folders */
const isBelow = (path, folders) => folders.some((folder) => path.startsWith(folder));

/** @param {string} path @param {{ native: boolean, browser: boolean }} test @returns {string[] | undefined} */
export const placesOfRust = (path, { native, browser }) =>
  isBelow(path, FOLDERS.rust) ? [...(native ? [NATIVE] : []), ...(browser ? WASM_PACK : [])] : undefined;

/**
 * @param {string} path
 * @param {string} text the file's
 * @param {import('./scan-javascript.mjs').Found} test
 * @returns {string[] | undefined} `undefined` when that cannot be told
 */
export function placesOfJavaScript(path, text, { name, runs }) {
  if (isBelow(path, FOLDERS.node)) return places({ [NODE]: runs({}) });
  if (isBelow(path, FOLDERS.hosts)) {
    const runtime = RUNTIMES[name.split(' › ')[0] ?? ''];
    return runtime === undefined ? undefined : places({ [runtime]: runs({}) });
  }
  if (!isBelow(path, FOLDERS.engines)) return undefined;
  // A file of the folder that starts no browser is the same test under every engine: Node's.
  if (!/\b(?:useBrowser|startDriver)\b/.test(text)) return places({ [NODE]: runs({}) });
  return places(Object.fromEntries(Object.entries(ENGINES).map(([engine, underTest]) => [underTest.title, runs({ engine, underTest })])));
}

/** @param {Record<string, boolean | undefined>} answers */
const places = (answers) =>
  Object.values(answers).includes(undefined) ? undefined : Object.keys(answers).filter((place) => answers[place]);
