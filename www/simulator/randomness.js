/**
 * Random text, and codes and tokens in X's shape.
 *
 * X's documented examples decode from base64url to `<random>:<unix ms>:<n>:<n>:<kind>:<n>`, where the kind is `ac` for
 * a code, `at` for an access token and `rt` for a refresh token. X does not document this; it is copied so that
 * lengths and alphabets are lifelike.
 * @module
 */
import { createHash, randomBytes } from 'node:crypto';

/**
 * @typedef {object} Randomness
 * @property {(bytes: number) => string} text base64url
 * @property {(kind: 'ac' | 'at' | 'rt', time: number) => string} credential
 * @property {() => void} reset with a seed, to its beginning
 */

/**
 * For forms and cookies. Never from the seed: to look at a page must not change the codes that follow.
 * @param {number} [bytes]
 */
export const unseeded = (bytes = 24) => randomBytes(bytes).toString('base64url');

/** What stands for the time in credentials made from a seed, which would otherwise differ from run to run. */
const SEEDED_TIME = 1_700_000_000_000;

/**
 * @param {string} [seed] the same seed gives the same values in the same order
 * @returns {Randomness}
 */
export function createRandomness(seed) {
  let counter = 0;
  /** @param {number} bytes */
  const draw = (bytes) => {
    if (seed === undefined) return randomBytes(bytes);
    counter += 1;
    return createHash('sha512').update(`${counter}:${seed}`).digest().subarray(0, bytes);
  };
  /** @param {number} bytes */
  const text = (bytes) => draw(bytes).toString('base64url');
  return {
    text,
    credential(kind, time) {
      const random = text(33);
      return Buffer.from(`${random}:${seed === undefined ? time : SEEDED_TIME + counter}:1:1:${kind}:1`).toString('base64url');
    },
    reset() {
      counter = 0;
    },
  };
}

/**
 * The client id of an App registered for the simulator, in X's shape (base64url of `<random>:1:ci`). The random part
 * comes from the App's own words, so that it stays the same from one run to the next and can be written in a config.
 * @param {string} words
 */
export function clientIdFor(words) {
  const random = createHash('sha256').update(words).digest('base64url').slice(0, 20);
  return Buffer.from(`${random}:1:ci`).toString('base64url');
}
