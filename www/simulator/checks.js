/**
 * What is looked at wherever something comes in: the options, the control, the state file, faults.
 * @module
 */

/** @param {boolean} condition @param {string} message */
export function need(condition, message) {
  if (!condition) throw new TypeError(message);
}

/** Text that can be written into an address: `encodeURIComponent` throws on half a surrogate pair. @param {unknown} value @returns {value is string} */
export const isText = (value) => typeof value === 'string' && !/\p{Surrogate}/u.test(value);

/** … and that says something. @param {unknown} value @returns {value is string} */
export const isWord = (value) => isText(value) && value !== '';

/** The last moment of a Date (ECMA-262, "Time Values and Time Range"): a later one could not be shown. */
const LAST_MS = 8.64e15;

/** Milliseconds since 1970. @param {unknown} value @returns {value is number} */
export const isTime = (value) => typeof value === 'number' && value >= 0 && value <= LAST_MS;

/** `{…}`, and no list. @param {unknown} value @returns {value is Record<string, unknown>} */
export const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
