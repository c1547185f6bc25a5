/**
 * Which transactions this process has seen: each is used once, whatever copies of its cookie there are.
 * @module
 */

/** As long as a transaction can live (`LIFE_SECONDS`, src/server/held/jar.rs). */
const SECONDS = 600;

/** More than come in that time; the oldest go first. */
const MOST = 10_000;

export function claims() {
  /** Until when, in the order of their making. @type {Map<string, number>} */
  const seen = new Map();
  return {
    seconds: SECONDS,
    /** Whether it was not seen before. @param {string} name */
    claim(name) {
      const now = Date.now();
      for (const [oldest, until] of seen) {
        if (until > now && seen.size < MOST) break;
        seen.delete(oldest);
      }
      if (seen.has(name)) return false;
      seen.set(name, now + SECONDS * 1000);
      return true;
    },
  };
}
