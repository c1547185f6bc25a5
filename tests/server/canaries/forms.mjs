/**
 * A word that every secret of a test has in it, and the shapes that it can take in a text. One word, so that any number of
 * secrets are looked for at once, and none is forgotten.
 */
import { randomBytes } from 'node:crypto';

export const MARK = 'KaNaRiE7x';

/** As long as X's own; X's are never shorter than 30 characters. @param {string} what */
export const canary = (what) => `${what}-${MARK}-${randomBytes(12).toString('hex')}`;

/** Wherever it stands among other bytes: what its first and last characters share with those is cut off. @param {string} text @param {'base64' | 'base64url'} encoding */
const aligned = (text, encoding) =>
  [0, 1, 2].map((before) => {
    const bits = 8 * (before + Buffer.byteLength(text));
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString(encoding);
    return encoded.slice(Math.ceil((8 * before) / 6), Math.floor(bits / 6));
  });

const percent = (/** @type {string} */ text) => encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** @param {string} secret */
export function formsOf(secret) {
  const hex = Buffer.from(secret).toString('hex');
  const once = percent(secret);
  const texts = [secret, once, once.toLowerCase(), percent(once), JSON.stringify(secret).slice(1, -1), [...secret].reverse().join('')];
  return [...new Set([...texts, hex, hex.toUpperCase(), ...[secret, once].flatMap((text) => [...aligned(text, 'base64'), ...aligned(text, 'base64url')])])];
}

/** What of `secret` is in the text, with what stands around it. @param {string} text @param {string} [secret] */
export function leak(text, secret = MARK) {
  for (const form of formsOf(secret)) {
    const at = text.indexOf(form);
    if (at >= 0) return text.slice(Math.max(0, at - 120), at + form.length + 40);
  }
  return undefined;
}
