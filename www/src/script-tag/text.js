// Bytes as text of a script that may be read in any encoding of the web that has ASCII in it: www/tools/build/engine-text.mjs
// writes it, and says why it is like this.

/**
 * @param {string} text
 * @param {string} high a character that says: the next one is a byte from 128 on
 * @param {Record<string, number>} moved bytes that have another character's place
 */
export function toBytes(text, high, moved) {
  const bytes = [];
  let above = 0;
  for (const character of text) {
    if (character === high) above = 128;
    else {
      bytes.push((moved[character] ?? character.charCodeAt(0)) | above);
      above = 0;
    }
  }
  // Whoever has lost its place is 256 too high, which is the same byte.
  return new Uint8Array(bytes);
}
