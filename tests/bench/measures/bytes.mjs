/**
 * What a page downloads: every file that it asks for, not those that somebody listed. It is also the first time that the files are
 * asked for, so that they are compressed before anything is timed.
 * @module
 */

import { setTimeout as wait } from 'node:timers/promises';
import { callback } from './callback.mjs';
import { start } from './start.mjs';
import { both, onPage } from './tools.mjs';

/** Milliseconds in which a sign-in by popup ends, and loads what it shows in the end. */
const AFTERWARDS = 1500;

/** @typedef {import('../site.mjs').Size & { files: string[] }} Download */

/** @param {import('../site.mjs').Site} site @param {string[]} paths @returns {Download} */
function download(site, paths) {
  const total = { raw: 0, gzip: 0, brotli: 0, files: /** @type {string[]} */ ([]) };
  for (const path of new Set(paths)) {
    const size = site.sizeOf(path);
    if (!size) continue;
    total.files.push(path);
    for (const how of /** @type {const} */ (['raw', 'gzip', 'brotli'])) total[how] += size[how];
  }
  return total;
}

/**
 * @param {import('./tools.mjs').Tools} tools @param {string} id
 * @returns {Promise<{ button: Download, whole: Download }>} until the button works; in a whole sign-in, by popup and by redirect
 */
export async function bytes(tools, id) {
  const { site } = tools;
  await start(tools, id);
  const before = site.asked.map(({ path }) => path);
  const button = download(site, before);
  const { paths } = await callback(tools, id);
  const during = await onPage(
    tools,
    `/page/${id}`,
    async (page, at) => {
      await both(site.hear((what) => what.asked?.path === '/provider/authorize'), page.click(at));
      await wait(AFTERWARDS);
      return site.asked.map(({ path }) => path);
    },
    { stays: false },
  );
  return { button, whole: download(site, [...before, ...paths, ...during]) };
}
