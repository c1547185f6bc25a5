/**
 * Which Apps a person has let in, by which protocol, with what, and when: the list behind "Connected apps".
 * @module
 */

/** @typedef {import('../types.js').Access} Access */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */

/** @typedef {{ scopes?: string[], scopesSince?: number, accessSince?: number }} Approval */
/** @typedef {Approval & { accountId: string, clientId: string }} ApprovalRecord */

/**
 * @typedef {object} Approvals
 * @property {(accountId: string, clientId: string, approval: Approval) => void} add to what there was
 * @property {(accountId: string, clientId: string) => Approval | undefined} get
 * @property {(accountId: string, clientId: string) => void} remove
 * @property {() => ApprovalRecord[]} all oldest first
 * @property {(clientId: string) => void} forgetApp
 * @property {() => void} clear
 */

/** @returns {Approvals} */
export function createApprovals() {
  /** @type {Map<string, ApprovalRecord>} */
  const approvals = new Map();
  const key = (/** @type {string} */ accountId, /** @type {string} */ clientId) => `${accountId} ${clientId}`;
  return {
    add(accountId, clientId, approval) {
      const before = approvals.get(key(accountId, clientId));
      // Asking for less takes nothing back: the tokens of before are still good.
      const scopes = approval.scopes && [...new Set([...(before?.scopes ?? []), ...approval.scopes])];
      approvals.set(key(accountId, clientId), { accountId, clientId, ...before, ...approval, ...(scopes && { scopes }) });
    },
    get: (accountId, clientId) => approvals.get(key(accountId, clientId)),
    remove: (accountId, clientId) => void approvals.delete(key(accountId, clientId)),
    all: () => [...approvals.values()],
    forgetApp(clientId) {
      for (const [id, record] of approvals) if (record.clientId === clientId) approvals.delete(id);
    },
    clear: () => approvals.clear(),
  };
}

/** @typedef {{ app: RunningApp, scopes?: string[], access?: Access, since: number }} Connected */

/**
 * The Apps of an account, the latest first.
 * @param {World} world
 * @param {string} accountId
 * @returns {Connected[]}
 */
export function approvedApps(world, accountId) {
  return [...world.apps.values()]
    .flatMap((app) => {
      const { scopes, scopesSince = 0, accessSince = 0 } = world.approvals.get(accountId, app.clientId) ?? {};
      // An App may end its own token of OAuth 1.0a, and its approval with it.
      const access = world.oauth1.approval(app.clientId, accountId);
      if (!scopes && !access) return [];
      return [{ app, since: Math.max(scopesSince, access ? accessSince : 0), ...(scopes && { scopes }), ...(access && { access }) }];
    })
    .sort((a, b) => b.since - a.since);
}

/**
 * Takes back all that an App was given by a person: codes, tokens of both protocols, and that it need not ask again.
 * @param {World} world
 * @param {string} accountId
 * @param {string} clientId
 */
export function revokeApp({ approvals, store, oauth1 }, accountId, clientId) {
  approvals.remove(accountId, clientId);
  store.endApp(clientId, accountId);
  oauth1.endApp(clientId, accountId);
}
