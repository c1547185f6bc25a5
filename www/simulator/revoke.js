/**
 * `POST /2/oauth2/revoke` (docs.x.com, oauth-2-0/user-access-token, step 6; RFC 7009).
 * @module
 */
import { authenticateClient } from './client-authentication.js';
import { answered } from './faults/act.js';
import { isForm, json, parameters } from './http.js';
import { masked, shownName } from './mask.js';

/** @typedef {import('./types.js').Reply} Reply */
/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').World} World */

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export async function revokeEndpoint(world, request) {
  const { values: form, repeated } = parameters(isForm(request) ? request.body : '');
  world.journal.record('revoke_request', masked(form));
  const reply = await answered(world, 'revoke', {}, () => answer(world, form, repeated, request.headers.authorization));
  world.journal.record('revoke_response', { status: reply.status });
  return reply;
}

/**
 * @param {World} world
 * @param {Map<string, string>} form
 * @param {string[]} repeated
 * @param {string | undefined} authorization
 * @returns {Reply}
 */
function answer(world, form, repeated, authorization) {
  if (repeated[0]) return failed(400, 'invalid_request', `Parameter [${shownName(repeated[0])}] was sent more than once.`);
  const client = authenticateClient(world.apps, authorization, form.get('client_id'));
  if ('failure' in client) return { ...failed(client.failure.status, client.failure.error, client.failure.description), ...(client.failure.note !== undefined && { note: client.failure.note }) };
  const value = form.get('token');
  if (!value) return failed(400, 'invalid_request', 'Missing required parameter [token].');

  const token = world.store.token(value);
  // RFC 7009 §2.1: a token that was issued to somebody else is not this client's to revoke.
  if (token && token.clientId !== client.app.clientId) return failed(400, 'invalid_request', 'Value passed for the token was invalid.');
  if (token) {
    token.live = false;
    // RFC 7009 §2.1: with a refresh token go the access tokens of the same grant.
    if (token.kind === 'rt') world.store.endGrant(token.grant);
  }
  // RFC 7009 §2.2: an unknown token is answered like a revoked one.
  return json(200, { revoked: true });
}

/** @param {number} status @param {string} error @param {string} description */
const failed = (status, error, description) => json(status, { error, error_description: description });
