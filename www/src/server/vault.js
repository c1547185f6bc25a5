/**
 * Where this handler's sessions are: in a store, their tokens sealed when there are secrets; or in the cookie itself.
 * @module
 */
import { claims } from './claims.js';

/**
 * @typedef {import('../../types/server.js').Session} Session
 * @typedef {import('../../types/server.js').StoredSession} StoredSession
 * @typedef {import('../../types/server.js').SessionStore} SessionStore
 * @typedef {import('./conversation.js').Surroundings} Surroundings
 * @typedef {{ id: string, carried?: string }} Named what a cookie says
 *
 * @typedef {object} Vault
 * @property {boolean} carries whether the cookie holds the session
 * @property {(named: Named) => Promise<Session | undefined>} read one that is not over
 * @property {(id: string, session: Session, life: number) => Promise<unknown>} keep
 * @property {(id: string, before: Session, after: Session, life: number) => Promise<boolean>} replace whether `before` was still there
 * @property {(id: string) => Promise<unknown>} end
 * @property {(id: string) => Promise<() => Promise<unknown>>} lock resolves with what unlocks
 */

/** @param {{ expiresAt: number } | null | undefined} session */
const lives = (session) => session != null && session.expiresAt > Date.now();

/** The tokens are sealed, who it is is not: a store can be searched for an account. @param {Surroundings} surroundings */
function sealing({ wasm, settings, seconds }) {
  if (settings.secrets.length === 0) {
    return {
      seal: (/** @type {string} */ _id, /** @type {Session} */ session) => /** @type {StoredSession} */ (session),
      open: (/** @type {string} */ _id, /** @type {StoredSession} */ stored) => /** @type {Session} */ (stored),
    };
  }
  return {
    /** @param {string} id @param {Session} session @returns {StoredSession} */
    seal(id, { accessToken, accessTokenSecret, refreshToken, ...open }) {
      const text = JSON.stringify({ accessToken, accessTokenSecret, refreshToken });
      return { ...open, sealed: wasm.sealTokens(settings, id, text, Math.ceil(open.expiresAt / 1000)) };
    },
    /** @param {string} id @param {StoredSession} stored @returns {Session | undefined} */
    open(id, { sealed, ...open }) {
      const text = typeof sealed === 'string' ? wasm.openTokens(settings, id, sealed, seconds()) : undefined;
      return text === undefined ? undefined : { ...open, ...JSON.parse(text) };
    },
  };
}

/**
 * @param {Surroundings} surroundings
 * @param {SessionStore} store
 * @returns {Vault}
 */
export function storeVault(surroundings, store) {
  const { seal, open } = sealing(surroundings);
  /** What the store gave, for what it is asked to replace. @type {WeakMap<Session, StoredSession>} */
  const given = new WeakMap();
  return {
    carries: false,
    async read({ id }) {
      const stored = await store.get(id);
      if (!stored || !lives(stored)) return undefined;
      // A copy: the store's own may be the one in its memory.
      const opened = open(id, stored);
      const session = opened && { ...opened };
      if (session) given.set(session, stored);
      return session;
    },
    keep: async (id, session, life) => store.set(id, seal(id, session), life),
    async replace(id, before, after, life) {
      const stored = given.get(before);
      if (stored === undefined) return false;
      if (store.replace) return store.replace(id, stored, seal(id, after), life);
      if (!(await store.get(id))) return false;
      await store.set(id, seal(id, after), life);
      return true;
    },
    end: async (id) => store.delete(id),
    lock: async (id) => (await store.lock?.(id)) ?? (async () => {}),
  };
}

/**
 * No store: the cookie is the session. Of a sign-out only this process and the browser know.
 * @param {Surroundings} surroundings
 * @param {number} longest seconds that a session can last
 * @returns {Vault}
 */
export function cookieVault({ wasm, settings, seconds }, longest) {
  const ended = claims(longest);
  return {
    carries: true,
    async read({ id, carried }) {
      if (carried === undefined || ended.has(id)) return undefined;
      const session = wasm.openSession(settings, id, carried, seconds());
      return lives(session) ? session : undefined;
    },
    keep: async () => {},
    replace: async () => false,
    end: async (id) => ended.claim(id),
    lock: async () => async () => {},
  };
}
