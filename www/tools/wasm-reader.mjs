/** The little of WebAssembly's binary format that the tools read (WebAssembly Core Specification §5). */

export const sections = { custom: 0, import: 2, code: 10, data: 11 };
export const functionKind = 0;

/** Reads numbers and names in order. */
export class Reader {
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

  /** The same with a sign, of 32 bits. */
  signed() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return byte & 0x40 && shift < 25 ? value | (-1 << (shift + 7)) : value;
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
