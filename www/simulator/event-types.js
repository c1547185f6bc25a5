/**
 * What can happen in the simulator: the types of its events, and what each tells.
 * @module
 */
import { didYouMean } from './similar.js';

export const EVENT_TYPES = /** @type {const} */ ([
  'authorize_request',
  'authorize_refused',
  'signed_in',
  'decision',
  'redirect',
  'redirect_offered',
  'redirect_withheld',
  'handed_over',
  'prefetch',
  'token_request',
  'token_response',
  'revoke_request',
  'revoke_response',
  'user_request',
  'user_refused',
  'user_response',
  'request_token_request',
  'request_token_response',
  'access_token_request',
  'access_token_response',
  'credentials_request',
  'credentials_response',
  'invalidate_request',
  'invalidate_response',
  'access_revoked',
  'session_ended',
  'app_added',
  'app_changed',
  'app_removed',
  'keys_changed',
  'project_added',
  'project_changed',
  'project_removed',
  'fault',
  'state_error',
  'internal_error',
]);

/** @typedef {typeof EVENT_TYPES[number]} EventType */

/**
 * @param {string | undefined} type
 * @returns {EventType | undefined}
 */
export function checkEventType(type) {
  if (type === undefined) return undefined;
  const found = EVENT_TYPES.find((each) => each === type);
  if (!found) throw new TypeError(`no event is a "${type}"${didYouMean(type, EVENT_TYPES) || `; there are: ${EVENT_TYPES.join(', ')}`}`);
  return found;
}
