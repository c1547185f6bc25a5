/**
 * A test in front of a browser.
 * @module
 */

// Not by name: this file has no test of its own (www/tools/requirements/scan-javascript.mjs).
const { test: run } = await import('node:test');

/**
 * The driver gave no answer about a window, however often it was asked: not that something is missing there, but none.
 * WebKitWebDriver does so now and then, in about one of two hundred popups whose page changes its process for X's opener
 * policy: each question ends with its own time limit for a load that it believes to go on. Nothing can be seen then, neither
 * that the scenario works nor that it does not.
 */
export class LostWindow extends Error {}

/**
 * As `test` of node:test. A scenario that could not be watched ({@link LostWindow}) is played once more, and says so; one that
 * failed has failed.
 * @typedef {(t: import('node:test').TestContext) => Promise<void>} Play
 *
 * @param {string} name
 * @param {[Play] | [import('node:test').TestOptions, Play]} rest
 */
export function test(name, ...rest) {
  const play = /** @type {Play} */ (rest.at(-1));
  const options = rest.length > 1 ? /** @type {import('node:test').TestOptions} */ (rest[0]) : {};
  return run(name, options, async (t) => {
    try {
      await once(t, play);
    } catch (error) {
      if (!(error instanceof LostWindow)) throw error;
      t.diagnostic(`played again: ${error.message}`);
      await once(t, play);
    }
  });
}

/** With an end of its own. @param {import('node:test').TestContext} t @param {Play} play */
async function once(t, play) {
  /** @type {(() => unknown)[]} */
  const ends = [];
  const own = new Proxy(t, {
    get(target, name) {
      if (name === 'after') return (/** @type {() => unknown} */ end) => void ends.push(end);
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  /** @type {unknown[]} */
  const wrong = [];
  await play(own).catch((error) => wrong.push(error));
  for (const end of ends) await Promise.resolve().then(end).catch((error) => wrong.push(error));
  if (wrong.length > 0) throw wrong[0];
}
