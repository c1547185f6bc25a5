/**
 * From the navigation to a library that is ready, and to a button that works; and what a page asks for until then.
 * @module
 */

import { both } from './tools.mjs';

/**
 * @typedef {object} Start
 * @property {Record<string, number>} marks milliseconds after the navigation began
 * @property {[path: string, from: number, to: number][]} requests
 */

/**
 * @param {import('./tools.mjs').Tools} tools
 * @param {string} id
 * @param {{ slowed?: number, query?: string }} [how]
 * @returns {Promise<Start>}
 */
export async function start({ browser, site }, id, { slowed = 1, query = '' } = {}) {
  site.begin();
  /** @type {import('../browser.mjs').Page | undefined} */
  let page;
  try {
    const opening = browser.open(`${site.origin}/page/${id}?${query}`, { slowed }).then((opened) => (page = opened));
    const [{ marks, requests }] = await both(site.hear(({ marks }) => marks), opening);
    // An engine that is no WebAssembly is ready when it draws, at the latest.
    return { marks: { ...marks, ready: marks.ready ?? marks.button }, requests };
  } finally {
    await page?.close();
  }
}
