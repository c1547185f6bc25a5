/**
 * Text of others, such as names from a state file, for a terminal: no line breaks, no escape sequences, nothing that turns
 * the order of letters round.
 * @module
 */

/** Control characters, ends of lines and paragraphs, and directions of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** @param {string} text */
export const plain = (text) => text.replace(UNPRINTABLE, '\uFFFD');

/** For messages that have lines. @param {string} text */
export const plainLines = (text) => text.split('\n').map(plain).join('\n');

/** Text in quotes, for JavaScript, where nothing is lost. @param {string} value */
export const quoted = (value) => `'${value.replace(/[\\']/g, '\\$&').replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
