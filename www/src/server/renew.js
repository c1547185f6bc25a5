/**
 * Fresh access tokens for sessions that outlive theirs. A refresh token works once, so there is one request to X at a
 * time for each session: in this process by `running`, among processes by the store's lock and its `replace`.
 * @module
 */
import { pauses } from './pauses.js';
import { send } from './upstream.js';

/** Milliseconds before the end of an access token from which a new one is fetched. */
const EARLY = 60_000;

/** Milliseconds for which a new token is waited for while the old one is still good. */
const PATIENCE = 2_000;

/**
 * Milliseconds after which a renewal is given up for lost: longer than the lock of a process that died and X's time-out. Where
 * a runtime drops a request (Workers, when the visitor has gone), what it had begun never ends.
 */
const LOST = 45_000;

/** Milliseconds that a sign-out waits for a store that is taking new tokens. */
const SAVING = 5_000;

/**
 * @typedef {import('./vault.js').Session} Session
 * @typedef {import('./vault.js').Named} Named
 *
 * @typedef {object} Run one renewal
 * @property {number} since
 * @property {boolean} ended the session was ended meanwhile
 * @property {boolean} slow it takes longer than anybody should wait
 * @property {Promise<unknown>} [saving] from X's answer until the store has it
 * @property {Promise<void>} [settling] after a store that failed: until it is known whether it has it
 * @property {Promise<Session | undefined>} renewed
 */

/**
 * What the work gives; or what `otherwise` gives, when it takes longer. The timer is the caller's own: that of another request
 * may be gone with it.
 * @template T, U
 * @param {Promise<T> | undefined} work @param {number} milliseconds @param {() => U} otherwise
 * @returns {Promise<T | U | undefined>}
 */
async function within(work, milliseconds, otherwise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, milliseconds); }).then(otherwise);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** X, or the way there, failed; nothing is lost. */
export class RefreshError extends Error {
  /** As the engine takes it back. @type {import('./pauses.js').Failure} */
  #failure;

  /** @param {import('./pauses.js').Failure} failure */
  constructor(failure) {
    const { error, hint, reason, retryAfter } = failure;
    super(`${error}: ${hint}`);
    Object.assign(this, { name: 'RefreshError', code: error, hint, reason, retryAfter });
    this.#failure = failure;
  }

  get failure() {
    return this.#failure;
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
  /** Sessions that are being ended, and by how many. @type {Map<string, number>} */
  const ending = new Map();
  const paused = pauses();

  /** @param {Named} named @param {Run} run @returns {Promise<Session | undefined>} */
  async function renew(named, run) {
    const unlock = await vault.lock(named.id);
    try {
      // Whoever had the lock before may have done it.
      const before = await vault.read(named);
      if (before === undefined || !isDue(before)) return before;
      const answer = await send(fetch, wasm.refreshRequest(settings, before), limits).catch(({ what }) => what);
      const { tokens, gone, failure } = typeof answer === 'string' ? { failure: wasm.notRefreshed(answer) } : wasm.refreshed(settings, before, answer, seconds());
      if (gone) return await drop(named, before);
      if (failure) {
        paused.begin(named.id, failure);
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
    const replace = () => vault.replace(named.id, before, after, life);
    let replaced;
    try {
      replaced = !run.ended && (await replace());
    } catch (error) {
      run.settling = settle(named, run, before, after, replace);
      later(run.settling);
      throw error;
    }
    try {
      if (replaced) {
        if (!run.ended) return after;
        // A store that cannot compare may have written after the session was deleted.
        await vault.take(named);
      } else if (!run.ended) {
        // Ended by another process; or renewed by one, without our lock.
        const now = await vault.read(named);
        if (now !== undefined && !run.ended) return now;
      }
    } catch (error) {
      revoke(after);
      throw error;
    }
    revoke(after);
    return undefined;
  }

  /**
   * A store that failed may have taken the tokens, or take them yet. It is asked for the same once more: of two such changes
   * one is made, so what it says now holds for both. Where it says nothing again the session goes with its tokens: a change
   * that comes later still finds nothing, and the refresh token that the session has is used up.
   * @param {Named} named @param {Run} run @param {Session} before @param {Session} after @param {() => Promise<boolean>} replace
   */
  async function settle(named, run, before, after, replace) {
    try {
      if (!run.ended && (await replace()) && !run.ended) return;
    } catch (error) {
      report(error);
    }
    try {
      const now = await vault.read(named).catch(report);
      if (now && now.accessToken !== before.accessToken && !run.ended) return;
      await vault.take(named);
    } catch (error) {
      report(error);
    }
    revoke(after);
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
    const run = /** @type {Run} */ ({ since: Date.now(), ended: false, slow: false });
    const over = () => forget(named.id, run);
    // Until it is known what the store has, nobody asks X with a refresh token that is used up.
    run.renewed = renew(named, run).finally(() => (run.settling ? void run.settling.then(over) : over()));
    running.set(named.id, run);
    // At once: whoever asked may be gone before there is anything to wait for.
    later(run.renewed.catch(() => {}));
    return run;
  }

  /** @param {string} id @param {Run} run */
  function forget(id, run) {
    if (running.get(id) === run) running.delete(id);
  }

  /** @param {string} id */
  function runOf(id) {
    const run = running.get(id);
    if (run && Date.now() - run.since > LOST) forget(id, run);
    return running.get(id);
  }

  return {
    /** The session with an access token that is good. @param {Named} named @returns {Promise<Session | undefined>} */
    async fresh(named) {
      const { id } = named;
      const session = await vault.read(named);
      if (session === undefined || !isDue(session)) return session;
      if (ending.has(id)) return undefined;
      const failure = paused.of(id);
      if (failure && !running.has(id)) {
        if (isGood(session)) return session;
        throw new RefreshError(failure);
      }
      const run = runOf(id) ?? begin(named);
      if (!isGood(session)) {
        return within(run.renewed, LOST, () => {
          forget(id, run);
          throw new RefreshError(wasm.notRefreshed('timeout'));
        });
      }
      // When X is out of order nobody queues up behind its timeouts while the old token still serves.
      return within(run.renewed, run.slow ? 0 : PATIENCE, () => {
        if (!run.slow) run.renewed.catch(report);
        run.slow = true;
        return run.ended ? undefined : session;
      });
    },
    /**
     * Before a session is ended: a renewal that is under way saves it no more, or has saved it, and none begins until what is
     * given is called.
     * @param {string} id
     */
    async halt(id) {
      ending.set(id, (ending.get(id) ?? 0) + 1);
      const run = running.get(id);
      if (run) {
        run.ended = true;
        await within(run.saving, SAVING, () => {});
      }
      return () => {
        const others = (ending.get(id) ?? 1) - 1;
        if (others > 0) ending.set(id, others);
        else ending.delete(id);
      };
    },
  };
}
