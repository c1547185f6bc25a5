/**
 * X is not asked again at once when it has failed: not for this session, and after a rate limit, which is the app's, for none.
 * @module
 */

/** Milliseconds, where X does not say how long. */
const PAUSE = 5_000;

/** Milliseconds at most: X counts in windows of a quarter of an hour. */
const LONGEST = 900_000;

/** Sessions that are remembered. More than that are asked for too soon, and no more. */
const MOST = 1000;

/** @typedef {{ error: string, status: number, hint: string, reason?: string, retryAfter?: number }} Failure the engine's */
/** @typedef {{ until: number, failure: Failure }} Pause */

export function pauses() {
  /** @type {Map<string, Pause>} */
  const ofSessions = new Map();
  /** @type {Pause | undefined} */
  let ofAll;

  return {
    /** @param {string} id @param {Failure} failure */
    begin(id, failure) {
      const { error, retryAfter } = failure;
      const pause = { until: Date.now() + Math.min(retryAfter === undefined ? PAUSE : retryAfter * 1000, LONGEST), failure };
      if (error === 'rate_limited') {
        ofAll = pause;
        return;
      }
      ofSessions.delete(id);
      for (const oldest of ofSessions.keys()) {
        if (ofSessions.size < MOST) break;
        ofSessions.delete(oldest);
      }
      ofSessions.set(id, pause);
    },
    /** The failure that is still to be waited out, with what is left of its time. @param {string} id @returns {Failure | undefined} */
    of(id) {
      const now = Date.now();
      // A clock that was set back makes no pause longer than it can be.
      const pause = [ofAll, ofSessions.get(id)].find((each) => each && each.until > now && each.until - now <= LONGEST);
      if (!pause) return undefined;
      const { until, failure } = pause;
      return failure.retryAfter === undefined ? failure : { ...failure, retryAfter: Math.ceil((until - now) / 1000) };
    },
  };
}
