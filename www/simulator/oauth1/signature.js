/**
 * The signature of OAuth 1.0a, HMAC-SHA1 only, as X documents it (RFC 5849 §3.4).
 * @module
 */
import { createHmac } from 'node:crypto';
import { sameText } from '../constant-time.js';
import { encoded } from './encoding.js';

/**
 * RFC 5849 §3.4.1.1.
 * @param {string} method
 * @param {string} uri without query
 * @param {[string, string][]} pairs decoded
 */
export function baseString(method, uri, pairs) {
  // §3.4.1.3.2: encoded first, then sorted by name, then by value. What is encoded is ASCII, so `<` compares bytes.
  const sorted = pairs
    .map(([name, value]) => /** @type {const} */ ([encoded(name), encoded(value)]))
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return [method.toUpperCase(), uri, sorted.map(([name, value]) => `${name}=${value}`).join('&')].map(encoded).join('&');
}

/**
 * RFC 5849 §3.4.1.2: scheme and host in small letters, and no port that the scheme has anyway.
 * @param {string} origin
 * @param {string} path as it was requested
 */
export function baseUri(origin, path) {
  const { protocol, host } = new URL(origin);
  return `${protocol}//${host}${path}`;
}

/**
 * RFC 5849 §3.4.2.
 * @param {string} base
 * @param {string} consumerSecret
 * @param {string} [tokenSecret]
 */
export function hmacSha1(base, consumerSecret, tokenSecret = '') {
  return createHmac('sha1', `${encoded(consumerSecret)}&${encoded(tokenSecret)}`).update(base).digest('base64');
}

/**
 * The first of these origins for which the signature was made, if it was made for one. The host is signed, and X has
 * had several: a request that reaches api.x.com may bear a signature for api.twitter.com.
 * @param {{ method: string, path: string, pairs: [string, string][], signature: string }} request
 * @param {string[]} origins
 * @param {{ consumerSecret: string, tokenSecret?: string }} secrets
 */
export function signedFor({ method, path, pairs, signature }, origins, { consumerSecret, tokenSecret }) {
  return origins.find((origin) => sameText(hmacSha1(baseString(method, baseUri(origin, path), pairs), consumerSecret, tokenSecret), signature));
}
