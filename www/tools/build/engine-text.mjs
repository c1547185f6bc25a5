/**
 * An engine as text in a script: the small one in the first script of the package, the whole one in the classic script (step
 * `script-tag`). A classic script is decoded as the server says, or else as the page is (HTML §8.1.4.2, "fetch a classic
 * script"), and bundlers make classic scripts too; so it may hold nothing but ASCII. Brotli is what counts, also after a bundler
 * has written the script anew, which puts an escape in the place of every character that does not print. Measured on the first
 * script, with the small engine when it was 24,887 bytes, which are 11,151 after brotli; as it is, and minified again by esbuild,
 * terser, swc and oxc:
 *
 *     20,744  20,923  20,758  20,738  20,761   base64
 *     17,340  18,019  17,617  18,561  17,733   the raw bytes, as Latin-1, which is not ASCII
 *     17,136  17,679  17,415  18,447  17,475   ASCII, with the six of NEVER moved and the other controls as they are
 *     17,208  17,378  17,332  17,339  17,241   twelve more moved, those that are there most often: this one
 *     17,333  17,503  17,358  17,311  17,291   all controls moved
 *
 * Nine of ten bytes of WebAssembly are below 128, its words are words of the script too, and the rest has structure that brotli
 * finds in pairs as well.
 *
 * `www/src/engine/text.js` reads it.
 */
import { createHash } from 'node:crypto';
import { BuildError } from './step.mjs';

/**
 * They always get another place: NUL and Ctrl-Z, at which tools stop; CR, which a template literal reads as LF (ECMA-262
 * §12.9.6.1); SO, SI and ESC, which change what follows in ISO-2022-JP.
 */
const NEVER = [0x00, 0x0d, 0x0e, 0x0f, 0x1a, 0x1b];

const CONTROLS = [...Array.from({ length: 32 }, (_, code) => code), 0x7f];

/** How many controls get the places of rare characters. */
const MOVED = 18;

/** Printable, and nothing that means something in a template literal. */
const PLAIN = Array.from({ length: 95 }, (_, index) => 0x20 + index).filter((code) => !'$\\`{'.includes(String.fromCharCode(code)));

/**
 * @param {Uint8Array} bytes
 * @returns {{ literal: string, key: string }} a template literal in ASCII, and what its reader has to know
 */
export function engineText(bytes) {
  const count = /** @type {number[]} */ (new Array(256).fill(0));
  for (const byte of bytes) count[byte] += 1;
  const often = CONTROLS.filter((code) => !NEVER.includes(code)).sort((a, b) => count[b] - count[a] || a - b);
  const moved = [...NEVER, ...often].slice(0, MOVED);
  const [high, same, ...rare] = [...PLAIN]
    .sort((a, b) => count[a] - count[b] || a - b)
    .slice(0, MOVED + 2)
    .map((code) => String.fromCharCode(code));
  const places = new Map(moved.map((byte, index) => [byte, rare[index] ?? '']));
  const lost = new Set([high, same, ...rare]);

  /** @param {number} byte below 128 */
  const written = (byte) => {
    const plain = String.fromCharCode(byte);
    return places.get(byte) ?? (lost.has(plain) ? same + plain : plain);
  };
  const text = Array.from(bytes, (byte) => (byte < 128 ? written(byte) : high + written(byte & 127))).join('');
  // Some put scripts into their page, whose parser would take these for its own (HTML §4.12.1.3).
  const [found] = /<\/script|<script|<!--/i.exec(text) ?? [];
  if (found) throw new BuildError(`the engine says ${found}, with which a script inside a page would end or change`);
  return {
    literal: `\`${text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&')}\``,
    // In caret notation, as terminals show them: ^@ is NUL, ^? is DEL.
    key: [high, same, ...moved.map((byte, index) => rare[index] + String.fromCharCode(byte ^ 0x40))].join(''),
  };
}

/**
 * The engine as a module that is yet to be minified: a call stands for it, because minifiers would write its characters in
 * ways of their own, and would reckon with the length of any other text; and names it, because a file is named by what it holds.
 * @param {Uint8Array} bytes
 */
export function engineModule(bytes) {
  const { literal, key } = engineText(bytes);
  const place = `engine_${createHash('sha256').update(literal).digest('hex')}()`;
  return {
    place,
    module: moduleOf(`/* @__PURE__ */ ${place}`, key),
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
  const { literal, key } = engineText(bytes);
  return moduleOf(literal, key);
}

/** @param {string} text as the script has it @param {string} key */
const moduleOf = (text, key) => `export const text = ${text}, key = ${JSON.stringify(key)};\n`;
