/**
 * What of a simulator outlives it: Apps with their secrets, Projects, what people approved and the tokens that still
 * work. Codes, pages and request tokens live for moments, and are not kept; nor is who is signed in.
 * @module
 */

/** @typedef {import('../oauth1/store.js').UserToken} UserToken */
/** @typedef {import('../person/approvals.js').ApprovalRecord} ApprovalRecord */
/** @typedef {import('../types.js').Access} Access */
/** @typedef {import('../types.js').Project} Project */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').TokenRecord} TokenRecord */
/** @typedef {import('../types.js').World} World */

/** Of the file's shape. One that a later simulator wrote is refused, not guessed at. */
export const VERSION = 1;

/**
 * The records themselves. None of them is changed once it is there, but for whether a token lives: another value is
 * another record, so that what is new is seen without writing any of it out.
 * @typedef {{ projects: Project[], apps: RunningApp[], tokens: TokenRecord[], userTokens: UserToken[], approvals: ApprovalRecord[], levels: (Access | undefined)[] }} Kept
 */

/**
 * @param {World} world
 * @returns {Kept}
 */
export function keptOf({ apps, projects, store, oauth1, approvals, clock }) {
  const now = clock.now();
  const all = approvals.all();
  return {
    projects: [...projects.values()],
    apps: [...apps.values()],
    tokens: store.tokens().filter(({ live, expiresAt }) => live && now < expiresAt),
    userTokens: oauth1.userTokens().filter(({ live }) => live),
    approvals: all,
    // Of OAuth 1.0a, beside the approvals.
    levels: all.map(({ accountId, clientId }) => oauth1.approval(clientId, accountId)),
  };
}

/** @param {Kept} one @param {Kept} other */
export const isSame = (one, other) => /** @type {(keyof Kept)[]} */ (Object.keys(one)).every((list) => one[list].length === other[list].length && one[list].every((record, index) => record === other[list][index]));

/**
 * @param {Kept} kept
 * @returns {string}
 */
export function textOf({ projects, apps, tokens, userTokens, approvals, levels }) {
  const state = {
    about: 'State of the simulator of sign-in-with-x. It holds secrets.',
    version: VERSION,
    projects,
    apps,
    // JSON has no Infinity, which is when a refresh token ends.
    tokens: tokens.map(({ live: _, expiresAt, ...token }) => ({ ...token, expiresAt: expiresAt === Infinity ? null : expiresAt })),
    userTokens: userTokens.map(({ live: _, ...token }) => token),
    approvals: approvals.map((approval, index) => ({ ...approval, ...(levels[index] && { access: levels[index] }) })),
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}
