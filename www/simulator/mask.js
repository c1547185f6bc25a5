/**
 * Secrets as the journal shows them: their length and a fingerprint, so that two of them can be compared in a test or
 * by eye without either being written down.
 * @module
 */
import { createHash } from 'node:crypto';

const SECRET = new Set([
  'code', 'state', 'code_verifier', 'client_secret', 'token', 'access_token', 'refresh_token', 'authorization',
  'oauth_token', 'oauth_token_secret', 'oauth_verifier', 'oauth_signature', 'denied',
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
