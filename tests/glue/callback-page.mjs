/** A small browser around www/src/callback.js: enough to run it in Node and to see, in order, what it does. */
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const file = new URL('../../www/src/callback.js', import.meta.url);
const script = new vm.Script(readFileSync(file, 'utf8'), { filename: 'callback.js' });

/** Keys are own enumerable properties, as in a browser's storage; the functions are not. */
export function makeStorage(/** @type {Record<string, string>} */ entries, /** @type {(...what: string[]) => void} */ log) {
  const functions = {
    getItem: (/** @type {string} */ key) => (Object.hasOwn(storage, key) ? storage[key] : null),
    setItem(/** @type {string} */ key, /** @type {string} */ value) {
      log('setItem', key);
      storage[key] = String(value);
    },
    removeItem(/** @type {string} */ key) {
      log('removeItem', key);
      delete storage[key];
    },
  };
  const storage = Object.assign(Object.create(functions), entries);
  return storage;
}

/**
 * Opens the callback page.
 * @param {object} given
 * @param {string} given.page its address without query and fragment
 * @param {string} [given.query]
 * @param {string} [given.fragment]
 * @param {number} given.now
 * @param {Record<string, string>} [given.entries] what sessionStorage holds
 * @param {boolean} [given.storageOff] reading `sessionStorage` throws
 * @param {boolean} [given.answers] a page that waits answers what it is told
 * @param {{ status: number, body?: unknown } | null} [given.answer] the backend's; null: it cannot be reached
 * @param {boolean} [given.early] the script runs before there is a body
 */
export async function openCallbackPage(given) {
  const { page, query = '', fragment = '', now, answer = { status: 200, body: {} } } = given;
  /** @type {string[][]} */ const log = [];
  const note = (/** @type {string[]} */ ...what) => void log.push(what);
  const storage = makeStorage(given.entries ?? {}, note);
  const { origin, pathname } = new URL(page);
  /** @type {{ url: string, init: any }[]} */ const posts = [];
  /** @type {{ to: string, message: unknown }[]} */ const messages = [];
  /** @type {(() => void)[]} */ const timers = [];
  /** @type {Record<string, () => void>} */ const listeners = {};
  const place = makeElement();

  class Channel {
    /** @type {((event: { data: unknown }) => void) | undefined} */ onmessage;
    isOpen = true;
    constructor(/** @type {string} */ name) {
      this.name = name;
    }
    postMessage(/** @type {unknown} */ message) {
      note('postMessage', this.name);
      messages.push({ to: this.name, message });
      if (given.answers) setImmediate(() => this.isOpen && this.onmessage?.({ data: 'sign-in-with-x/1 ok' }));
      // Somebody else's words on the same channel are no answer.
      else setImmediate(() => this.isOpen && this.onmessage?.({ data: message }));
    }
    close() {
      this.isOpen = false;
    }
  }

  const globals = {
    URL,
    URLSearchParams,
    AbortSignal,
    BroadcastChannel: Channel,
    Date: { now: () => now },
    location: { origin, pathname, search: query, hash: fragment, replace: (/** @type {string} */ to) => note('leave', to) },
    history: { replaceState: (/** @type {unknown[]} */ ...args) => note('replaceState', String(args[2])) },
    document: {
      body: given.early ? null : makeElement(),
      getElementById: () => place,
      createElement: makeElement,
    },
    fetch: async (/** @type {string} */ url, /** @type {any} */ init) => {
      note('fetch', url);
      posts.push({ url, init });
      await new Promise(setImmediate);
      if (!answer) throw new TypeError('unreachable');
      const { status, body } = answer;
      const json = async () => (body === undefined ? JSON.parse('<html>') : body);
      return { ok: status >= 200 && status < 300, status, json };
    },
    setTimeout: (/** @type {Function} */ run, /** @type {number} */ _, /** @type {unknown[]} */ ...args) => timers.push(() => run(...args)),
    addEventListener: (/** @type {string} */ name, /** @type {() => void} */ run) => (listeners[name] = run),
    close: () => note('close'),
  };
  Object.defineProperty(globals, 'sessionStorage', {
    get() {
      note('sessionStorage');
      if (given.storageOff) throw new Error('SecurityError');
      return storage;
    },
  });
  vm.createContext(globals);
  script.runInContext(globals);
  const atOnce = log.length;
  const turns = async () => {
    for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate);
  };
  await turns();
  for (const run of timers.splice(0)) run();
  await turns();
  if (given.early) {
    globals.document.body = makeElement();
    listeners.DOMContentLoaded?.();
  }
  return { log, atOnce, posts, messages, place, storage: /** @type {Record<string, string>} */ ({ ...storage }) };
}

function makeElement() {
  return {
    textContent: '',
    href: '',
    dataset: /** @type {Record<string, string>} */ ({}),
    children: /** @type {any[]} */ ([]),
    replaceChildren(/** @type {any[]} */ ...children) {
      this.children = children;
    },
  };
}
