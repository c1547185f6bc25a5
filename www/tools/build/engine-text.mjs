/**
 * The engine as text in a classic script (step `script-tag`). Such a script is decoded as the server says, or else as the
 * page is (HTML §8.1.4.2, "fetch a classic script"), so it may hold nothing but ASCII; and brotli is what counts. Measured on
 * the whole file, in bytes after brotli, when the engine was 43,543 bytes, which alone are 18,479:
 *
 *     39,600  base64; 36,800 with deflate in it, which `DecompressionStream` undoes
 *     35,400  hexadecimal
 *     34,400  printable characters only
 *     33,700  a byte below 128 as it is, another one as a rare character and its low seven bits
 *     33,800  the same, without the controls that some reader may take for something else: this one
 *     33,500  the raw bytes, as Latin-1, which a page in UTF-8 would not get back
 *
 * Nine of ten bytes of WebAssembly are below 128, its words are words of the script too, and the rest has structure that brotli
 * finds in pairs as well.
 *
 * `www/src/engine/text.js` reads it.
 */
import { createHash } from 'node:crypto';
import { BuildError } from './step.mjs';

/**
 * They take the places of rare characters: NUL and Ctrl-Z, at which tools stop; CR, which a template literal reads as LF
 * (ECMA-262 §12.9.6.1); SO, SI and ESC, which change what follows in ISO-2022-JP.
 */
const MOVED = [0x00, 0x0d, 0x0e, 0x0f, 0x1a, 0x1b];

/** Printable, and nothing that means something in a template literal. */
const PLAIN = Array.from({ length: 95 }, (_, index) => 0x20 + index).filter((code) => !'$\\`{'.includes(String.fromCharCode(code)));

/**
 * @param {Uint8Array} bytes
 * @returns {{ literal: string, high: string, moved: Record<string, number> }} a template literal in ASCII, and what its reader
 *   has to know
 */
export function engineText(bytes) {
  const count = /** @type {number[]} */ (new Array(256).fill(0));
  for (const byte of bytes) count[byte] += 1;
  const [high = 0, ...rare] = [...PLAIN].sort((a, b) => count[a] - count[b] || a - b).slice(0, MOVED.length + 1);
  const place = new Map(MOVED.map((byte, index) => [byte, String.fromCharCode(rare[index] ?? 0)]));
  /** What has lost its place is written 256 higher. */
  const lost = new Set([high, ...rare]);

  /** @param {number} byte below 128 @param {number | undefined} next */
  const character = (byte, next) => {
    const moved = place.get(byte);
    if (moved !== undefined) return moved;
    if (lost.has(byte)) return `\\u01${byte.toString(16)}`;
    const plain = String.fromCharCode(byte);
    return plain === '\\' || plain === '`' || (plain === '$' && next === 0x7b) ? `\\${plain}` : plain;
  };
  let literal = '';
  bytes.forEach((byte, index) => {
    const next = bytes[index + 1];
    literal += byte < 128 ? character(byte, next) : String.fromCharCode(high) + character(byte & 127, next);
  });
  return {
    literal: `\`${literal}\``,
    high: String.fromCharCode(high),
    moved: Object.fromEntries([...place].map(([byte, plain]) => [plain, byte])),
  };
}

/**
 * The engine as a module that is yet to be minified: a call stands for it, because minifiers would write its characters in
 * ways of their own, and would reckon with the length of any other text; and names it, because a file is named by what it holds.
 * @param {Uint8Array} bytes
 */
export function engineModule(bytes) {
  const { literal, high, moved } = engineText(bytes);
  const place = `engine_${createHash('sha256').update(bytes).digest('hex')}()`;
  return {
    place,
    module: moduleOf(`/* @__PURE__ */ ${place}`, high, moved),
    /** @param {string} script minified @returns {string} with the engine in its place */
    filled(script) {
      const parts = script.split(place);
      if (parts.length !== 2) throw new BuildError(`the engine has ${parts.length - 1} places in the script`);
      return parts.join(literal);
    },
  };
}

/** The engine as a module that says it as it is. @param {Uint8Array} bytes */
export function plainModule(bytes) {
  const { literal, high, moved } = engineText(bytes);
  return moduleOf(literal, high, moved);
}

/** @param {string} text as the script has it @param {string} high @param {Record<string, number>} moved */
const moduleOf = (text, high, moved) => `export const text = ${text}, high = ${JSON.stringify(high)}, moved = ${JSON.stringify(moved)};\n`;
