/**
 * Fresh access tokens for sessions that outlive theirs. A refresh token works once, so there is one request to X at a
 * time for each session: in this process by `running`, among processes by the store's lock and its `replace`.
 * @module
 */
import { send } from './upstream.js';

/** Milliseconds before the end of an access token from which a new one is fetched. */
const EARLY = 60_000;

/** Milliseconds for which a new token is waited for while the old one is still good. */
const PATIENCE = 2_000;

/**
 * @typedef {import('./vault.js').Session} Session
 * @typedef {import('./vault.js').Named} Named
 *
 * @typedef {object} Run one renewal
 * @property {boolean} ended the session was ended meanwhile
 * @property {Promise<unknown>} [saving] from X's answer until the store has it
 * @property {Promise<Session | undefined>} renewed
 * @property {Promise<void>} slow resolves when it takes longer than anybody should wait
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

/** @param {Session} session */
const isGood = ({ accessTokenExpiresAt = Infinity }) => accessTokenExpiresAt > Date.now();

/**
 * @param {import('./conversation.js').Surroundings} surroundings
 * @param {import('./vault.js').Vault} vault
 * @param {import('./host.js').Host & { revoke: (session: Session) => void }} host
 */
export function renewal({ wasm, settings, fetch, limits, seconds }, vault, { revoke, report, later }) {
  /** @type {Map<string, Run>} */
  const running = new Map();

  /** @param {Named} named @param {Run} run @returns {Promise<Session | undefined>} */
  async function renew(named, run) {
    const unlock = await vault.lock(named.id);
    try {
      // Whoever had the lock before may have done it.
      const before = await vault.read(named);
      if (before === undefined || !isDue(before)) return before;
      const answer = await send(fetch, wasm.refreshRequest(settings, before), limits).catch(({ what }) => what);
      const { tokens, gone, failure } = typeof answer === 'string' ? { failure: JSON.parse(wasm.failed(answer).answer.body) } : wasm.refreshed(settings, before, answer, seconds());
      if (gone) return await drop(named, before);
      if (failure) {
        // What is still good for a moment is better than nothing.
        if (isGood(before)) return before;
        throw new RefreshError(failure);
      }
      const saving = save(named, run, before, { ...before, ...tokens });
      run.saving = saving.catch(() => {});
      return await saving;
    } finally {
      // It ends by itself; what was found out is true all the same.
      try {
        await unlock();
      } catch (error) {
        report(error);
      }
    }
  }

  /** Tokens that do not get to their session are nobody's. @param {Named} named @param {Run} run @param {Session} before @param {Session} after */
  async function save(named, run, before, after) {
    const life = Math.max(1, Math.ceil((before.expiresAt - Date.now()) / 1000));
    try {
      if (!run.ended) {
        if (await vault.replace(named.id, before, after, life)) return after;
        // Ended by another process; or renewed by one, without our lock.
        const now = await vault.read(named);
        if (now !== undefined) return now;
      }
      revoke(after);
      return undefined;
    } catch (error) {
      revoke(after);
      throw error;
    }
  }

  /** X knows the grant no more. @param {Named} named @param {Session} before */
  async function drop(named, before) {
    // Unless somebody without our lock was quicker, and this was the token before.
    const now = await vault.read(named);
    if (now !== undefined && now.refreshToken !== before.refreshToken) return now;
    const taken = await vault.take(named);
    if (taken !== undefined && taken.refreshToken !== before.refreshToken) revoke(taken);
    return undefined;
  }

  /** @param {Named} named */
  function begin(named) {
    const run = /** @type {Run} */ ({ ended: false });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    run.slow = new Promise((resolve) => {
      timer = setTimeout(() => {
        later(run.renewed);
        resolve();
      }, PATIENCE);
    });
    run.renewed = renew(named, run).finally(() => {
      clearTimeout(timer);
      running.delete(named.id);
    });
    running.set(named.id, run);
    return run;
  }

  return {
    /** The session with an access token that is good. @param {Named} named @returns {Promise<Session | undefined>} */
    async fresh(named) {
      const session = await vault.read(named);
      if (session === undefined || !isDue(session)) return session;
      const run = running.get(named.id) ?? begin(named);
      if (!isGood(session)) return run.renewed;
      // When X is out of order nobody queues up behind its timeouts while the old token still serves.
      return Promise.race([run.renewed, run.slow.then(() => (run.ended ? undefined : session))]);
    },
    /** Before a session is ended: a renewal that is under way saves it no more, or has saved it. @param {string} id */
    async halt(id) {
      const run = running.get(id);
      if (!run) return;
      run.ended = true;
      await run.saving;
    },
  };
}
