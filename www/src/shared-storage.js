/**
 * What all windows of this origin see; it may be switched off, or full.
 * @template T
 * @param {(store: Storage) => T} use
 * @returns {T | undefined}
 */
export const shared = (use) => {
  try {
    return use(localStorage);
  } catch {
    return undefined; // Then nothing goes this way.
  }
};

/** Removes what a browser that was killed in the middle of telling has left, a minute after. */
export const sweep = () =>
  shared((store) => {
    for (const key of Object.keys(store)) {
      const told = /^sign-in-with-x:/.test(key) && new URLSearchParams(store[key]).get('created_at');
      if (typeof told === 'string' && Date.now() - Number(told) > 60_000) store.removeItem(key);
    }
  });
