// The built engine in Node, behind the real glue, for tests that need no page.
import { readFileSync } from 'node:fs';
import { init } from '../../www/src/index.js';

export const bytes = readFileSync(new URL('../../www/generated/browser/engine.wasm', import.meta.url));

/** Loads the engine from the build's file. */
export const ready = () => init({ wasm: bytes });

/** `sessionStorage` as browsers have it, in memory. */
export class FakeStorage {
  /** @type {Map<string, string>} */ #items = new Map();
  get length() {
    return this.#items.size;
  }
  /** @param {number} index */
  key = (index) => [...this.#items.keys()][index] ?? null;
  /** @param {string} name */
  getItem = (name) => this.#items.get(name) ?? null;
  /** @param {string} name @param {string} value */
  setItem = (name, value) => void this.#items.set(name, String(value));
  /** @param {string} name */
  removeItem = (name) => void this.#items.delete(name);
}

/**
 * The globals that the glue and the engine ask for a callback, until the test ends. A window with all of them is
 * fake/window.mjs.
 * @param {import('node:test').TestContext} t
 * @param {string} [address]
 */
export function page(t, address = 'https://app.example/desk?tab=2') {
  const url = new URL(address);
  const fakes = {
    sessionStorage: new FakeStorage(),
    location: url,
    history: { replaceState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ to) => (url.href = new URL(to, url).href) },
  };
  const kept = new Map(Object.keys(fakes).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  for (const [name, value] of Object.entries(fakes)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  t.after(() => {
    for (const [name, before] of kept) {
      if (before) Object.defineProperty(globalThis, name, before);
      else delete (/** @type {any} */ (globalThis)[name]);
    }
  });
  return fakes;
}
