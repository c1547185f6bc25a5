/**
 * What a script that takes pictures needs: a simulator of X, the demo's site, a driver; all of it ended when the pictures
 * are taken.
 * @module
 */

import { startDemo } from '../../../www/demo/server.mjs';
import { startSimulator } from '../../../www/simulator/index.js';
import { freePort, startDriver } from '../harness/driver.mjs';

/**
 * @typedef {object} Stage
 * @property {import('../harness/engines.mjs').Engine} engine
 * @property {string} url the demo's
 * @property {<T>(circumstances: import('../harness/engines.mjs').Circumstances, use: (driver: Chrome) => Promise<T>) => Promise<T>} session
 * one browser session, closed when `use` is through; only Chromium's driver has Chromium's own commands
 *
 * @typedef {import('selenium-webdriver/chrome.js').Driver} Chrome
 */

/**
 * @template T
 * @param {{ engine?: string, app?: string, pages?: import('./page.mjs').Pages }} how `app`: its name on X's pages
 * @param {(stage: Stage) => Promise<T>} run
 */
export async function onStage({ engine = 'chromium', app = 'Demo App', pages }, run) {
  const port = await freePort();
  const redirectUris = [`http://127.0.0.1:${port}/auth/x/callback`];
  const apps = /** @type {const} */ ([['ZGVtby1hcHA6MTpjaQ', 'spa'], ['c2VjcmV0LWFwcDoxOmNp', 'web']]).map(([clientId, type]) => ({ clientId, type, name: app, redirectUris }));
  const simulator = await startSimulator({ apps });
  const demo = await startDemo({ port, simulator, ...(pages && { pages }) });
  const browser = await startDriver(engine);
  try {
    return await run({
      engine: browser.engine,
      url: demo.url,
      async session(circumstances, use) {
        const { driver, close } = await browser.open(circumstances);
        return use(/** @type {Chrome} */ (driver)).finally(close);
      },
    });
  } finally {
    await browser.close();
    await demo.close();
    await simulator.close();
  }
}
