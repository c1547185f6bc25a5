/** The functions of a WebAssembly file and how many bytes each takes (WebAssembly Core Specification §5.5). */
import { Reader, functionKind, sections } from '../wasm-reader.mjs';

/** @param {Reader} reader how many of the imports are functions: they come first in the numbering */
function importedFunctions(reader) {
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.name();
    reader.name();
    const kind = reader.bytes[reader.at++];
    if (kind === functionKind) {
      functions += 1;
      reader.number();
    } else {
      reader.skipImportType(kind);
    }
  }
  return functions;
}

/** The name section, appendix 7.4.1: subsection 1 maps numbers of functions to names. @param {Reader} reader @param {number} end */
function functionNames(reader, end) {
  /** @type {Map<number, string>} */
  const names = new Map();
  while (reader.at < end) {
    const subsection = reader.bytes[reader.at++];
    const next = reader.number() + reader.at;
    if (subsection === 1) {
      for (let left = reader.number(); left > 0; left -= 1) names.set(reader.number(), reader.name());
    }
    reader.at = next;
  }
  return names;
}

/**
 * @param {Uint8Array} bytes with a name section, or the names are numbers
 * @returns {{ name: string, bytes: number }[]} biggest first
 */
export function wasmFunctions(bytes) {
  const reader = new Reader(bytes, 8);
  /** @type {Map<number, string>} */
  let names = new Map();
  /** @type {number[]} */
  const sizes = [];
  let imported = 0;
  while (reader.at < bytes.length) {
    const id = bytes[reader.at++];
    const end = reader.number() + reader.at;
    if (id === sections.import) imported = importedFunctions(reader);
    if (id === sections.code) {
      for (let left = reader.number(); left > 0; left -= 1) {
        const size = reader.number();
        sizes.push(size);
        reader.at += size;
      }
    }
    if (id === sections.custom && reader.name() === 'name') names = functionNames(reader, end);
    reader.at = end;
  }
  return sizes
    .map((size, index) => ({ name: names.get(index + imported) ?? `function ${index + imported}`, bytes: size }))
    .sort((a, b) => b.bytes - a.bytes);
}
