// The engine where WebAssembly does not run: the same one, translated to JavaScript (www/tools/build/translate.mjs). Loaded
// when an instance could not be made (load.js), and by nobody else.
import { data, engineModule, instantiate as translated, start, zero } from '../../generated/browser/translated.js';

/**
 * As `new WebAssembly.Instance` does.
 * @param {WebAssembly.Imports} imports
 * @returns {WebAssembly.Exports}
 */
export function instantiate(imports) {
  // A copy of another release, from a cache: its functions have other numbers (E12).
  if (!imports[engineModule]) throw new Error(`${import.meta.url} is of another version than the script that loads it`);
  const exports = translated(imports);
  const memory = new Uint8Array(/** @type {WebAssembly.Memory} */ (exports.memory).buffer, start);
  for (let at = 0; at < data.length; at += 1) if (data[at] !== zero) memory[at] = data.charCodeAt(at);
  return exports;
}
