/**
 * Sessions in Redis, for any number of processes. Every change is one command, so nothing is half done when a process dies.
 * @module
 */
import { Late } from './late.js';
import { wrongOption } from './options.js';

/** Milliseconds between two tries for a lock. */
const PAUSE = 50;

/** Milliseconds that a command may take. A client that has lost its connection may keep commands for as long as that lasts. */
const PATIENCE = 5_000;

/** Longer than X may take, or a second process spends the same refresh token (`UPSTREAM_TIMEOUT_MS`, src/server/http.rs). */
const LOCK_SECONDS_LEAST = 10;

/** What the key held, put in its place if that was still so; the lock, given back by whoever has it. */
const REPLACE = "if redis.call('GET',KEYS[1])==ARGV[1] then redis.call('SET',KEYS[1],ARGV[2],'EX',ARGV[3]) return 1 end return 0";
const UNLOCK = "if redis.call('GET',KEYS[1])==ARGV[1] then return redis.call('DEL',KEYS[1]) end return 0";

/** @typedef {import('../../types/server.js').StoredSession} StoredSession */

/** An id is what signs a person in, so Redis gets its hash. @param {string} text */
async function hash(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** @type {import('../../types/server.js').redisSessions} */
export function redisSessions(client, { prefix, lockSeconds = 15 } = {}) {
  if (!(lockSeconds > LOCK_SECONDS_LEAST)) throw wrongOption('lockSeconds', 'a lock must last longer than X may take to answer: more than 10');
  return {
    ...store(client, prefix ?? 'sign-in-with-x:', lockSeconds),
    // One Redis may serve several apps: none finds a session of another's.
    forClient: (clientId) => store(client, prefix ?? `sign-in-with-x:${encodeURIComponent(clientId)}:`, lockSeconds),
  };
}

/**
 * @param {import('../../types/server.js').RedisClient} client @param {string} prefix @param {number} lockSeconds
 * @returns {import('../../types/server.js').SessionStore}
 */
function store(client, prefix, lockSeconds) {
  /**
   * @param {(string | number)[]} command
   * @param {(answer: any) => any} [read]
   * @returns {Promise<any>}
   */
  async function ask(command, read = (answer) => answer) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    // The command goes on: it cannot be called back.
    const answer = client.sendCommand(command.map(String)).then(read);
    const late = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Late('Redis did not answer in time', answer)), PATIENCE);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
  const key = async (/** @type {string} */ kind, /** @type {string} */ id) => `${prefix}${kind}:${await hash(id)}`;
  /** The text that was read. @type {WeakMap<StoredSession, string>} */
  const read = new WeakMap();

  /** @param {string | null} text @returns {StoredSession | undefined} */
  function sessionOf(text) {
    if (text === null) return undefined;
    const session = JSON.parse(text);
    read.set(session, text);
    return session;
  }

  return {
    get: async (id) => ask(['GET', await key('session', id)], sessionOf),
    take: async (id) => ask(['GETDEL', await key('session', id)], sessionOf),
    async set(id, session, lifeSeconds) {
      await ask(['SET', await key('session', id), JSON.stringify(session), 'EX', lifeSeconds]);
    },
    async delete(id) {
      await ask(['DEL', await key('session', id)]);
    },
    async claim(name, seconds) {
      return (await ask(['SET', await key('used', name), '', 'NX', 'EX', seconds])) !== null;
    },
    async replace(id, before, after, lifeSeconds) {
      const text = read.get(before);
      return text !== undefined && Number(await ask(['EVAL', REPLACE, 1, await key('session', id), text, JSON.stringify(after), lifeSeconds])) === 1;
    },
    async lock(id) {
      const [name, owner] = [await key('lock', id), crypto.randomUUID()];
      // Longer than a lock lasts that nobody gives back.
      const until = Date.now() + lockSeconds * 2000;
      while ((await ask(['SET', name, owner, 'NX', 'PX', lockSeconds * 1000])) === null) {
        if (Date.now() > until) throw new Error('the lock of a session in Redis was not free in time');
        await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
      }
      return () => ask(['EVAL', UNLOCK, 1, name, owner]);
    },
  };
}
