/**
 * Sessions in memory: for one process, for development and small sites.
 * @module
 */

/** @typedef {import('../../types/server.js').StoredSession} StoredSession */

/**
 * @param {{ max?: number }} [options]
 * @returns {import('../../types/server.js').SessionStore}
 */
export function memorySessions({ max = 10_000 } = {}) {
  /** In the order of their making. @type {Map<string, StoredSession>} */
  const sessions = new Map();

  const sweep = () => {
    const now = Date.now();
    for (const [id, { expiresAt }] of sessions) if (expiresAt <= now) sessions.delete(id);
  };

  return {
    get: (id) => sessions.get(id),
    set(id, session) {
      // Only a full store is swept: whoever reads a session checks its age.
      if (sessions.size >= max) sweep();
      for (const oldest of sessions.keys()) {
        if (sessions.size < max) break;
        sessions.delete(oldest);
      }
      sessions.set(id, session);
    },
    delete: (id) => void sessions.delete(id),
    take(id) {
      const session = sessions.get(id);
      sessions.delete(id);
      return session;
    },
    replace(id, before, after) {
      const there = sessions.get(id) === before;
      if (there) sessions.set(id, after);
      return there;
    },
  };
}
