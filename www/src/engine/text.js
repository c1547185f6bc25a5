// Bytes as text of a script that may be read in any encoding of the web that has ASCII in it: www/tools/build/engine-text.mjs
// writes it, and says why it is like this.

/**
 * By a table, because a page waits for it.
 * @param {string} text
 * @param {string} key a character that says: the next one is a byte from 128 on; one that says: the next one is what it is; and
 *   then in pairs whose place each control has, and the control, in caret notation
 */
export function toBytes(text, key) {
  const high = key.charCodeAt(0);
  const same = key.charCodeAt(1);
  const table = new Uint8Array(128).map((_, code) => code);
  for (let at = 2; at < key.length; at += 2) table[key.charCodeAt(at)] = key.charCodeAt(at + 1) ^ 64;
  const bytes = new Uint8Array(text.length);
  let end = 0;
  let above = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === high) above = 128;
    else {
      bytes[end] = (code === same ? text.charCodeAt((at += 1)) : (table[code] ?? 0)) | above;
      end += 1;
      above = 0;
    }
  }
  return bytes.subarray(0, end);
}
