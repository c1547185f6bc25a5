/**
 * `GET /2/users/me` (docs.x.com, x-api/users/lookup; OpenAPI 2.167).
 * @module
 */
import { answered } from './faults/act.js';
import { json } from './http.js';
import { masked } from './mask.js';
import { signedParameters } from './oauth1/parameters.js';
import { accessLevel } from './oauth1/signed-endpoint.js';
import { verify } from './oauth1/verify.js';
import { sentence } from './sentence.js';

/** @typedef {import('./types.js').Account} Account */
/** @typedef {import('./types.js').RunningApp} App */
/** @typedef {import('./types.js').Reply} Reply */
/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').World} World */

/** Both are needed: with `users.read` alone X answers 403 (nextauthjs/next-auth#5838). */
const NEEDED = ['tweet.read', 'users.read'];

/** Fields the simulator can fill. Those always sent come first. @type {Record<string, (account: Account) => unknown>} */
const FILLED = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  username: ({ username }) => username,
  profile_image_url: ({ profileImageUrl }) => profileImageUrl,
  confirmed_email: ({ email }) => email,
  protected: () => false,
  verified: () => false,
  verified_type: () => 'none',
};
const ALWAYS = ['id', 'name', 'username'];

/** `user.fields` of OpenAPI 2.167, and three that were accepted until 2.166. Those not filled above are left out. */
const KNOWN = new Set([
  ...Object.keys(FILLED),
  ...('connection_status created_at description entities is_identity_verified location parody profile_banner_url public_metrics ' +
    'receives_your_dm subscribes_to_you subscription subscription_type url verified_followers_count withheld ' +
    'affiliation most_recent_tweet_id pinned_tweet_id').split(' '),
]);

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export async function usersMe(world, request) {
  const fields = new URLSearchParams(request.query).get('user.fields');
  world.journal.record('user_request', masked(fields === null ? [] : [['user.fields', fields]]));
  const reply = await answered(world, 'user', {}, () => answer(world, request, fields));
  world.journal.record('user_response', { status: reply.status });
  return reply;
}

/**
 * @param {World} world
 * @param {Request} request
 * @param {string | null} fields
 * @returns {Reply}
 */
function answer(world, request, fields) {
  const caller = /^OAuth\s/i.test(request.headers.authorization ?? '') ? signedCaller(world, request) : bearerCaller(world, request);
  if (caller === 'app') return appOnly();
  if (caller && 'reason' in caller) return { ...problem(401, 'Unauthorized'), note: sentence(caller.reason) };
  if (!caller) return { ...problem(401, 'Unauthorized'), note: 'No good token came: it is missing, unknown, revoked, or has run out after two hours.' };
  const told = { ...world.rates.use(`user ${caller.app.clientId} ${caller.accountId}`, world.clock.now()), ...caller.headers };
  const reply = answerTo(world, caller, fields);
  return { ...reply, headers: { ...reply.headers, ...told } };
}

/**
 * @param {World} world
 * @param {Caller} caller
 * @param {string | null} fields
 * @returns {Reply}
 */
function answerTo(world, { app, accountId, mayRead, mayReadEmail }, fields) {
  if (!app.enrolled) return forbiddenClient(world, app);
  if (!mayRead) return { ...problem(403, 'Forbidden'), note: 'The token lacks a scope: users/me needs tweet.read and users.read.' };
  const account = world.accounts.find(({ id }) => id === accountId);
  if (!account) return problem(401, 'Unauthorized');

  const asked = fields === null ? [] : fields.split(',');
  const unknown = asked.filter((field) => !KNOWN.has(field));
  if (unknown.length > 0) return invalidFields(unknown);

  const sent = Object.keys(FILLED).filter((field) => {
    if (field === 'confirmed_email' && !(mayReadEmail && app.requestEmail)) return false;
    return ALWAYS.includes(field) || asked.includes(field);
  });
  return json(200, { data: Object.fromEntries(sent.map((field) => [field, FILLED[field]?.(account)])) });
}

/** @typedef {{ app: App, accountId: string, mayRead: boolean, mayReadEmail: boolean, headers?: Record<string, string> }} Caller */

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Caller | 'app' | undefined}
 */
function bearerCaller(world, { headers: { authorization = '' } }) {
  // RFC 6750 §2.1; a token in the query or in a body is not looked at.
  const bearer = /^Bearer +([A-Za-z0-9._~+/%-]+=*)$/i.exec(authorization)?.[1] ?? '';
  if (bearer !== '' && [...world.apps.values()].some(({ bearerToken, suspended }) => bearerToken === bearer && !suspended)) return 'app';
  const token = world.store.token(bearer);
  const app = token && world.apps.get(token.clientId);
  if (!token || !app || app.suspended || token.kind !== 'at' || !token.live || world.clock.now() >= token.expiresAt) return undefined;
  const { accountId, scopes } = token;
  return { app, accountId, mayRead: NEEDED.every((scope) => scopes.includes(scope)), mayReadEmail: scopes.includes('users.email') };
}

/**
 * OAuth 1.0a user context: a level of permission instead of scopes, and every level may read.
 * @param {World} world
 * @param {Request} request
 * @returns {Caller | import('./oauth1/verify.js').Failure | undefined}
 */
function signedCaller(world, request) {
  const verified = verify(world, request, signedParameters(request), 'user');
  if ('failure' in verified) {
    world.journal.record('user_refused', { ...verified.failure });
    return verified.failure;
  }
  const { app, userToken } = verified;
  return userToken && { app, accountId: userToken.accountId, mayRead: true, mayReadEmail: true, headers: accessLevel(verified) };
}

/**
 * The sign-in works and the API does not: the App is in no package (docs.x.com, tools/xurl; plhery/node-twitter-api-v2#425).
 * @param {World} world
 * @param {App} app
 */
function forbiddenClient({ url }, { clientId }) {
  const detail =
    'When authenticating requests to the Twitter API v2 endpoints, you must use keys and tokens from a Twitter developer App that is ' +
    'attached to a Project. You can create a project via the developer portal.';
  return json(
    403,
    {
      client_id: clientId,
      detail,
      registration_url: url,
      title: 'Client Forbidden',
      required_enrollment: 'Appropriate Level of API Access',
      reason: 'client-not-enrolled',
      type: 'https://api.twitter.com/2/problems/client-forbidden',
    },
    'application/problem+json',
  );
}

/** An App's own token says nothing about who it is (xdevplatform/bookmarks-search#10). */
function appOnly() {
  const detail =
    'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].';
  return json(403, { title: 'Unsupported Authentication', detail, type: 'https://api.twitter.com/2/problems/unsupported-authentication', status: 403 }, 'application/problem+json');
}

/** @param {number} status @param {string} title */
function problem(status, title) {
  return json(status, { title, type: 'about:blank', status, detail: title }, 'application/problem+json');
}

/** @param {string[]} unknown */
function invalidFields(unknown) {
  const message = `The \`user.fields\` query parameter value [${unknown.join(',')}] is not one of [${[...KNOWN].sort().join(',')}]`;
  return json(
    400,
    {
      errors: [{ parameters: { 'user.fields': unknown }, message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: 'https://api.twitter.com/2/problems/invalid-request',
    },
    'application/problem+json',
  );
}
