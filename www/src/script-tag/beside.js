// What is in no single file: it lies beside this one, wherever that came from.

// There is one only now, while the script runs for the first time. A module has none; then it is beside the page.
const { src } = /** @type {Partial<HTMLScriptElement>} */ (globalThis.document?.currentScript ?? {});

/** @param {string} name */
export const beside = (name) => new URL(name, src || document.baseURI).href;
