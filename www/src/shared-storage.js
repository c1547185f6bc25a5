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
