/**
 * Names that are over before their time, remembered for as long as the process runs: whatever handlers a host makes, and
 * however often a bundler puts this module into its files, a sign-out in one is a sign-out in all of them.
 * @module
 */

/** The engine's lists, by what they are of. Another version of the package has another engine. */
const KEY = Symbol.for('sign-in-with-x/spent/1');

/** @typedef {{ spend: (name: string, endsAt: number, now: number) => boolean, has: (name: string, endsAt: number) => boolean }} Spent */

/**
 * @param {import('./conversation.js').Surroundings} surroundings whose client and origin are what is sealed for
 * @param {'sessions' | 'transactions'} what sessions end by milliseconds, transactions by seconds
 * @returns {Spent}
 */
export function spentOf({ wasm, settings: { clientId, origin } }, what) {
  const all = /** @type {{ [KEY]?: Map<string, Spent> }} */ (globalThis);
  const lists = (all[KEY] ??= new Map());
  const of = JSON.stringify([what, clientId, origin]);
  const list = lists.get(of) ?? new wasm.Spent();
  lists.set(of, list);
  return list;
}
