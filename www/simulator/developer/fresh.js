/**
 * Which keys of an App were just made: they are shown on the next page of its keys, and after that never again. So that
 * page is one of its own, and a reload sends no form.
 * @module
 */

/** @typedef {'consumer' | 'bearer' | 'access' | 'client'} Key */

/**
 * @typedef {object} FreshKeys
 * @property {(appId: string, keys: Key[]) => void} add
 * @property {(appId: string) => Set<Key>} take forgets them
 */

/** @returns {FreshKeys} */
export function createFreshKeys() {
  /** @type {Map<string, Set<Key>>} */
  const fresh = new Map();
  return {
    add: (appId, keys) => void fresh.set(appId, new Set([...(fresh.get(appId) ?? []), ...keys])),
    take(appId) {
      const keys = fresh.get(appId) ?? new Set();
      fresh.delete(appId);
      return keys;
    },
  };
}
