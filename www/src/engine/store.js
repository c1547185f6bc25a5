// `sessionStorage` for the engine (src/browser/storage.rs), which calls this from WebAssembly: nothing here throws, and what
// the browser refuses is undefined, or false.

/** @template T @param {(store: Storage) => T} use */
const attempt = (use) => {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
};

/** @param {string} key */
export const getItem = (key) => attempt((store) => store.getItem(key));
/** @param {string} key */
export const removeItem = (key) => attempt((store) => store.removeItem(key));
/** @param {number} index */
export const nthKey = (index) => attempt((store) => store.key(index));
