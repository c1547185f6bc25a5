import { glue } from '../../generated/click/engine_bg.js';
import { SignInError, hasSentence } from '../errors.js';
import { isExpected } from '../expected.js';
import { download } from './download.js';
import { install } from './engine.js';

/** @typedef {import('../../types/index.d.ts').InitOptions} InitOptions */
/** @typedef {typeof import('../ending.js')} Ending */

/** @type {Promise<void> | undefined} */
let loading;

/** @type {Promise<Ending> | undefined} */
let completing;

/** What runs after the click, with the whole engine; undefined until it is there. @type {Ending | undefined} */
export let ending;

/**
 * Loads the engine once: what a page needs of it until the click, or the whole of it where the host says which file, or
 * where this page may be the end of a sign-in. Later and parallel calls share the first one's promise; after a failure the
 * next call tries again.
 * @param {InitOptions} [options]
 * @returns {Promise<void>}
 */
export function init(options = {}) {
  loading ??= begin(options).catch((thrown) => {
    loading = undefined;
    throw thrown;
  });
  return loading;
}

/** @param {InitOptions} options */
async function begin(options) {
  if (completing || options.wasm || options.integrity || isExpected()) await whole(options);
  else {
    try {
      const run = await start(new URL('./sign-in-with-x-click.wasm', import.meta.url), '', glue);
      if (!ending) run();
    } catch (cause) {
      throw unavailable(cause);
    }
  }
}

/** @param {unknown} cause */
const unavailable = (cause) => new SignInError('wasm_unavailable', { cause });

/** The scripts that run after the click. */
export const script = () =>
  import('../ending.js').catch((cause) => {
    throw unavailable(cause);
  });

/** @param {SignInError} error @returns {Promise<SignInError>} the same in a sentence, which may have to be loaded */
export const explained = async (error) => {
  if (hasSentence(error.code)) return error;
  await script().catch(() => {});
  return new SignInError(error.code, error);
};

/**
 * Loads the whole engine, and the scripts that need it, once.
 * @param {InitOptions} [options]
 * @returns {Promise<Ending>}
 */
export function whole({ wasm, integrity } = {}) {
  completing ??= complete(wasm ?? new URL('./sign-in-with-x.wasm', import.meta.url), integrity).catch((cause) => {
    completing = undefined;
    throw cause instanceof SignInError ? cause : unavailable(cause);
  });
  return completing;
}

/** @param {NonNullable<InitOptions['wasm']>} wasm @param {string} [integrity] */
async function complete(wasm, integrity) {
  const loaded = script();
  const run = await start(wasm, integrity, loaded.then((all) => all.glue));
  ending = await loaded;
  run();
  return ending;
}

/**
 * Makes an instance of an engine.
 * @param {NonNullable<InitOptions['wasm']>} source
 * @param {string | undefined} integrity
 * @param {typeof glue | Promise<typeof glue>} its glue
 * @returns {Promise<() => void>} makes it the one that answers
 */
async function start(source, integrity, its) {
  const isAddress = typeof source === 'string' || source instanceof URL;
  const [code, { name, imports, run, ask }] = await Promise.all([isAddress ? download(source, integrity) : source, its]);
  // A module gives an instance, bytes give an instance beside their module.
  /** @type {any} */
  const made = await WebAssembly.instantiate(/** @type {any} */ (code), /** @type {any} */ ({ [name]: imports }));
  return () => {
    run((made.instance ?? made).exports);
    install(ask);
  };
}
