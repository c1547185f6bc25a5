/**
 * Names that this process has seen, each once: transactions that were used, sessions that were ended. Whatever copies of
 * their cookies there are.
 * @module
 */

/** As long as a transaction can live (`LIFE_SECONDS`, src/server/held/jar.rs). */
export const TRANSACTION_SECONDS = 600;

/** More than come in that time; the oldest go first. */
const MOST = 10_000;

/** @param {number} seconds how long a name is remembered */
export function claims(seconds) {
  /** Until when, in the order of their making. @type {Map<string, number>} */
  const seen = new Map();
  return {
    /** @param {string} name */
    has: (name) => (seen.get(name) ?? 0) > Date.now(),
    /** Whether it was not seen before. @param {string} name */
    claim(name) {
      const now = Date.now();
      for (const [oldest, until] of seen) {
        if (until > now && seen.size < MOST) break;
        seen.delete(oldest);
      }
      if (seen.has(name)) return false;
      seen.set(name, now + seconds * 1000);
      return true;
    },
  };
}
