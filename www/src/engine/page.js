// What the engine needs of the page (src/browser). It is called from WebAssembly, so nothing here throws: what the browser
// refuses is undefined, or false.

/** @template T @param {() => T} use */
const attempt = (use) => {
  try {
    return use();
  } catch {
    return undefined;
  }
};

/** @param {string} key */
export const getItem = (key) => attempt(() => sessionStorage.getItem(key));
/** @param {string} key @param {string} value */
export const setItem = (key, value) => Boolean(attempt(() => (sessionStorage.setItem(key, value), true)));
/** @param {string} key */
export const removeItem = (key) => attempt(() => sessionStorage.removeItem(key));
/** @param {number} index */
export const nthKey = (index) => attempt(() => sessionStorage.key(index));
/** @param {Uint8Array<ArrayBuffer>} bytes */
export const fillRandom = (bytes) => Boolean(attempt(() => crypto.getRandomValues(bytes)));
export const timeOrigin = () => performance.timeOrigin;
/** In the address bar and in the history. @param {string} path of this origin */
export const replaceAddress = (path) => attempt(() => history.replaceState(null, '', path));
