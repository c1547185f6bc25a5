import { glue } from '../../generated/click/engine_bg.js';
import { key, text } from '../../generated/click/text.js';
import { SignInError, hasSentence, learn } from '../errors.js';
import { isExpected, page } from '../expected.js';
import { toForm } from '../form.js';
import { forget } from '../record.js';
import { sibling } from '../sibling.js';
import { download } from './download.js';
import { ask, install, isReady } from './engine.js';
import { toBytes } from './text.js';

/** @typedef {import('../../types/index.d.ts').InitOptions} InitOptions */
/** @typedef {typeof import('../ending.js')} Ending */
/** @typedef {typeof glue} Glue */

/** @type {Promise<void> | undefined} */
let loading;

/** @type {Promise<Ending> | undefined} */
let completing;

/** What to do without WebAssembly. @type {InitOptions['fallback']} */
let fallback;

/** What runs after the click, with the whole engine; undefined until it is there. @type {Ending | undefined} */
export let ending;

/** Why the engine runs as JavaScript; undefined while it does not. @type {any} */
export let because;

/**
 * Loads the engine once: what a page needs of it until the click, or the whole of it where the host says which file, or
 * where this page may be the end of a sign-in. Later and parallel calls share the first one's load; after a failure the
 * next call tries again.
 * @param {InitOptions} [options]
 * @returns {Promise<void>}
 */
export async function init(options = {}) {
  // Also for a load that is under way, as the one of an element that was there first.
  fallback = options.fallback ?? fallback;
  // The engine of an element that was there first does not make up for the one that the host names.
  if (isReady() && (ending || !(options.wasm || options.integrity))) return;
  loading ??= begin(options).finally(() => {
    loading = undefined;
  });
  await loading;
}

/** @param {InitOptions} options */
async function begin(options) {
  if (fallback === 'always' || ending || completing || options.wasm || options.integrity || isExpected()) {
    await whole(options);
    return;
  }
  try {
    const run = atOnce() ?? (await start(bytes(), '', { glue }));
    if (!ending) run();
  } catch (cause) {
    await whole(options, cause);
  }
}

/** Of the engine that is in the script; nobody keeps them. */
const bytes = () => toBytes(text, key);

/** That engine in this very task, which is sooner than it could be waited for. */
function atOnce() {
  const make = () => new WebAssembly.Instance(new WebAssembly.Module(bytes()), { [glue.name]: glue.imports }).exports;
  try {
    return running(glue, make(), make);
  } catch (thrown) {
    // Too big for one task: more than four kilobytes in Chromium below 114. Whatever else it is would come again.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** @param {unknown} cause */
const unavailable = (cause) => new SignInError('wasm_unavailable', { cause });

/** What the scripts after the click need of those before it. */
export const first = { SignInError, ask, forget, learn, page, sibling, toForm };

/** The scripts that run after the click. @returns {Promise<Ending>} */
export const script = () =>
  import('../ending.js').then(
    (its) => {
      its.start(first);
      return its;
    },
    (cause) => {
      throw unavailable(cause);
    },
  );

/** @param {SignInError} error @returns {Promise<SignInError>} the same in a sentence, which may have to be loaded */
export const explained = async (error) => {
  if (hasSentence(error.code)) return error;
  await script().catch(() => {});
  return new SignInError(error.code, error);
};

/**
 * Loads the whole engine, and the scripts that need it, once.
 * @param {InitOptions} [options]
 * @param {unknown} [cause] why not as WebAssembly, if that is known
 * @returns {Promise<Ending>}
 */
export async function whole(options, cause) {
  if (ending && isReady()) return ending;
  completing ??= complete(options, cause).finally(() => {
    completing = undefined;
  });
  return completing;
}

/**
 * Whether WebAssembly runs here is only known once it has: `WebAssembly.validate` says yes where a policy says no (E2).
 * @param {InitOptions} [options]
 * @param {any} [cause]
 */
async function complete({ wasm, integrity } = {}, cause) {
  const loaded = script();
  // It may be that nobody waits for them.
  loaded.catch(() => {});
  /** @type {() => void} */ let run;
  try {
    if (fallback === 'always') throw new Error(fallback);
    if (cause) throw cause;
    run = await start(wasm ?? new URL('./sign-in-with-x.wasm', import.meta.url), integrity, loaded);
  } catch (/** @type {any} */ first) {
    if (first instanceof SignInError) throw first;
    if (fallback === 'never') throw unavailable(first);
    try {
      run = await translated(loaded);
      because = first;
    } catch (/** @type {any} */ second) {
      if (second instanceof SignInError) throw second;
      throw unavailable(new AggregateError([first, second], `${first.message}; ${second.message}`));
    }
  }
  ending = await loaded;
  run();
  return ending;
}

/** Makes a translated instance of the whole engine. @param {Promise<Ending>} its glue */
async function translated(its) {
  const [{ instantiate }, { glue }] = await Promise.all([import('./translated.js'), its]);
  const make = () => instantiate({ [glue.name]: glue.imports });
  return running(glue, make(), make);
}

/**
 * Makes an instance of an engine. Where there is no WebAssembly, it fails before it downloads anything.
 * @param {NonNullable<InitOptions['wasm']>} source
 * @param {string | undefined} integrity
 * @param {{ glue: Glue } | Promise<{ glue: Glue }>} its glue
 */
async function start(source, integrity, its) {
  const { instantiate } = WebAssembly;
  const isAddress = typeof source === 'string' || source instanceof URL;
  const [code, { glue }] = await Promise.all([isAddress ? download(source, integrity) : source, its]);
  const imports = { [glue.name]: glue.imports };
  /** @type {any} */
  const made = await instantiate(/** @type {any} */ (code), imports);
  // A module gives an instance, bytes give an instance beside their module.
  const { module = code, instance = made } = made;
  return running(glue, instance.exports, () => new WebAssembly.Instance(module, imports).exports);
}

/** @param {Glue} glue @param {WebAssembly.Exports} exports @param {() => WebAssembly.Exports} make @returns {() => void} makes it the one that answers */
const running =
  ({ run, ask }, exports, make) =>
  () => {
    run(exports);
    install(ask, () => run(make()));
  };
