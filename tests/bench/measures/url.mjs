/**
 * One authorization URL with a fresh state and PKCE pair: on the isolated page, whose clock is finer, and in batches, because even that
 * clock is coarser than one call.
 * @module
 */

import { onPage } from './tools.mjs';

const BATCHES = 100;
const SIZE = 10;

/** @param {import('./tools.mjs').Tools} tools @param {string} id @returns {Promise<number[]>} microseconds */
export const url = (tools, id) =>
  onPage(tools, `/page/${id}?isolated`, async (page) => {
    await page.evaluate(`bench.urls(${BATCHES / 2}, ${SIZE})`);
    return page.evaluate(`bench.urls(${BATCHES}, ${SIZE})`);
  });
