/**
 * Whether a request may be believed: all of RFC 5849 §3.2, for the tokens that X knows.
 * @module
 */
import { shownValue } from '../mask.js';
import { signedFor } from './signature.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./parameters.js').SignedParameters} SignedParameters */
/** @typedef {import('./store.js').RequestToken} RequestToken */
/** @typedef {import('./store.js').UserToken} UserToken */

/** Who signs: the App alone, the App with a request token, or the App for a person. @typedef {'none' | 'request' | 'user'} TokenKind */

/** @typedef {{ code: number, reason: string }} Failure */
/** @typedef {{ app: RunningApp, values: Map<string, string>, requestToken?: RequestToken, userToken?: UserToken }} Verified */

/** X tells no number; five minutes either way is what its messages have been seen to allow for. */
const MOST_SKEW_S = 300;

const NEEDED = ['oauth_consumer_key', 'oauth_nonce', 'oauth_signature', 'oauth_signature_method', 'oauth_timestamp'];

/** Where X's API is or was: a signature for one of these that came here was made by a client that is not configured. */
const HOSTS_OF_X = ['https://api.x.com', 'https://api.twitter.com'];

/**
 * @param {World} world
 * @param {Request} request
 * @param {SignedParameters} parameters
 * @param {TokenKind} kind
 * @returns {Verified | { failure: Failure }}
 */
export function verify(world, request, { pairs, values, malformed }, kind) {
  const value = (/** @type {string} */ name) => values.get(name) ?? '';
  if (malformed !== undefined) return failed(215, malformed);
  for (const name of [...NEEDED, ...(kind === 'none' ? [] : ['oauth_token'])]) if (value(name) === '') return failed(215, `${name} is missing`);
  if (value('oauth_signature_method') !== 'HMAC-SHA1') return failed(32, 'X knows oauth_signature_method=HMAC-SHA1 only');
  if (values.has('oauth_version') && value('oauth_version') !== '1.0') return failed(32, 'oauth_version is 1.0 or left out');
  if (!/^[\x21-\x7e]+$/.test(value('oauth_nonce'))) return failed(32, 'oauth_nonce is not ASCII');

  const app = [...world.apps.values()].find(({ oauth1 }) => oauth1.consumerKey === value('oauth_consumer_key'));
  if (!app) return failed(32, 'no App has this oauth_consumer_key (it is the API key, not the OAuth 2.0 Client ID)');

  const now = Math.floor(world.clock.now() / 1000);
  const timestamp = /^\d{1,12}$/.test(value('oauth_timestamp')) ? Number(value('oauth_timestamp')) : NaN;
  if (!(Math.abs(now - timestamp) <= MOST_SKEW_S)) return failed(135, `oauth_timestamp is ${shownValue('oauth_timestamp', value('oauth_timestamp'))}, and it is ${now} here`);

  const token = tokenOf(world, app, value('oauth_token'), kind);
  if (kind !== 'none' && !token) return failed(89, 'the oauth_token is unknown, spent, expired, revoked, of another kind or another App’s');

  const signed = { method: request.method, path: request.path, pairs, signature: value('oauth_signature') };
  const secrets = { consumerSecret: app.oauth1.consumerSecret, ...(token && { tokenSecret: token.secret }) };
  const here = originOf(request);
  if (!signedFor(signed, [...here, ...world.signatureOrigins], secrets)) {
    const elsewhere = signedFor(signed, HOSTS_OF_X, secrets);
    return failed(32, elsewhere ? `the signature is good for ${elsewhere}, and the request came to ${here[0]}` : 'the signature does not verify');
  }
  // RFC 5849 §3.3: a nonce is new among those with the same timestamp, App and token. Only what was signed uses one up.
  const use = [app.clientId, token?.token ?? '', timestamp, value('oauth_nonce')].join(' ');
  if (!world.oauth1.firstUse(use, timestamp, now - MOST_SKEW_S)) return failed(32, 'the oauth_nonce was used before');
  if (app.suspended) return failed(416, 'the App is suspended');
  // No callback is approved for an App that does not sign in by OAuth 1.0a. Tokens that people gave it before live on.
  if (kind !== 'user' && !app.oauth1.enabled) return failed(415, 'OAuth 1.0a is off in the App’s User authentication settings');
  return { app, values, ...(kind === 'request' && { requestToken: /** @type {RequestToken} */ (token) }), ...(kind === 'user' && { userToken: /** @type {UserToken} */ (token) }) };
}

/**
 * @param {World} world
 * @param {RunningApp} app
 * @param {string} token
 * @param {TokenKind} kind
 * @returns {RequestToken | UserToken | undefined}
 */
function tokenOf({ oauth1, clock }, app, token, kind) {
  if (kind === 'user') {
    const found = oauth1.userToken(token);
    return found?.live && found.clientId === app.clientId ? found : undefined;
  }
  const found = kind === 'request' ? oauth1.requestToken(token) : undefined;
  return found && found.clientId === app.clientId && found.stage !== 'over' && clock.now() < found.expiresAt ? found : undefined;
}

/** The address that the request was made to, as its Host header has it (RFC 5849 §3.4.1.2). @param {Request} request */
function originOf({ headers: { host = '' } }) {
  const origin = `http://${host}`;
  return URL.canParse(origin) ? [origin] : [];
}

/** @param {number} code @param {string} reason */
const failed = (code, reason) => ({ failure: { code, reason } });
