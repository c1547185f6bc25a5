// What the engine needs of the page (src/browser). It is called from WebAssembly, so nothing here throws: what the browser
// refuses is false.

/** @param {Uint8Array<ArrayBuffer>} bytes */
export const fillRandom = (bytes) => {
  try {
    return Boolean(crypto.getRandomValues(bytes));
  } catch {
    return false;
  }
};
export const timeOrigin = () => performance.timeOrigin;
