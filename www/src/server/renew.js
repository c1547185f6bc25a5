/**
 * Fresh access tokens for sessions that outlive theirs. A refresh token works once, so there is one request to X at a
 * time for each session: in this process by `running`, among processes by the store's lock and its `replace`.
 * @module
 */
import { send } from './upstream.js';

/** Milliseconds before the end of an access token from which a new one is fetched. */
const EARLY = 60_000;

/**
 * @typedef {import('./vault.js').Session} Session
 * @typedef {import('./vault.js').Named} Named
 */

/** X, or the way there, failed; nothing is lost. */
export class RefreshError extends Error {
  /** @param {{ error: string, hint: string, reason?: string, retryAfter?: number }} failure */
  constructor({ error, hint, reason, retryAfter }) {
    super(`${error}: ${hint}`);
    Object.assign(this, { name: 'RefreshError', code: error, hint, reason, retryAfter });
  }
}

/** @param {Session} session */
const isDue = ({ refreshToken, accessTokenExpiresAt = Infinity, expiresAt }) =>
  refreshToken !== undefined && accessTokenExpiresAt < expiresAt && accessTokenExpiresAt - EARLY <= Date.now();

/**
 * @param {import('./conversation.js').Surroundings} surroundings
 * @param {import('./vault.js').Vault} vault
 * @param {{ revoke: (session: Session) => void, report: (error: unknown) => void }} host
 */
export function renewal({ wasm, settings, fetch, limits, seconds }, vault, { revoke, report }) {
  /** @type {Map<string, Promise<Session | undefined>>} */
  const running = new Map();

  /** @param {Named} named @returns {Promise<Session | undefined>} */
  async function renew(named) {
    const { id } = named;
    const unlock = await vault.lock(id);
    try {
      // Whoever had the lock before may have done it.
      const before = await vault.read(named);
      if (before === undefined || !isDue(before)) return before;
      const answer = await send(fetch, wasm.refreshRequest(settings, before), limits).catch(({ what }) => what);
      const { tokens, gone, failure } = typeof answer === 'string' ? { failure: JSON.parse(wasm.failed(answer).answer.body) } : wasm.refreshed(settings, before, answer, seconds());
      if (gone) {
        // Unless somebody without our lock was quicker, and this was the token before.
        const now = await vault.read(named);
        if (now !== undefined && now.refreshToken !== before.refreshToken) return now;
        await vault.end(id);
        return undefined;
      }
      if (failure) {
        // What is still good for a moment is better than nothing.
        if ((before.accessTokenExpiresAt ?? 0) > Date.now()) return before;
        throw new RefreshError(failure);
      }
      const after = { ...before, ...tokens };
      const life = Math.max(1, Math.ceil((before.expiresAt - Date.now()) / 1000));
      if (await vault.replace(id, before, after, life)) return after;
      // Signed out meanwhile: then these tokens are nobody's.
      const now = await vault.read(named);
      if (now === undefined) revoke(after);
      return now;
    } finally {
      // It ends by itself; what was found out is true all the same.
      await unlock().catch(report);
    }
  }

  /** The session with an access token that is good. @param {Named} named @returns {Promise<Session | undefined>} */
  return async (named) => {
    const session = await vault.read(named);
    if (session === undefined || !isDue(session)) return session;
    let renewed = running.get(named.id);
    if (!renewed) {
      renewed = renew(named).finally(() => running.delete(named.id));
      running.set(named.id, renewed);
    }
    return renewed;
  };
}
