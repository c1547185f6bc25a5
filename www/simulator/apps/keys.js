/**
 * Keys, secrets and tokens in the lengths and letters that X's have.
 * @module
 */

/** @typedef {import('../randomness.js').Randomness} Randomness */

/** @param {Randomness} randomness @param {number} length @param {RegExp} unwanted */
function drawn(randomness, length, unwanted) {
  let text = '';
  while (text.length < length) text += randomness.text(48).replace(unwanted, '');
  return text.slice(0, length);
}

/** @param {Randomness} randomness @param {number} length */
export const letters = (randomness, length) => drawn(randomness, length, /[^A-Za-z0-9]/g);

/** Without a zero at the beginning. @param {Randomness} randomness @param {number} length */
export const digits = (randomness, length) => `1${drawn(randomness, length - 1, /\D/g)}`;

/** An API key and its secret. @param {Randomness} randomness */
export const consumerKeys = (randomness) => ({ consumerKey: letters(randomness, 25), consumerSecret: letters(randomness, 50) });

/** X's client ids are base64url of `<random>:1:ci`. @param {Randomness} randomness */
export const newClientId = (randomness) => Buffer.from(`${letters(randomness, 20)}:1:ci`).toString('base64url');

/** X's begin with 22 times A and have percent signs in them. @param {Randomness} randomness */
export const newBearerToken = (randomness) => `${'A'.repeat(22)}${letters(randomness, 8)}%2F${letters(randomness, 78)}`;

/** What X's console shows of a key afterwards: enough to tell two apart. @param {string} key */
export const hintOf = (key) => `••••••${key.slice(-4)}`;
