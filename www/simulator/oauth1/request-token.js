/**
 * `POST /oauth/request_token` (docs.x.com, authentication/api-reference; RFC 5849 §2.1).
 * @module
 */
import { accessAsked } from './access.js';
import { form, signedEndpoint } from './signed-endpoint.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

/** X tells no number. */
const REQUEST_TOKEN_LIFETIME_MS = 10 * 60_000;

/**
 * @param {World} world
 * @param {Request} request
 */
export const requestTokenEndpoint = (world, request) =>
  signedEndpoint(world, request, { stage: 'request_token', token: 'none' }, ({ app, values }) => {
    const { desktop, access: granted } = app.oauth1;
    const callback = values.get('oauth_callback') ?? '';
    if (desktop && callback !== 'oob') return { code: 417, reason: 'a desktop App has no callback but oob' };
    if (callback !== 'oob' && !app.redirectUris.includes(callback)) {
      return { code: 415, reason: `oauth_callback is not among this App’s callbacks, which are compared byte for byte: ${app.redirectUris.join(' , ')}` };
    }
    const access = accessAsked(granted, values.get('x_auth_access_type'));
    if (!access) return { code: 215, reason: 'x_auth_access_type is read or write' };
    const token = world.randomness.text(20);
    const secret = world.randomness.text(24);
    world.oauth1.addRequestToken({ token, secret, clientId: app.clientId, callback, access, expiresAt: world.clock.now() + REQUEST_TOKEN_LIFETIME_MS, stage: 'new' });
    return form([['oauth_token', token], ['oauth_token_secret', secret], ['oauth_callback_confirmed', 'true']]);
  });
