/**
 * `GET /2/users/me` (docs.x.com, x-api/users/lookup; OpenAPI 2.167).
 * @module
 */
import { answered } from './faults/act.js';
import { json } from './http.js';

/** @typedef {import('./types.js').Account} Account */
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
export async function usersMe(world, { headers, query }) {
  const fields = new URLSearchParams(query).get('user.fields');
  world.journal.record('user_request', { ...(fields !== null && { 'user.fields': fields }) });
  const reply = await answered(world, 'user', {}, () => answer(world, headers.authorization, fields));
  world.journal.record('user_response', { status: reply.status });
  return reply;
}

/**
 * @param {World} world
 * @param {string | undefined} authorization
 * @param {string | null} fields
 */
function answer(world, authorization, fields) {
  // RFC 6750 §2.1; a token in the query or in a body is not looked at.
  const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  const token = world.store.token(bearer ?? '');
  if (!token || token.kind !== 'at' || !token.live || world.clock.now() >= token.expiresAt) return problem(401, 'Unauthorized');
  if (!NEEDED.every((scope) => token.scopes.includes(scope))) return problem(403, 'Forbidden');
  const account = world.accounts.find(({ id }) => id === token.accountId);
  if (!account) return problem(401, 'Unauthorized');

  const asked = fields === null ? [] : fields.split(',');
  const unknown = asked.filter((field) => !KNOWN.has(field));
  if (unknown.length > 0) return invalidFields(unknown);

  const sent = Object.keys(FILLED).filter((field) => {
    if (field === 'confirmed_email' && !token.scopes.includes('users.email')) return false;
    return ALWAYS.includes(field) || asked.includes(field);
  });
  return json(200, { data: Object.fromEntries(sent.map((field) => [field, FILLED[field]?.(account)])) });
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
