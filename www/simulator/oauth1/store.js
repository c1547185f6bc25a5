/**
 * What OAuth 1.0a has to remember: request tokens, open pages, the tokens of people, who approved which App, and nonces.
 * In memory, bounded.
 * @module
 */
import { createHash } from 'node:crypto';
import { adding } from '../bounded.js';

/** @typedef {import('../types.js').Access} Access */

/** Oldest records go first, as in the other store. */
const MOST = 5000;
const add = adding(MOST);

/**
 * @typedef {object} RequestToken
 * @property {string} token
 * @property {string} secret
 * @property {string} clientId
 * @property {string} callback `oob` or an address
 * @property {Access} access what the person is asked for
 * @property {number} expiresAt
 * @property {'new' | 'approved' | 'over'} stage over: denied, or exchanged
 * @property {string} [accountId]
 * @property {string} [verifier]
 */

/** @typedef {{ token: string, secret: string, clientId: string, accountId: string, access: Access, live: boolean }} UserToken */

/**
 * @typedef {object} OAuth1Store
 * @property {(record: RequestToken) => void} addRequestToken
 * @property {(token: string) => RequestToken | undefined} requestToken
 * @property {(ticket: string, record: RequestToken) => void} openPage
 * @property {(ticket: string) => RequestToken | undefined} page
 * @property {(ticket: string) => RequestToken | undefined} closePage forgets the page, so that a form works once
 * @property {(record: UserToken) => void} addUserToken
 * @property {(token: string) => UserToken | undefined} userToken
 * @property {(clientId: string, accountId: string, access: Access) => UserToken | undefined} liveToken
 * @property {(clientId: string, accountId: string, access: Access) => void} approve
 * @property {(clientId: string, accountId: string) => Access | undefined} approval
 * @property {(token: UserToken) => void} revoke with the approval, so that the person is asked again
 * @property {(clientId: string, accountId: string) => void} endApp the same for every token that this App has for this account, or could still fetch
 * @property {(key: string, timestamp: number, oldest: number) => boolean} firstUse of a nonce; those older are forgotten, and the first ones when there are too many
 * @property {() => UserToken[]} userTokens all that are remembered, oldest first
 * @property {(clientId: string) => void} forgetApp with all that it was given
 * @property {() => void} clear
 */

/** @returns {OAuth1Store} */
export function createOAuth1Store() {
  /** @type {Map<string, RequestToken>} */
  const requestTokens = new Map();
  /** @type {Map<string, RequestToken>} */
  const pages = new Map();
  /** @type {Map<string, UserToken>} */
  const userTokens = new Map();
  /** @type {Map<string, Access>} */
  const approvals = new Map();
  /** @type {Map<string, number>} */
  const nonces = new Map();
  const pair = (/** @type {string} */ clientId, /** @type {string} */ accountId) => `${accountId} ${clientId}`;

  return {
    addRequestToken: (record) => add(requestTokens, record.token, record),
    requestToken: (token) => requestTokens.get(token),
    openPage: (ticket, record) => add(pages, ticket, record),
    page: (ticket) => pages.get(ticket),
    closePage(ticket) {
      const page = pages.get(ticket);
      pages.delete(ticket);
      return page;
    },
    addUserToken: (record) => add(userTokens, record.token, record),
    userToken: (token) => userTokens.get(token),
    liveToken: (clientId, accountId, access) =>
      [...userTokens.values()].find((each) => each.live && each.clientId === clientId && each.accountId === accountId && each.access === access),
    approve: (clientId, accountId, access) => add(approvals, pair(clientId, accountId), access),
    approval: (clientId, accountId) => approvals.get(pair(clientId, accountId)),
    revoke(token) {
      token.live = false;
      approvals.delete(pair(token.clientId, token.accountId));
    },
    endApp(clientId, accountId) {
      const theirs = (/** @type {{ clientId: string, accountId?: string }} */ record) => record.clientId === clientId && record.accountId === accountId;
      for (const record of requestTokens.values()) if (theirs(record)) record.stage = 'over';
      for (const record of userTokens.values()) if (theirs(record)) record.live = false;
      approvals.delete(pair(clientId, accountId));
    },
    firstUse(key, timestamp, oldest) {
      // In the order in which they came, which is nearly that of their timestamps: what is left behind goes by its number.
      for (const [known, when] of nonces) {
        if (when >= oldest) break;
        nonces.delete(known);
      }
      // Whoever sends one chooses how long it is.
      const use = createHash('sha256').update(key).digest('base64url');
      if (nonces.has(use)) return false;
      add(nonces, use, timestamp);
      return true;
    },
    userTokens: () => [...userTokens.values()],
    forgetApp(clientId) {
      for (const map of [requestTokens, pages, userTokens]) for (const [key, record] of map) if (record.clientId === clientId) map.delete(key);
      for (const key of approvals.keys()) if (key.endsWith(` ${clientId}`)) approvals.delete(key);
    },
    clear() {
      for (const map of [requestTokens, pages, userTokens, approvals, nonces]) map.clear();
    },
  };
}
