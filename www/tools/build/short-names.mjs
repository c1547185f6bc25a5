/**
 * wasm-bindgen names each import after a JavaScript function and a hash, once in the engine and twice in the glue. The
 * hashes do not compress: 1.5 KB of brotli. Both sides get the same short names instead.
 *
 * Short names are the same in every release, so the name of the module that they come from says which build it is: an
 * engine of another build (a stale cache) then does not link, instead of linking to the wrong functions (E12).
 */
import { createHash } from 'node:crypto';
import { Reader, functionKind, sections } from '../wasm-reader.mjs';

const longName = /\b__wbg_\w+_[0-9a-f]{16}\b/g;

/** LEB128, §5.2.2 of the WebAssembly Core Specification. @param {number} value */
function number(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

/** @param {string} text */
function name(text) {
  const bytes = new TextEncoder().encode(text);
  return [...number(bytes.length), ...bytes];
}

/**
 * §5.5.5: the import section with other names.
 * @param {Reader} reader at its content
 * @param {string} module
 * @param {(name: string, from: string) => string} rename
 */
function renamedImports(reader, module, rename) {
  const count = reader.number();
  const content = number(count);
  for (let left = count; left > 0; left -= 1) {
    const from = reader.name();
    content.push(...name(module), ...name(rename(reader.name(), from)));
    const start = reader.at;
    const kind = reader.bytes[reader.at++];
    if (kind === functionKind) reader.number();
    else reader.skipImportType(kind);
    content.push(...reader.bytes.subarray(start, reader.at));
  }
  return content;
}

/**
 * @param {Uint8Array} wasm
 * @param {string} glue
 * @returns {{ wasm: Uint8Array, glue: string }}
 */
export function shortenNames(wasm, glue) {
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const [found] of glue.matchAll(longName)) {
    if (!names.has(found)) names.set(found, `$${names.size.toString(36)}`);
  }
  const short = (/** @type {string} */ long) => names.get(long) ?? long;
  /** What needs no glue is imported from its own module, past the glue: that module's, by the glue's name from here on. */
  let exported = '';
  const rename = (/** @type {string} */ long, /** @type {string} */ from) => {
    if (from.includes('/snippets/')) exported += `export { ${long} } from '${from}';\n`;
    return short(long);
  };
  const module = `e-${createHash('sha256').update(wasm).update(glue).digest('hex').slice(0, 8)}`;

  const parts = [wasm.subarray(0, 8)];
  const reader = new Reader(wasm, 8);
  while (reader.at < wasm.length) {
    const start = reader.at;
    const id = wasm[reader.at++];
    const end = reader.number() + reader.at;
    if (id === sections.import) {
      const content = renamedImports(reader, module, rename);
      parts.push(Uint8Array.from([id, ...number(content.length), ...content]));
    } else {
      parts.push(wasm.subarray(start, end));
    }
    reader.at = end;
  }
  return { wasm: Buffer.concat(parts), glue: `${glue.replace(longName, short)}\n${exported}export const engineModule = '${module}';\n` };
}
