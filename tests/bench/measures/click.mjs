/**
 * From a mouse's click to `window.open`, and to the request for X's page.
 * @module
 */

import { both, onPage } from './tools.mjs';

/**
 * @typedef {object} Click
 * @property {boolean} task `window.open` was called in the click's own task
 * @property {boolean} digested after `crypto.subtle.digest`, behind which WebKit blocks it
 * @property {boolean} final at once with the authorization URL, not with an empty page
 * @property {boolean} blocked
 * @property {number} milliseconds from the click's first listener to `window.open`
 * @property {number} request milliseconds from the mouse to the request at the authorization endpoint
 */

/** @param {import('./tools.mjs').Tools} tools @param {string} id @returns {Promise<Click>} */
export const click = (tools, id) =>
  onPage(tools, `/page/${id}?isolated`, async (page, at) => {
    const { site } = tools;
    const pressed = performance.now();
    const [{ opened }, { asked }] = await both(
      site.hear((what) => what.opened),
      site.hear((what) => what.asked?.path === '/provider/authorize'),
      page.click(at),
    );
    return { ...opened, request: asked.at - pressed };
  });
