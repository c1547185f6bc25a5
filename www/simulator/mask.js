/**
 * Secrets as the journal shows them: their length and a fingerprint, so that two of them can be compared in a test or
 * by eye without either being written down.
 * @module
 */
import { createHash } from 'node:crypto';

const SECRET = new Set([
  'code', 'state', 'code_verifier', 'client_secret', 'token', 'access_token', 'refresh_token', 'authorization',
  'oauth_token', 'oauth_token_secret', 'oauth_verifier', 'oauth_signature', 'denied', 'ticket',
]);

/** @param {string} value */
export function fingerprint(value) {
  return `[${value.length} characters, sha256 ${createHash('sha256').update(value).digest('hex').slice(0, 8)}]`;
}

/**
 * @param {Iterable<[string, string]>} pairs
 * @returns {Record<string, string>}
 */
export function masked(pairs) {
  return Object.fromEntries([...pairs].map(([name, value]) => [name, SECRET.has(name.toLowerCase()) ? fingerprint(value) : value]));
}

/** Names that nobody at X has, and that sound like a secret all the same. */
const SOUNDS_SECRET = /secret|token$|password|verifier$/i;

/**
 * For whatever may come: also what only sounds like a secret, and secrets in the query of an address that is a value.
 * @param {string} name
 * @param {string} value
 * @returns {string}
 */
export function maskedValue(name, value) {
  if (SECRET.has(name.toLowerCase()) || SOUNDS_SECRET.test(name)) return fingerprint(value);
  return value.replace(/([?&#])([^?&#=]+)=([^&#]*)/g, (_pair, mark, inner, text) => `${mark}${inner}=${maskedValue(inner, text)}`);
}
