/**
 * X's numbered errors, `{"errors":[{"code":…,"message":"…"}]}`. Where each is from, and which are guessed, is in
 * the README.
 * @module
 */
import { json } from '../http.js';

/** @typedef {import('../types.js').Reply} Reply */

/** @type {Record<number, [status: number, message: string]>} */
export const NUMBERED = {
  32: [401, 'Could not authenticate you.'],
  88: [429, 'Rate limit exceeded'],
  89: [401, 'Invalid or expired token.'],
  99: [403, 'Unable to verify your credentials'],
  135: [401, 'Timestamp out of bounds.'],
  215: [400, 'Bad Authentication data.'],
  326: [403, 'To protect our users from spam and other malicious activity, this account is temporarily locked.'],
  415: [403, 'Callback URL not approved for this client application. Approved callback URLs can be adjusted in your application settings.'],
  416: [401, 'Invalid / suspended application'],
  417: [403, 'Desktop applications only support the oauth_callback value \'oob\''],
};

/**
 * @param {number} code
 * @returns {Reply}
 */
export function numbered(code) {
  const [status, message] = NUMBERED[code] ?? [400, ''];
  return json(status, { errors: [{ code, message }] });
}
