/**
 * The codes and tokens that were given out, for a test to look at: as they are, and with the names of people.
 * @module
 */

/** @typedef {import('./types.js').World} World */

/** @typedef {{ code: string, clientId: string, username: string, redirectUri: string, scopes: string[], expiresAt: number, spent: boolean }} IssuedCode */

/**
 * `expiresAt` is null for what has no end. `scopes` are those of OAuth 2.0; `access` and `secret` belong to OAuth 1.0a.
 * @typedef {object} IssuedToken
 * @property {'access' | 'refresh' | 'oauth1'} kind
 * @property {string} token
 * @property {string} [secret]
 * @property {string} clientId
 * @property {string} username
 * @property {string[]} [scopes]
 * @property {import('./types.js').Access} [access]
 * @property {number | null} expiresAt
 * @property {boolean} live not spent, revoked or expired
 */

/** @param {World} world @param {string} accountId */
const nameOf = ({ accounts }, accountId) => accounts.find(({ id }) => id === accountId)?.username ?? '';

/**
 * @param {World} world
 * @returns {IssuedCode[]}
 */
export function issuedCodes(world) {
  return world.store.codes().map(([code, { clientId, accountId, redirectUri, scopes, expiresAt, spent }]) => {
    return { code, clientId, username: nameOf(world, accountId), redirectUri, scopes: [...scopes], expiresAt, spent };
  });
}

/**
 * @param {World} world
 * @returns {IssuedToken[]}
 */
export function issuedTokens(world) {
  const now = world.clock.now();
  const ofOAuth2 = world.store.tokens().map(({ token, kind, clientId, accountId, scopes, expiresAt, live }) => ({
    kind: kind === 'at' ? /** @type {const} */ ('access') : /** @type {const} */ ('refresh'),
    token,
    clientId,
    username: nameOf(world, accountId),
    scopes: [...scopes],
    expiresAt: expiresAt === Infinity ? null : expiresAt,
    live: live && now < expiresAt,
  }));
  const ofOAuth1 = world.oauth1.userTokens().map(({ token, secret, clientId, accountId, access, live }) => {
    return { kind: /** @type {const} */ ('oauth1'), token, secret, clientId, username: nameOf(world, accountId), access, expiresAt: null, live };
  });
  return [...ofOAuth2, ...ofOAuth1];
}
