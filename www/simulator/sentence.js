/**
 * Words that stand after a colon elsewhere, as a sentence of their own.
 * @module
 */

/** @param {string} words */
export const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!…]$/.test(words) ? '' : '.'}`;
