/**
 * Access and refresh tokens as X hands them out.
 * @module
 */

/** @typedef {import('./types.js').World} World */

/** docs.x.com, oauth-2-0/authorization-code: two hours. Of a refresh token X documents no end, so it has none here. */
const ACCESS_LIFETIME_S = 7200;

/**
 * @param {World} world
 * @param {{ grant: string, clientId: string, accountId: string, scopes: string[] }} consent
 */
export function issueTokens(world, { grant, clientId, accountId, scopes }) {
  const now = world.clock.now();
  /** @param {'at' | 'rt'} kind @param {number} expiresAt */
  const issue = (kind, expiresAt) => {
    const token = world.randomness.credential(kind, now);
    world.store.addToken({ token, kind, grant, clientId, accountId, scopes, expiresAt, live: true });
    return token;
  };
  return {
    token_type: 'bearer',
    expires_in: ACCESS_LIFETIME_S,
    access_token: issue('at', now + ACCESS_LIFETIME_S * 1000),
    // X promises no order, and answers in another one than it was asked: backwards here, so that nobody relies on it.
    scope: [...scopes].reverse().join(' '),
    ...(scopes.includes('offline.access') && { refresh_token: issue('rt', Infinity) }),
  };
}
