/**
 * What the parameters of faults may be. A fault that could not do what its test expects is refused when it is set.
 * @module
 */

import { isText, isWord } from '../checks.js';

/** @typedef {(value: unknown) => boolean} Check */

/** @type {Check} */
export const isNames = (value) => Array.isArray(value) && value.length > 0 && value.every(isWord);

/** `[[name, value], …]`, where a name may come again, or `{ name: value }`. @type {Check} */
export function isParameters(value) {
  if (typeof value !== 'object' || value === null) return false;
  /** @type {unknown[]} */
  const pairs = Array.isArray(value) ? value : Object.entries(value);
  return pairs.length > 0 && pairs.every((pair) => Array.isArray(pair) && pair.length === 2 && isWord(pair[0]) && isText(pair[1]));
}

/** What a `Location` can hold as it is: printable ASCII, so neither a line break nor a second header. @type {Check} */
export const isLocation = (value) => typeof value === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);

/** @type {Check} */
export const isFlag = (value) => typeof value === 'boolean';

/** @type {Check} */
export const isStatus = (value) => isWhole(200, 599)(value);

/** A status whose answer has a body of its own and sends nobody elsewhere. @type {Check} */
export const isPageStatus = (value) => value === 200 || isWhole(400, 599)(value);

/** @type {Check} */
export const isDuration = (value) => typeof value === 'number' && value >= 0 && value <= 600_000;

/** @type {Check} */
export const isBody = (value) => isText(value) || (typeof value === 'object' && value !== null);

/**
 * @param {number} least
 * @param {number} most
 * @returns {Check}
 */
export const isWhole = (least, most) => (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/**
 * @param {readonly unknown[]} choices
 * @returns {Check}
 */
export const isOneOf = (choices) => (value) => choices.includes(value);
