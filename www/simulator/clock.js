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

/** ECMA-262, "Time Values": no date is further from 1970. */
const FURTHEST = 8.64e15;

/** @param {unknown} time */
const isTime = (time) => typeof time === 'number' && Math.abs(time) <= FURTHEST;

/**
 * @param {() => number} source
 * @returns {Clock}
 */
export function createClock(source) {
  let ahead = 0;
  const now = () => {
    const time = source() + ahead;
    if (!isTime(time)) throw new TypeError(`clock gives milliseconds since 1970, as Date.now does, not ${String(time)}`);
    return time;
  };
  // A clock that is none is told at the start.
  now();
  return {
    now,
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new TypeError('advance(ms) takes a number of milliseconds, zero or more');
      // Years of room, for what lasts longer than now.
      if (!isTime((now() + ms) * 2)) throw new TypeError('advance(ms): no calendar goes as far');
      ahead += ms;
    },
    reset() {
      ahead = 0;
    },
  };
}
