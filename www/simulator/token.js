/**
 * `POST /2/oauth2/token`: codes and refresh tokens become access tokens (RFC 6749 §4.1.3, §6; RFC 7636 §4.5).
 *
 * The errors are X's own, literally. X says `invalid_request` where the RFC says `invalid_grant`.
 * @module
 */
import { authenticateClient } from './client-authentication.js';
import { answered } from './faults/act.js';
import { isForm, json, parameters } from './http.js';
import { masked, shownName } from './mask.js';
import { isVerifier, verifierMatches } from './pkce.js';
import { issueTokens } from './token-issue.js';

/** @typedef {import('./types.js').RunningApp} App */
/** @typedef {import('./types.js').Reply} Reply */
/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').World} World */
/** @typedef {{ body: object } | { failure: import('./client-authentication.js').Failure }} Outcome */

/** @type {Record<string, (world: World, app: App, form: Map<string, string>) => Outcome>} */
const GRANTS = { authorization_code: exchangeCode, refresh_token: refresh };

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export async function tokenEndpoint(world, request) {
  const { values: form, repeated } = parameters(isForm(request) ? request.body : '');
  const { authorization, origin } = request.headers;
  const seen = { ...(authorization && { authorization }), ...(origin && { origin }) };
  world.journal.record('token_request', masked([...form, ...Object.entries(seen)]));

  /** @type {string | undefined} */
  let refused;
  const answerIt = () => {
    const outcome = answer(world, form, repeated, authorization);
    if ('body' in outcome) return json(200, outcome.body);
    const { status, error, description, note } = outcome.failure;
    refused = error;
    return { ...json(status, { error, error_description: description }), ...(note !== undefined && { note }) };
  };
  // Refreshing is a stage of its own within the other, so that a test can spoil it and leave sign-ins alone.
  const isRefresh = form.get('grant_type') === 'refresh_token';
  const reply = await answered(world, 'token', {}, () => (isRefresh ? answered(world, 'refresh', {}, answerIt) : answerIt()));
  world.journal.record('token_response', { status: reply.status, ...(refused && { error: refused }) });
  return reply;
}

/**
 * @param {World} world
 * @param {Map<string, string>} form
 * @param {string[]} repeated
 * @param {string | undefined} authorization
 * @returns {Outcome}
 */
function answer(world, form, repeated, authorization) {
  if (repeated[0]) return invalid(`Parameter [${shownName(repeated[0])}] was sent more than once.`);
  const grantType = form.get('grant_type');
  if (!grantType) return missing('grant_type');
  const client = authenticateClient(world.apps, authorization, form.get('client_id'));
  if ('failure' in client) return client;
  const grant = Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
  return grant ? grant(world, client.app, form) : invalid('Value passed for the grant type was invalid.');
}

/**
 * @param {World} world
 * @param {App} app
 * @param {Map<string, string>} form
 * @returns {Outcome}
 */
function exchangeCode(world, app, form) {
  for (const name of ['code', 'redirect_uri', 'code_verifier']) if (!form.get(name)) return missing(name);
  const code = world.store.code(form.get('code') ?? '');
  if (!code || code.clientId !== app.clientId || code.spent || world.clock.now() >= code.expiresAt) {
    const why = !code ? 'No such code was given out.' : code.clientId !== app.clientId ? 'The code was given to another App.' : code.spent ? 'The code was exchanged before: it works once.' : 'The code has run out: it lives for thirty seconds.';
    return invalid('Value passed for the authorization code was invalid.', why);
  }
  // Spent by being presented, whatever comes next: there is no second guess at a verifier.
  code.spent = true;
  // The second: X's page on callbacks prints this error for one that is not, or no longer, among the App's.
  if (form.get('redirect_uri') !== code.redirectUri || !app.redirectUris.includes(code.redirectUri)) {
    return invalid('Value passed for the redirect uri did not match the uri of the authorization code.', 'The redirect_uri is another than that of the authorize request, or no callback of the App any more.');
  }
  if (!isVerifier(form.get('code_verifier') ?? '', code.codeChallengeMethod) || !verifierMatches(form.get('code_verifier') ?? '', code)) {
    return invalid('Value passed for the code verifier did not match the code challenge.');
  }
  return { body: issueTokens(world, { ...code, grant: world.randomness.text(12) }) };
}

/**
 * @param {World} world
 * @param {App} app
 * @param {Map<string, string>} form
 * @returns {Outcome}
 */
function refresh(world, app, form) {
  if (!form.get('refresh_token')) return missing('refresh_token');
  const token = world.store.token(form.get('refresh_token') ?? '');
  if (!token || token.kind !== 'rt' || !token.live || token.clientId !== app.clientId) {
    // RFC 9700 §4.14.2 asks servers for this. Whether X does so nobody outside knows.
    if (world.unverifiedReuseEndsGrant && token?.kind === 'rt' && token.clientId === app.clientId) world.store.endGrant(token.grant);
    return invalid('Value passed for the token was invalid.', token?.kind === 'rt' && token.clientId === app.clientId ? 'The refresh token was used or revoked before: it works once, and the answer has the next.' : 'No such refresh token was given to this App.');
  }
  token.live = false; // single use: the answer carries the next one
  return { body: issueTokens(world, token) };
}

/** @param {string} description @param {string} [note] what X does not say, for the log @returns {Outcome} */
function invalid(description, note) {
  return { failure: { status: 400, error: 'invalid_request', description, ...(note !== undefined && { note }) } };
}

/** @param {string} name */
const missing = (name) => invalid(`Missing required parameter [${name}].`);
