import { SignInError } from '../errors.js';
import { download } from './download.js';
import { engineModule, imports, install } from './engine.js';

/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads the engine once. Later and parallel calls share the first one's promise; after a failure the next call tries
 * again.
 * @param {import('../../types/index.d.ts').InitOptions} [options]
 * @returns {Promise<void>}
 */
export function init(options) {
  loading ??= load(options).catch((cause) => {
    loading = undefined;
    throw new SignInError('wasm_unavailable', { cause });
  });
  return loading;
}

/** @param {import('../../types/index.d.ts').InitOptions} [options] */
async function load({ wasm, integrity } = {}) {
  const source = wasm ?? new URL('./sign-in-with-x.wasm', import.meta.url);
  const code = typeof source === 'string' || source instanceof URL ? await download(source, integrity) : source;
  // A module gives an instance, bytes give an instance beside their module.
  /** @type {any} */
  const made = await WebAssembly.instantiate(/** @type {any} */ (code), /** @type {any} */ ({ [engineModule]: imports }));
  install((made.instance ?? made).exports);
}
