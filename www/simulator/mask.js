/**
 * What came, as the journal, the terminal and the log show it: the values of harmless parameters, and of all others their
 * length and a fingerprint, so that two of them can be compared in a test or by eye without either being written down.
 * @module
 */
import { createHmac, randomBytes } from 'node:crypto';
import { isWord, isWords, kindOf } from './harmless.js';

/** So much of a value is shown. */
const MOST_CHARACTERS = 400;
/** So much of an address is looked at, and so many addresses within one another. */
const MOST_OF_AN_ADDRESS = 2000;
const MOST_ADDRESSES = 3;
const MOST_PARAMETERS = 60;

/** Of this process: a PIN or a password could be found by trying all that there are. */
const KEY = randomBytes(32);

/** @param {string} value */
export function fingerprint(value) {
  return `[${value.length} characters, fingerprint ${createHmac('sha256', KEY).update(value).digest('hex').slice(0, 8)}]`;
}

/** A part of a text keeps the whole of it in memory, so what is kept is a copy. @param {string} text */
const copied = (text) => Buffer.from(text, 'utf16le').toString('utf16le');

/** @param {string} text */
export const cut = (text) => copied(text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text);

/** JSON that is sent as a form is one long name, and so is a token that stands alone. @param {string} name */
export const shownName = (name) => (/^[\w.-]{1,64}$/.test(name) && name.split('.').every(isWord) ? copied(name) : fingerprint(name));

/**
 * @param {string} name
 * @param {string} value
 * @param {number} [depth] of addresses in addresses
 * @returns {string}
 */
export function shownValue(name, value, depth = 0) {
  // That there is nothing is what a developer looks for.
  if (value === '') return value;
  const kind = kindOf(name);
  if (kind === 'text' || (kind === 'words' && isWords(value))) return cut(value);
  return kind === 'address' && depth < MOST_ADDRESSES ? cut(shownAddress(value, depth)) : fingerprint(value);
}

/** Word by word: somebody may have put a secret into it. @param {string} path */
export const shownPath = (path) => cut(path.slice(0, MOST_OF_AN_ADDRESS).split('/').map((word) => (isWord(word) ? word : fingerprint(word))).join('/'));

/**
 * @param {string} address whole or from a slash on
 * @param {number} [depth]
 */
export function shownAddress(address, depth = 0) {
  const [, origin = '', path = '', query, fragment] = /^([a-z][a-z\d+.-]*:(?:\/\/[\w.:[\]-]*(?=[/?#]|$))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(address.slice(0, MOST_OF_AN_ADDRESS)) ?? [];
  return `${origin}${shownPath(path)}${query === undefined ? '' : `?${shownPairs(query, depth)}`}${fragment === undefined ? '' : `#${shownPairs(fragment, depth)}`}`;
}

/** @param {string} pairs @param {number} depth */
const shownPairs = (pairs, depth) => [...new URLSearchParams(pairs)].slice(0, MOST_PARAMETERS).map(([name, value]) => `${shownName(name)}=${shownValue(name, value, depth + 1)}`).join('&');

/**
 * @param {Iterable<[string, string]>} pairs
 * @returns {Record<string, string>}
 */
export const masked = (pairs) => Object.fromEntries([...pairs].slice(0, MOST_PARAMETERS).map(([name, value]) => [shownName(name), shownValue(name, value)]));
