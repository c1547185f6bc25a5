/**
 * Watches a browser from outside: what it sends, what it is answered, what it complains about.
 *
 * How that is seen is the engine's affair (witness-bidi.mjs, witness-proxy.mjs); what a test asks is the same.
 * @module
 */

import { setTimeout as wait } from 'node:timers/promises';
import { logging } from 'selenium-webdriver';
import { watchByBidi } from './witness-bidi.mjs';
import { startProxy } from './witness-proxy.mjs';

/**
 * @typedef {object} Exchange a request and what came of it
 * @property {string} id
 * @property {number} at when it was seen, by `performance.now()`
 * @property {string} method
 * @property {string} url
 * @property {string} referrer
 * @property {number} [status]
 *
 * @typedef {object} Seen filled as it happens
 * @property {Exchange[]} requests
 * @property {{ url: string, body: string }[]} bodies every response that a page could have read
 * @property {string[]} console everything that was written to a console, by whichever window
 * @property {string[]} complaints the errors and warnings among it, and uncaught errors
 * @property {Promise<unknown>[]} reading what is not read to its end yet
 * @property {string[]} loaded the origins of the pages that have loaded, one after the other; by the proxy only
 *
 * @typedef {(script: string, ...values: unknown[]) => Promise<any>} InPage the function's text, and what it is given as JSON
 */

/** Milliseconds that a page may take to load until nobody waits for it any more. */
const LOAD = 3000;

/** Runs before the page's own scripts: what the Content Security Policy refuses becomes a console error. */
const REPORT_VIOLATIONS = `() => addEventListener('securitypolicyviolation', (event) =>
  console.error('CSP refused', event.violatedDirective, event.blockedURI, event.sourceFile))`;

/** Runs before the page's own scripts: the one media query that tells a device with a touch screen. */
const PRETEND_TOUCH = `() => {
  const ask = matchMedia;
  window.matchMedia = (query) => (query === '(pointer: coarse)' ? ask('all') : ask(query));
}`;

/**
 * A browser session under watch.
 * @param {Awaited<ReturnType<typeof import('./driver.mjs').startDriver>>} browser
 * @param {import('./engines.mjs').Circumstances} [circumstances]
 */
export async function openWatched({ engine, open }, circumstances = {}) {
  /** @type {Seen} */
  const seen = { requests: [], bodies: [], console: [], complaints: [], reading: [], loaded: [] };
  const proxy = engine.watched === 'proxy' ? await startProxy(seen) : undefined;
  try {
    const { driver, close, ...opened } = await open({ ...circumstances, ...(proxy && { proxy: proxy.host }) });
    try {
      const hand = proxy ? { beforeEachPage: proxy.beforeEachPage, inPage: inPageByScript(driver), end: async () => {} } : await watchByBidi(driver, seen);
      const end = () => hand.end().finally(close).finally(() => proxy?.close());
      await hand.beforeEachPage(REPORT_VIOLATIONS);
      if (circumstances.touch && !engine.touch) await hand.beforeEachPage(PRETEND_TOUCH);
      return { driver, ...opened, witness: createWitness(engine, driver, seen, hand), close: end };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await proxy?.close();
    throw error;
  }
}

/**
 * Runs a function in the page as a script of the page's own. (Firefox runs WebDriver's scripts in a sandbox, which knows
 * no `import()`; there it goes by BiDi.)
 * @param {import('selenium-webdriver').WebDriver} driver
 * @returns {InPage}
 */
const inPageByScript = (driver) => async (script, ...values) => {
  const run = `const [values, done] = arguments; (async () => (${script})(...values))().then((value) => done({ value }), (error) => done({ error: String(error) }))`;
  const { value, error } = /** @type {any} */ (await driver.executeAsyncScript(run, values));
  if (error) throw new Error(error);
  return value;
};

/**
 * @param {import('./engines.mjs').Engine} engine
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {Seen} seen
 * @param {{ beforeEachPage: (script: string) => Promise<unknown>, inPage: InPage }} hand
 */
function createWitness(engine, driver, { requests, bodies, console, complaints, reading, loaded }, { beforeEachPage, inPage }) {
  /** Reports of the browser come a little later than what they report. Waits until no new one has come for a while. */
  async function quiet() {
    let known = -1;
    for (let tries = 0; known !== requests.length; tries += 1) {
      if (tries > 50) throw new Error('the page never stops sending requests');
      known = requests.length;
      await wait(150);
    }
    await Promise.all(reading);
  }

  /** In the words of Chromium's console, which are the only ones that any engine has for it. */
  const refused = () =>
    requests.filter(({ status = 0 }) => status >= 400).map(({ url, status }) => `${url} - Failed to load resource: the server responded with a status of ${status}`);

  async function logged() {
    if (!engine.networkLog) return [];
    const entries = await driver.manage().logs().get(logging.Type.BROWSER);
    return entries.filter(({ level }) => level.value >= logging.Level.WARNING.value).map(({ level, message }) => `${level.name}: ${message}`);
  }

  return {
    requests,
    bodies,
    console,
    quiet,
    /**
     * Does something that opens a page of this origin, and waits until it has loaded: WebKitWebDriver, asked about a popup whose
     * page is just changing its process, was seen to wait for the end of that load for ever. A page that is not opened after
     * all, or not at once, is the test's own affair.
     * @template T
     * @param {string} origin
     * @param {() => Promise<T>} act
     * @returns {Promise<T>}
     */
    async loading(origin, act) {
      const known = loaded.length;
      const result = await act();
      const until = performance.now() + (engine.watched === 'proxy' ? LOAD : 0);
      while (!loaded.slice(known).includes(origin) && performance.now() < until) await wait(25);
      return result;
    },
    /** @param {string} script a function, run in each document before its own scripts */
    beforeEachPage,
    inPage,
    /** Errors and warnings, those of the network among them. */
    async complaints() {
      await quiet();
      return [...complaints, ...refused(), ...(await logged())];
    },
  };
}
