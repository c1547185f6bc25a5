/**
 * From the request for the callback page to the request that exchanges the code, both as the server sees them; by redirect, so that
 * no other window takes a part in it.
 * @module
 */

import { both, onPage } from './tools.mjs';

/** @param {import('./tools.mjs').Tools} tools @param {string} id @returns {Promise<{ milliseconds: number, paths: string[] }>} */
export const callback = (tools, id) =>
  onPage(
    tools,
    `/page/${id}?flow=redirect`,
    async (page, at) => {
      const { site } = tools;
      const [{ asked: came }, { asked: sent }] = await both(
        site.hear((what) => what.asked?.path === `/callback/${id}`),
        site.hear((what) => what.asked?.method === 'POST' && ['/exchange', '/provider/oauth/token'].includes(what.asked.path)),
        page.click(at),
      );
      const paths = site.asked.slice(site.asked.findIndex(({ path }) => path === came.path)).map(({ path }) => path);
      return { milliseconds: sent.at - came.at, paths };
    },
    { stays: false },
  );
