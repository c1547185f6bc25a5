/** The callback page in a browser of its own, for a row of tests/fixtures/callbacks.json. */
import { Browser, PREFIX } from './fake/browser.mjs';

/**
 * Opens the callback page, and lets it come to an end.
 * @param {object} given
 * @param {string} given.page its address without query and fragment
 * @param {string} [given.query]
 * @param {string} [given.fragment]
 * @param {number} given.now
 * @param {Record<string, string>} [given.entries] what sessionStorage holds
 * @param {import('./fake/storage.mjs').StorageFault} [given.storage] what is wrong with it
 * @param {string[]} [given.answers] the attempts whose pages wait and answer what they are told
 * @param {{ status: number, body?: unknown } | null} [given.answer] the backend's; null: it cannot be reached
 * @param {boolean} [given.early] the script runs before there is a body
 */
export async function openCallbackPage({ page, query = '', fragment = '', now, entries, storage, answers = [], answer = { status: 200, body: {} }, early }) {
  const browser = new Browser();
  browser.clock.date = now - browser.clock.time;
  browser.steady = now - browser.clock.time;
  browser.backend = async () => {
    await new Promise(setImmediate);
    if (!answer) throw new TypeError('unreachable');
    return new Response(answer.body === undefined ? '<html>' : JSON.stringify(answer.body), { status: answer.status });
  };
  const waiting = browser.channels.for(() => {});
  for (const state of answers) {
    const channel = new waiting(PREFIX + state);
    channel.onmessage = () => channel.postMessage('sign-in-with-x/1 ok');
  }
  const window = browser.window(`${page}${query}${fragment}`, { session: entries, early });
  window.storageFault = storage;
  window.runCallback();
  await browser.pass(10_000);
  if (early) {
    window.document.body = /** @type {any} */ ({ dataset: {} });
    window.dispatch('DOMContentLoaded', {});
  }
  const { log, atOnce, place, session } = window;
  /** What each channel was told; a message that is sent again counts once. @type {Record<string, string[]>} */
  const messages = {};
  for (const [key, message] of window.did('postMessage')) messages[key] = [...new Set([...(messages[key] ?? []), message])];
  return { browser, log, atOnce, place, messages, posts: browser.exchanges, storage: /** @type {Record<string, string>} */ ({ ...session }) };
}
