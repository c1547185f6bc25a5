/**
 * Text as OAuth 1.0a writes it (RFC 5849 §3.6), and the Authorization header that is made of it (§3.5.1).
 * @module
 */

/**
 * Every byte of the UTF-8 but letters, digits, `-`, `.`, `_` and `~` becomes `%XX` in capitals; a space is `%20`.
 * @param {string} text
 */
export function encoded(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * @param {[string, string][]} pairs
 */
export const formEncoded = (pairs) => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');

/**
 * The parameters of an `Authorization: OAuth name="value", …`, decoded, without `realm`.
 * @param {string} header
 * @returns {[string, string][] | null} null when it is another scheme or not well formed
 */
export function headerParameters(header) {
  const list = /^OAuth\s+(.*)$/is.exec(header)?.[1];
  if (list === undefined) return null;
  /** @type {[string, string][]} */
  const pairs = [];
  for (const part of list.split(',')) {
    const [, name, value] = /^\s*([^\s=",]+)\s*=\s*"([^"]*)"\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined) return null;
    // RFC 5849 §3.4.1.3.1: the realm is no part of what is signed.
    if (name.toLowerCase() === 'realm') continue;
    try {
      pairs.push([decodeURIComponent(name), decodeURIComponent(value)]);
    } catch {
      return null; // a lone % or bytes that are no UTF-8
    }
  }
  return pairs;
}
