// The built engine in Node, behind the real glue, for tests that need no page.
import { readFileSync } from 'node:fs';
import { init } from '../../www/src/index.js';
import { makeStorage } from './fake/storage.mjs';

export const bytes = readFileSync(new URL('../../www/generated/browser/engine.wasm', import.meta.url));

/** The one that answers what is asked until the click. */
export const clickBytes = readFileSync(new URL('../../www/generated/click/engine.wasm', import.meta.url));

/** Loads the engine from the build's file. */
export const ready = () => init({ wasm: bytes });

/**
 * The globals that the glue and the engine ask for a callback, until the test ends. A window with all of them is
 * fake/window.mjs.
 * @param {import('node:test').TestContext} t
 * @param {string} [address]
 */
export function page(t, address = 'https://app.example/desk?tab=2') {
  const url = new URL(address);
  const fakes = {
    sessionStorage: makeStorage({}),
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
