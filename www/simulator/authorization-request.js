/**
 * The rules for `GET /i/oauth2/authorize` (docs.x.com, oauth-2-0/authorization-code, "Parameters"; RFC 6749 §4.1.1;
 * RFC 7636 §4.3). Each rule that fails says what a developer should mend, for X itself says nothing of use.
 * @module
 */
import { refusalOf } from './apps/refusal.js';
import { parameters } from './http.js';
import { shownName } from './mask.js';
import { challengeMethod, isChallenge } from './pkce.js';
import { isScope, likeScope } from './scopes.js';

/** @typedef {import('./types.js').Authorization} Authorization */
/** @typedef {import('./types.js').World} World */
/** @typedef {import('./apps/refusal.js').Refusal} Refusal */

const NEEDED = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method'];
const MOST_STATE_CHARACTERS = 500;

/**
 * @param {World} world
 * @param {string} query
 * @returns {{ authorization: Authorization } | { refusal: Refusal } | { sendBack: { redirectUri: string, pairs: [string, string][] } }}
 */
export function checkAuthorizationRequest(world, query) {
  const { values, repeated } = parameters(query);
  const value = (/** @type {string} */ name) => values.get(name) ?? '';
  /** @param {string} reason @param {string} fix */
  const refuse = (reason, fix) => ({ refusal: { reason, fix } });

  if (repeated[0]) return refuse(`repeated:${shownName(repeated[0])}`, `"${shownName(repeated[0])}" is in the query more than once. Send every parameter once.`);

  const missing = NEEDED.filter((name) => value(name) === '');
  if (missing.length > 0) return refuse(`missing:${missing.join(',')}`, `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing or empty. X asks for all seven parameters.`);

  const redirectUri = value('redirect_uri');
  const refusal = refusalOf(world.apps, value('client_id'), redirectUri);
  if (refusal) return { refusal };

  if (value('response_type') !== 'code') return refuse('response_type', 'X knows response_type=code only.');

  const scopes = value('scope').split(' ').filter(Boolean);
  const unknown = scopes.filter((scope) => !isScope(scope));
  if (unknown.length > 0 || scopes.length === 0) return { refusal: scopeRefusal(unknown) };

  const method = challengeMethod(value('code_challenge_method'), world.allowPlain);
  if (!method) return refuse('code_challenge_method', 'Send code_challenge_method=S256. (X also documents "plain"; the simulator takes it with allowPlain.)');
  if (!isChallenge(value('code_challenge'), method)) return refuse('code_challenge', 'An S256 challenge is the base64url of 32 bytes: 43 characters without padding.');

  const state = value('state');
  if ([...state].length > MOST_STATE_CHARACTERS) {
    // Seen at X: the callback gets this error and no state (supabase/supabase#41705, supabase/auth#2340).
    return { sendBack: { redirectUri, pairs: [['error', 'invalid_request'], ['error_description', 'Redirect is requested.']] } };
  }

  return {
    authorization: {
      clientId: value('client_id'),
      redirectUri,
      scopes: [...new Set(scopes)],
      state,
      codeChallenge: value('code_challenge'),
      codeChallengeMethod: method,
    },
  };
}

/** @param {string[]} unknown names of no scope @returns {Refusal} */
function scopeRefusal(unknown) {
  if (unknown.length === 0) return { reason: 'scope', fix: 'There is no scope in "scope". An App asks for users.read and tweet.read at least.' };
  const meant = [...new Set(unknown.flatMap((name) => likeScope(name) ?? []))];
  const advice = meant.length > 0 ? `Did you mean ${meant.join(' and ')}?` : 'The names are in X’s documentation, under OAuth 2.0.';
  const commas = unknown.some((name) => name.includes(',')) ? 'A space (%20) stands between two scopes, and no comma.' : advice;
  return { reason: 'scope', fix: `X has no scope of a name that is in "scope". ${commas}`, facts: [['Not a scope', unknown]] };
}

/** @param {string[]} names */
const listed = (names) => names.map((name) => `"${name}"`).join(', ').replace(/, (?=[^,]*$)/, ' and ');
