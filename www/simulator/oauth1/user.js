/**
 * What a person's token is good for: `GET /1.1/account/verify_credentials.json` tells who it is, and
 * `POST /1.1/oauth/invalidate_token.json` ends it.
 * @module
 */
import { json } from '../http.js';
import { signedEndpoint } from './signed-endpoint.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {Request} request
 */
export const verifyCredentials = (world, request) =>
  signedEndpoint(world, request, { stage: 'credentials', token: 'user' }, ({ app, values, userToken }) => {
    const account = world.accounts.find(({ id }) => id === userToken?.accountId);
    if (!account) return { code: 89, reason: 'the account is gone' };
    const { id, username, name, profileImageUrl, email } = account;
    const wanted = values.get('include_email') === 'true' && app.requestEmail;
    const user = {
      id_str: id,
      name,
      screen_name: username,
      profile_image_url: profileImageUrl,
      profile_image_url_https: profileImageUrl,
      protected: false,
      verified: false,
      // Null when X holds no confirmed address.
      ...(wanted && { email: email ?? null }),
    };
    const reply = json(200, user);
    // `id` is a bare number, and may be above 2^53: no JavaScript number can hold it, so it is written by hand.
    return { ...reply, body: `{"id":${id},${String(reply.body).slice(1)}` };
  });

/**
 * @param {World} world
 * @param {Request} request
 */
export const invalidateToken = (world, request) =>
  signedEndpoint(world, request, { stage: 'invalidate', token: 'user' }, ({ userToken }) => {
    if (!userToken) return { code: 89, reason: 'no token' };
    world.oauth1.revoke(userToken);
    return json(200, { access_token: userToken.token });
  });
