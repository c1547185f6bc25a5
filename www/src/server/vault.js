/**
 * Where this handler's sessions are: in a store, sealed when there are secrets; or in the cookie itself.
 * @module
 */
import { Late } from './late.js';
import { spentOf } from './spent.js';

/**
 * @typedef {import('../../types/server.js').Session} Session
 * @typedef {import('../../types/server.js').StoredSession} StoredSession
 * @typedef {import('../../types/server.js').SessionStore} SessionStore
 * @typedef {import('./conversation.js').Surroundings} Surroundings
 * @typedef {{ id: string, carried?: string, endsAt?: number }} Named what a cookie says; `endsAt` is what was sealed of one that has not come along
 *
 * @typedef {object} Vault
 * @property {boolean} carries whether the cookie holds the session
 * @property {(named: Named) => Promise<Session | undefined>} read one that is not over
 * @property {(id: string, session: Session, life: number) => Promise<unknown>} keep
 * @property {(id: string, before: Session, after: Session, life: number) => Promise<boolean>} replace whether `before` was still there
 * @property {(named: Named) => Promise<Session | undefined>} take ends it, and gives what was ended
 * @property {(id: string) => Promise<() => unknown>} lock resolves with what unlocks
 */

/** @param {{ expiresAt: number } | null | undefined} session */
const lives = (session) => session != null && session.expiresAt > Date.now();

/**
 * Who it is stands beside what is sealed, so that a store can be searched for an account.
 * @param {Surroundings} surroundings
 */
function sealing({ wasm, settings, seconds }) {
  if (settings.secrets.length === 0) {
    return {
      seal: (/** @type {string} */ _id, /** @type {Session} */ session) => /** @type {StoredSession} */ (session),
      open: (/** @type {string} */ _id, /** @type {StoredSession} */ stored) => /** @type {Session | undefined} */ (stored),
    };
  }
  return {
    /** @param {string} id @param {Session} session @returns {StoredSession} */
    seal(id, session) {
      const { accessToken, accessTokenSecret, refreshToken, ...open } = session;
      return { ...open, sealed: wasm.sealStored(settings, id, session) };
    },
    /** @param {string} id @param {StoredSession} stored @returns {Session | undefined} */
    open: (id, stored) => wasm.openStored(settings, id, stored, seconds()),
  };
}

/**
 * @param {Surroundings} surroundings
 * @param {SessionStore} store
 * @param {(error: unknown) => void} report
 * @returns {Vault}
 */
export function storeVault(surroundings, store, report) {
  const { seal, open } = sealing(surroundings);
  /** What the store gave, for what it is asked to replace. @type {WeakMap<Session, StoredSession>} */
  const given = new WeakMap();

  /** Without `take` somebody may write between the two. @param {string} id */
  async function take(id) {
    if (store.take) return store.take(id);
    const stored = await (async () => store.get(id))().catch(report);
    await store.delete(id);
    return stored;
  }

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
    async take({ id }) {
      const opened = (/** @type {Awaited<ReturnType<typeof take>>} */ stored) => (stored ? open(id, stored) : undefined);
      try {
        return opened(await take(id));
      } catch (error) {
        throw error instanceof Late ? error.map(opened) : error;
      }
    },
    lock: async (id) => (await store.lock?.(id)) ?? (() => {}),
  };
}

/**
 * No store: the cookie is the session. Of a sign-out only this process and the browser know.
 * @param {Surroundings} surroundings
 * @returns {Vault}
 */
export function cookieVault(surroundings) {
  const { wasm, settings, seconds } = surroundings;
  const ended = spentOf(surroundings, 'sessions');
  /** @param {Named} named @returns {Session | undefined} */
  const open = ({ id, carried }) => (carried === undefined ? undefined : wasm.openSession(settings, id, carried, seconds()));
  return {
    carries: true,
    async read(named) {
      const session = open(named);
      if (!session || !lives(session) || ended.has(named.id, session.expiresAt)) return undefined;
      // It works once, and there are copies of cookies: it is there to be taken back, not to be used.
      const { refreshToken, ...usable } = session;
      return usable;
    },
    keep: async () => {},
    replace: async () => false,
    async take(named) {
      // Only what was sealed here: anybody can make up names.
      const session = open(named);
      const endsAt = session?.expiresAt ?? named.endsAt;
      return endsAt !== undefined && ended.spend(named.id, endsAt, Date.now()) ? session : undefined;
    },
    lock: async () => () => {},
  };
}
