/**
 * The server engine: the crate's `server` half as WebAssembly, inlined, so that a backend needs no file beside its
 * bundle.
 * @module
 */
import * as glue from '../../generated/server/engine_bg.js';
import { base64 } from '../../generated/server/wasm_base64.js';

let ready = false;

/**
 * Instantiated at first use, so that importing the package does nothing; and synchronously, so that wrong options are
 * an exception of `createHandler` and not of the first request.
 */
export function engine() {
  if (!ready) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), /** @type {any} */ ({ [glue.engineModule]: glue }));
    glue.__wbg_set_wasm(exports);
    ready = true;
  }
  return glue;
}
