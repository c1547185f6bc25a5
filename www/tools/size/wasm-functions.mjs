/** The functions of a WebAssembly file and how many bytes each takes (WebAssembly Core Specification §5.5). */

const sections = { custom: 0, import: 2, code: 10 };
const functionKind = 0;

/** Reads the binary format's numbers and names in order. */
class Reader {
  /** @param {Uint8Array} bytes @param {number} at */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** LEB128, §5.2.2 */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  name() {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** Skips the type of an import that is not a function: §5.5.5 */
  skipImportType(/** @type {number} */ kind) {
    if (kind !== 2) this.at += 1;
    if (kind === 1 || kind === 2) {
      const flags = this.number();
      this.number();
      if (flags & 1) this.number();
    } else {
      this.at += 1;
    }
  }
}

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
