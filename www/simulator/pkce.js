/**
 * Proof key for code exchange, the server's half (RFC 7636 §4.3–4.6).
 * @module
 */
import { createHash } from 'node:crypto';
import { sameText } from './constant-time.js';

/** RFC 7636 §4.2: the S256 challenge is base64url of 32 bytes, hence exactly 43 characters. */
const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/**
 * The method as the simulator knows it, or null. X's own older SDK sends a lower-case `s256`, so X takes it.
 * @param {string} name
 * @param {boolean} allowPlain
 * @returns {'S256' | 'plain' | null}
 */
export function challengeMethod(name, allowPlain) {
  if (name === 'S256' || name === 's256') return 'S256';
  return name === 'plain' && allowPlain ? 'plain' : null;
}

/**
 * @param {string} challenge
 * @param {'S256' | 'plain'} method
 */
export function isChallenge(challenge, method) {
  // X's own examples send the nine letters "challenge" with "plain", so no shape is asked of it.
  return method === 'plain' ? challenge.length > 0 : S256_CHALLENGE.test(challenge);
}

/**
 * RFC 7636 §4.1. X's own examples send the nine letters "challenge" with "plain" here, too.
 * @param {string} verifier
 * @param {'S256' | 'plain'} method
 */
export function isVerifier(verifier, method) {
  return method === 'plain' || /^[A-Za-z0-9._~-]{43,128}$/.test(verifier);
}

/**
 * RFC 7636 §4.6: the verifier is hashed again and compared with the challenge of the authorize request.
 * @param {string} verifier
 * @param {{ codeChallenge: string, codeChallengeMethod: 'S256' | 'plain' }} code
 */
export function verifierMatches(verifier, { codeChallenge, codeChallengeMethod }) {
  const computed = codeChallengeMethod === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return sameText(computed, codeChallenge);
}
