/**
 * How often X may be asked who somebody is: 75 times in fifteen minutes, for each person and App (docs.x.com,
 * fundamentals/rate-limits). It is counted and told; nothing is refused, which the fault `rate_limit` is for.
 * @module
 */
import { adding } from './bounded.js';

const RATE_LIMIT = 75;
export const RATE_WINDOW_S = 900;

/** Oldest go first. */
const add = adding(5000);

/**
 * @typedef {object} Rates
 * @property {(what: string, now: number) => Record<string, string>} use up one, and X's headers for it
 * @property {() => void} clear
 */

/** @returns {Rates} */
export function createRates() {
  /** @type {Map<string, { used: number, reset: number }>} */
  const windows = new Map();
  return {
    use(what, now) {
      const seconds = Math.floor(now / 1000);
      let window = windows.get(what);
      if (!window || seconds >= window.reset) {
        window = { used: 0, reset: seconds + RATE_WINDOW_S };
        windows.delete(what);
        add(windows, what, window);
      }
      window.used += 1;
      return rateHeaders(Math.max(0, RATE_LIMIT - window.used), window.reset);
    },
    clear: () => windows.clear(),
  };
}

/**
 * @param {number} remaining
 * @param {number} reset seconds since 1970
 */
export const rateHeaders = (remaining, reset) => ({ 'x-rate-limit-limit': String(RATE_LIMIT), 'x-rate-limit-remaining': String(remaining), 'x-rate-limit-reset': String(reset) });
