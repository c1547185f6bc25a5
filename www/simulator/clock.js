/**
 * The simulator's clock: the one it was given plus whatever tests have added.
 * @module
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds since 1970
 * @property {(ms: number) => void} advance
 * @property {() => void} reset
 */

/**
 * @param {() => number} source
 * @returns {Clock}
 */
export function createClock(source) {
  let ahead = 0;
  return {
    now: () => source() + ahead,
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new TypeError('advance(ms) takes a number of milliseconds, zero or more');
      ahead += ms;
    },
    reset() {
      ahead = 0;
    },
  };
}
