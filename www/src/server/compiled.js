/**
 * The server engine, compiled: the crate's `server` half as WebAssembly, inlined, so that a backend needs no file beside
 * its bundle. `compiled-workerd.js` is the same for runtimes that forbid it.
 * @module
 */
import { base64 } from '../../generated/server/wasm_base64.js';

/** Synchronous, so that wrong options are an exception of `createHandler` and not of the first request. */
export const compiled = () => new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
