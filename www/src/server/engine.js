/**
 * The server engine.
 * @module
 */
import * as glue from '../../generated/server/engine_bg.js';
import { compiled } from './compiled.js';

let ready = false;

/** Instantiated at first use, so that importing the package does nothing. */
export function engine() {
  if (!ready) {
    const { exports } = new WebAssembly.Instance(compiled(), /** @type {any} */ ({ [glue.engineModule]: glue }));
    glue.__wbg_set_wasm(exports);
    ready = true;
  }
  return glue;
}
