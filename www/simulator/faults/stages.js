/**
 * The stages that several kinds of fault have in common.
 * @module
 */

/** The endpoints of OAuth 1.0a. @type {readonly import('../types.js').Stage[]} */
export const OF_OAUTH1 = ['request_token', 'access_token', 'credentials', 'invalidate'];
