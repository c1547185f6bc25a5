/**
 * What `startSimulator` takes: each option's name and shape. What they may hold is checked where they are used.
 * @module
 */
import { didYouMean } from './similar.js';

/** @typedef {{ is: (value: unknown) => boolean, words: string }} Shape */

/** @type {Shape} */
const LIST = { is: Array.isArray, words: 'a list' };
/** @type {Shape} */
const TEXT = { is: (value) => typeof value === 'string' && value !== '', words: 'a text' };
/** @type {Shape} */
const SWITCH = { is: (value) => typeof value === 'boolean', words: 'true or false' };
/** @type {Shape} */
const FUNCTION = { is: (value) => typeof value === 'function', words: 'a function' };
/** Checked elsewhere, by what there is. @type {Shape} */
const NAME = { is: () => true, words: '' };

/** @type {Record<keyof import('./types.js').SimulatorOptions, Shape>} */
const SHAPES = {
  port: { is: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535, words: 'a whole number from 0 to 65535; 0 takes any free port' },
  host: TEXT,
  apps: LIST,
  accounts: LIST,
  clock: FUNCTION,
  seed: TEXT,
  faults: LIST,
  state: { is: TEXT.is, words: 'the path of a file' },
  coop: NAME,
  autoApprove: NAME,
  signInFirst: SWITCH,
  allowPlain: SWITCH,
  signatureOrigins: LIST,
  unverifiedReuseEndsGrant: SWITCH,
  onEvent: FUNCTION,
};

/**
 * Refused at the start, where the mistake is, and not at the first request.
 * @param {unknown} options
 */
export function checkOptions(options) {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) throw new TypeError('startSimulator takes an object of options, such as { port: 4001 }');
  for (const [name, value] of Object.entries(options)) {
    const shape = Object.hasOwn(SHAPES, name) ? SHAPES[/** @type {keyof typeof SHAPES} */ (name)] : undefined;
    if (!shape) throw new TypeError(`startSimulator has no option "${name}"${didYouMean(name, Object.keys(SHAPES)) || `; there are: ${Object.keys(SHAPES).join(', ')}`}`);
    if (value !== undefined && !shape.is(value)) throw new TypeError(`startSimulator: ${name} is ${shape.words}`);
  }
}
