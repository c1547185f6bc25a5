/**
 * Medians, and how far to believe them. Times of a busy machine have a long tail, so nothing here is a mean.
 * @module
 */

import { createChance } from '../soak/chance.mjs';

/** How often samples are drawn anew, and how much of that the interval holds. */
const DRAWS = 2000;
const HELD = 0.95;

/**
 * Between the two nearest values, as most programs do it (Hyndman and Fan, 1996, type 7).
 * @param {number[]} samples @param {number} part 0 to 1
 */
export function quantile(samples, part) {
  if (samples.length === 0) throw new Error('there is no sample');
  const sorted = [...samples].sort((one, other) => one - other);
  const place = (sorted.length - 1) * part;
  const below = /** @type {number} */ (sorted[Math.floor(place)]);
  const above = /** @type {number} */ (sorted[Math.ceil(place)]);
  return below + (above - below) * (place - Math.floor(place));
}

/** @param {number[]} samples */
export const median = (samples) => quantile(samples, 0.5);

/** @typedef {[low: number, high: number]} Interval */

/**
 * The percentile bootstrap (Efron, 1979).
 * @param {number} count of samples
 * @param {(drawn: number[]) => number} figure of samples, given by their numbers
 * @param {number} seed
 * @returns {Interval}
 */
function bootstrap(count, figure, seed) {
  const chance = createChance(seed);
  const figures = Array.from({ length: DRAWS }, () => figure(Array.from({ length: count }, () => chance.int(count))));
  return [quantile(figures, (1 - HELD) / 2), quantile(figures, (1 + HELD) / 2)];
}

/**
 * @typedef {object} Summary
 * @property {number} median
 * @property {number} spread the middle half: the third quartile less the first
 * @property {Interval} interval of the median, 95 %
 * @property {number} count
 *
 * @param {number[]} samples @param {number} [seed] @returns {Summary}
 */
export const summary = (samples, seed = 1) => ({
  median: median(samples),
  spread: quantile(samples, 0.75) - quantile(samples, 0.25),
  interval: bootstrap(samples.length, (drawn) => median(drawn.map((index) => /** @type {number} */ (samples[index]))), seed),
  count: samples.length,
});

/**
 * One median by another. Samples of one round belong together, because what slowed the machine slowed both: rounds are drawn, not
 * samples.
 * @param {Map<number, number>} samples by their rounds @param {Map<number, number>} others
 * @param {number} [seed]
 * @returns {{ ratio: number, interval: Interval } | undefined} without a round that both have: nothing
 */
export function ratio(samples, others, seed = 1) {
  const rounds = [...samples.keys()].filter((round) => others.has(round));
  if (rounds.length === 0) return undefined;
  /** @param {Map<number, number>} of @param {number[]} drawn */
  const middle = (of, drawn) => median(drawn.map((index) => /** @type {number} */ (of.get(/** @type {number} */ (rounds[index])))));
  /** @param {number[]} drawn */
  const figure = (drawn) => middle(samples, drawn) / middle(others, drawn);
  return { ratio: figure(rounds.map((_, index) => index)), interval: bootstrap(rounds.length, figure, seed) };
}
