/**
 * Chance from a seed, so that what went wrong can be had again.
 * @module
 */

/**
 * Mulberry32, by Tommy Ettinger, public domain: 32 bits of state are plenty for choosing scenarios, and samples.
 * @param {number} seed
 */
export function createChance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** @param {number} below */
  const int = (below) => Math.floor(next() * below);
  return {
    int,
    /** @template T @param {readonly T[]} values @returns {T} */
    pick: (values) => /** @type {any} */ (values[int(values.length)]),
    /** @template T @param {readonly T[]} values @returns {T[]} in another order */
    shuffled(values) {
      const rest = [...values];
      return values.map(() => /** @type {any} */ (rest.splice(int(rest.length), 1)[0]));
    },
  };
}
