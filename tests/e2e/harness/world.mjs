/**
 * One world per test: a simulator of X, the demo, a fresh browser. Ended, and looked over, when the test ends.
 * @module
 */

import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startDemo } from '../../../www/demo/server.mjs';
import { startSimulator } from '../../../www/simulator/index.js';
import { freePort, startDriver } from './driver.mjs';
import { engine } from './engines.mjs';
import { person } from './person.mjs';
import { openWatched } from './witness.mjs';

/** @typedef {Awaited<ReturnType<typeof build>>} World */

/**
 * @typedef {object} Conditions
 * @property {string | null} [appCoop] Cross-Origin-Opener-Policy of the demo's pages
 * @property {'same-origin' | 'same-origin-allow-popups' | 'noopener-allow-popups' | 'unsafe-none' | null} [xCoop] and of X's
 * @property {string} [clientId] another App than the one that X knows
 * @property {RegExp[]} [expected] what may stand in the console; everything else that complains fails the test
 * @property {boolean} [javascript] default: on
 * @property {boolean} [wasm] whether there is WebAssembly; default: on
 * @property {boolean} [touch] the device is used by touch first
 * @property {import('./engines.mjs').Media} [media] what the person's system asks of a page
 * @property {import('../../../www/demo/server.mjs').DemoOptions['pages']} [pages] more pages of the app's site (host-page.mjs)
 */

/** What the browser itself writes when the backend answers a failed exchange with the status it should. */
export const REFUSED_EXCHANGE = /\/auth\/x\/exchange - Failed to load resource: the server responded with a status of 4/;

/** The same, of X's page that says no. */
export const REFUSED_BY_X = /\/i\/oauth2\/authorize\S* - Failed to load resource: the server responded with a status of 4/;

/** One driver for the file that calls it, from its first test on: a file whose tests are all left out starts none. */
export function useBrowser() {
  /** @type {ReturnType<typeof startDriver> | undefined} */
  let starting;
  after(async () => (await starting)?.close());

  /**
   * @param {import('node:test').TestContext} t
   * @param {Conditions} [conditions]
   */
  return async (t, conditions = {}) => {
    starting ??= startDriver(engine);
    const { world, close } = await createWorld(await starting, conditions);
    t.after(async () => {
      const complaints = await world.witness.complaints().finally(close);
      const surprises = complaints.filter((line) => !conditions.expected?.some((pattern) => pattern.test(line)));
      assert.deepEqual(surprises, [], 'nothing complained in the console');
    });
    return world;
  };
}

/**
 * @param {Awaited<ReturnType<typeof startDriver>>} browser
 * @param {Conditions} conditions
 */
async function createWorld(browser, conditions) {
  /** @type {(() => Promise<void>)[]} */
  const ends = [];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { world: await build(browser, conditions, ends), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {Awaited<ReturnType<typeof startDriver>>} browser
 * @param {Conditions} conditions
 * @param {(() => Promise<void>)[]} ends told, as each part is up, how to end it
 */
async function build(browser, { appCoop = null, xCoop = 'same-origin-allow-popups', clientId, pages, ...circumstances }, ends) {
  const port = await freePort();
  const redirectUris = [`http://127.0.0.1:${port}/auth/x/callback`];
  const apps = /** @type {const} */ ([['ZTJlOjE6Y2k', 'spa', 'Demo App'], ['d2ViOjE6Y2k', 'web', 'Confidential Demo App']]).map(([clientId, type, name]) => ({ clientId, type, name, redirectUris }));
  const simulator = await startSimulator({ coop: xCoop, apps });
  ends.push(simulator.close);
  const tap = createTap();
  const demo = await startDemo({ port, simulator, coop: appCoop, fetch: tap.fetch, ...(pages && { pages }), ...(clientId === undefined ? {} : { clientId }) });
  ends.push(demo.close);
  const { driver, newWindow, cookies, witness, close } = await openWatched(browser, circumstances);
  ends.push(close);

  return {
    engine: browser.engine,
    simulator,
    demo,
    driver,
    newWindow,
    cookies,
    witness,
    tap,
    person: person(driver, demo.url, (act) => witness.loading(new URL(simulator.url).origin, act), () => decisionsAt(simulator)),
    /** A7: how often a page gave a code to the backend, and the backend to X. */
    async exchanges() {
      await witness.quiet();
      return {
        page: witness.requests.filter(({ method, url }) => method === 'POST' && new URL(url).pathname === '/auth/x/exchange').length,
        backend: simulator.control.counts().tokenExchanges,
      };
    },
  };
}

/** Between the backend and X: the secrets that no page may ever see pass here. */
function createTap() {
  /** @type {Set<string>} */
  const tokens = new Set();
  /** @type {Set<string>} */
  const verifiers = new Set();
  return {
    tokens,
    verifiers,
    /** @type {typeof fetch} */
    async fetch(input, init) {
      const request = new Request(input, init);
      const verifier = request.method === 'POST' ? new URLSearchParams(await request.clone().text()).get('code_verifier') : null;
      if (verifier) verifiers.add(verifier);
      const response = await fetch(request);
      const text = await response.clone().text();
      const answer = /^\{/.test(text) ? JSON.parse(text) : {};
      // OAuth 1.0a answers in forms. A request token travels by the browser; its secret does not.
      const form = new URL(request.url).pathname.startsWith('/oauth/') ? new URLSearchParams(text) : new URLSearchParams();
      for (const name of [...(request.url.endsWith('/access_token') ? ['oauth_token'] : []), 'oauth_token_secret']) {
        const value = form.get(name);
        if (value) tokens.add(value);
      }
      for (const name of ['access_token', 'refresh_token']) if (typeof answer[name] === 'string') tokens.add(answer[name]);
      return response;
    },
  };
}

/** How often somebody has decided, or was refused. @param {import('../../../www/simulator/index.js').Simulator} simulator */
function decisionsAt({ control }) {
  const { approvals = 0, cancels = 0, refusals = 0 } = control.counts();
  return approvals + cancels + refusals;
}
