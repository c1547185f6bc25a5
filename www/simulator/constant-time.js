/**
 * Comparison whose duration does not tell how much of a secret was guessed.
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * @param {string} a
 * @param {string} b
 */
export function sameText(a, b) {
  // Hashing first gives both sides the same length, which timingSafeEqual demands.
  const digest = (/** @type {string} */ text) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
