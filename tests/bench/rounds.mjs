/**
 * Everything once in each round, in an order that is drawn: what slows the machine down for a while, and what comes after what,
 * is then nobody's in particular.
 * @module
 */

import { createChance } from '../soak/chance.mjs';

/** After so many failures without a success a contestant is not tried again. */
const TRIES = 3;

/**
 * @template T
 * @typedef {object} Results
 * @property {Map<string, Map<number, T>>} samples by contestant and round
 * @property {Map<string, string[]>} failures what went wrong, by contestant
 */

/**
 * @template T
 * @param {string[]} names
 * @param {number} rounds
 * @param {number} seed
 * @param {(name: string, round: number) => Promise<T>} measure
 * @param {number} [until] nothing is begun after this `performance.now()`: a busy machine gets fewer rounds, and not more time
 * @returns {Promise<Results<T>>}
 */
export async function inRounds(names, rounds, seed, measure, until = Infinity) {
  const chance = createChance(seed);
  /** @type {Results<T>} */
  const results = { samples: new Map(names.map((name) => [name, new Map()])), failures: new Map(names.map((name) => [name, []])) };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of chance.shuffled(names)) {
      const samples = /** @type {Map<number, T>} */ (results.samples.get(name));
      const failures = /** @type {string[]} */ (results.failures.get(name));
      if (samples.size === 0 && failures.length >= TRIES) continue;
      if (performance.now() > until) {
        if (samples.size === 0 && failures.length === 0) failures.push('there was no time left');
        continue;
      }
      try {
        samples.set(round, await measure(name, round));
      } catch (error) {
        failures.push(/** @type {Error} */ (error).message);
      }
    }
  }
  return results;
}
