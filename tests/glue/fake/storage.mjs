/** Storage as browsers have it: keys are own enumerable properties, functions are not. */

/** @typedef {'off' | 'full' | 'forgets'} StorageFault */

/** @param {Record<string, string>} entries @param {(what: string, key: string) => void} [log] @param {() => StorageFault | undefined} [fault] */
export function makeStorage(entries, log = () => {}, fault = () => undefined) {
  const functions = {
    key: (/** @type {number} */ index) => Object.keys(storage)[index] ?? null,
    getItem: (/** @type {string} */ key) => (Object.hasOwn(storage, key) ? storage[key] : null),
    setItem(/** @type {string} */ key, /** @type {string} */ value) {
      log('setItem', key);
      if (fault() === 'full') throw new DOMException('full', 'QuotaExceededError');
      if (fault() !== 'forgets') storage[key] = String(value);
    },
    removeItem(/** @type {string} */ key) {
      log('removeItem', key);
      delete storage[key];
    },
  };
  /** @type {any} */ const storage = Object.assign(Object.create(functions), entries);
  return storage;
}

/** What all windows of a browser share; each hears of the others' changes. */
export class SharedStorage {
  /** @type {any} */ items = makeStorage({});
  /** @type {{ tell: (event: { key: string, newValue: string | null }) => void }[]} */ #windows = [];

  /** The store as a window sees it. @param {(event: { key: string, newValue: string | null }) => void} tell */
  for(tell) {
    const self = { tell };
    this.#windows.push(self);
    const change = (/** @type {string} */ key, /** @type {string | null} */ newValue) => {
      if (this.items.getItem(key) === newValue) return;
      if (newValue === null) this.items.removeItem(key);
      else this.items.setItem(key, newValue);
      for (const other of this.#windows) if (other !== self) setImmediate(() => other.tell({ key, newValue }));
    };
    const functions = {
      getItem: (/** @type {string} */ key) => this.items.getItem(key),
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => change(key, String(value)),
      removeItem: (/** @type {string} */ key) => change(key, null),
    };
    // Its keys are those of what all share.
    return new Proxy(this.items, { get: (items, name) => Reflect.get(Object.hasOwn(functions, name) ? functions : items, name) });
  }
}
