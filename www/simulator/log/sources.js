/**
 * Where a rule is written.
 * @module
 */

/** @typedef {{ name: string, url: string }} Source */

/**
 * @param {number} number
 * @param {string} section
 * @returns {Source}
 */
export const rfc = (number, section) => ({ name: `RFC ${number} §${section}`, url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}` });

/** @param {string} name @param {string} path @returns {Source} */
const page = (name, path) => ({ name: `X: ${name}`, url: `https://docs.x.com/${path}` });

export const DOCS = {
  user: page('Users lookup', 'x-api/users/lookup/introduction'),
  oauth1: page('Authentication API reference', 'fundamentals/authentication/api-reference'),
  login: page('Log in with X', 'fundamentals/authentication/guides/log-in-with-x'),
  errors: page('Response codes and errors', 'x-api/fundamentals/response-codes-and-errors'),
  credentials: { name: 'X: account/verify_credentials', url: 'https://developer.x.com/en/docs/twitter-api/v1/accounts-and-users/manage-account-settings/api-reference/get-account-verify_credentials' },
};
