/**
 * Who is signed in at X in this browser: the account that last approved something, in a cookie. Only OAuth 1.0a asks
 * for it, for its page is left out for those who approved the App before.
 * @module
 */

/** @typedef {import('../types.js').Account} Account */
/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

const COOKIE = 'simulated_x_account';

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Account | undefined}
 */
export function rememberedAccount({ accounts }, { headers: { cookie = '' } }) {
  const named = cookie.split(';').map((each) => each.trim()).find((each) => each.startsWith(`${COOKIE}=`));
  return accounts.find(({ username }) => named === `${COOKIE}=${username}`);
}

/**
 * @param {Reply} reply
 * @param {Account} account
 * @returns {Reply}
 */
export const remembering = (reply, { username }) => ({ ...reply, headers: { ...reply.headers, 'Set-Cookie': `${COOKIE}=${username}; Path=/oauth/; HttpOnly; SameSite=Lax` } });
