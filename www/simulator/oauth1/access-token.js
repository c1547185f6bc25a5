/**
 * `POST /oauth/access_token` (docs.x.com, authentication/api-reference; RFC 5849 §2.3).
 * @module
 */
import { sameText } from '../constant-time.js';
import { html } from '../http.js';
import { form, signedEndpoint } from './signed-endpoint.js';

/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./store.js').UserToken} UserToken */

/**
 * @param {World} world
 * @param {Request} request
 */
export const accessTokenEndpoint = (world, request) =>
  signedEndpoint(world, request, { stage: 'access_token', token: 'request' }, ({ values, requestToken }) => {
    const given = values.get('oauth_verifier') ?? '';
    const { stage, verifier = '', accountId = '', clientId = '', access = 'read' } = requestToken ?? {};
    const account = world.accounts.find(({ id }) => id === accountId);
    // Spent by being presented, whatever comes next: a PIN has seven digits, and there is no second guess at it.
    if (requestToken) requestToken.stage = 'over';
    // In words and not by number: so it was seen at X.
    if (stage !== 'approved' || !account || !sameText(given, verifier)) return html(401, 'Error processing your OAuth request: Invalid oauth_verifier parameter');
    const { token, secret } = userToken(world, { clientId, accountId, access });
    return form([['oauth_token', token], ['oauth_token_secret', secret], ['user_id', account.id], ['screen_name', account.username]]);
  });

/**
 * The pair that this person has with this App: the same one as before, while it lives. An App that invalidates it when
 * somebody signs out in one browser does so for all of them.
 * @param {World} world
 * @param {Pick<UserToken, 'clientId' | 'accountId' | 'access'>} whose
 * @returns {UserToken}
 */
function userToken(world, { clientId, accountId, access }) {
  return world.oauth1.liveToken(clientId, accountId, access) ?? newUserToken(world, { clientId, accountId, access });
}

/**
 * @param {World} world
 * @param {Pick<UserToken, 'clientId' | 'accountId' | 'access'>} whose
 * @returns {UserToken}
 */
export function newUserToken(world, { clientId, accountId, access }) {
  const made = { token: `${accountId}-${world.randomness.text(30)}`, secret: world.randomness.text(33), clientId, accountId, access, live: true };
  world.oauth1.addUserToken(made);
  return made;
}
