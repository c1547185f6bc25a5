/**
 * What a sign-in leaves behind: in storage, in the history, in the page, in what was sent. Nothing may be left.
 * @module
 */

import assert from 'node:assert/strict';

/** Runs in the page. Everything that a script there could find. */
const DUMP = `
const done = arguments[arguments.length - 1];
const databases = indexedDB.databases ? indexedDB.databases() : Promise.resolve([]);
databases.then((found) => done({
  storage: { local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, databases: found.map(({ name }) => name), name: window.name },
  page: {
    address: location.href,
    referrer: document.referrer,
    history: history.state,
    entries: performance.getEntries().map(({ name }) => name),
    document: document.documentElement.outerHTML,
  },
}));`;

const EMPTY = { local: {}, session: {}, cookies: '', databases: [], name: '' };

/**
 * @param {import('./world.mjs').World} world
 * @returns {{ state: string[], code: string[], verifier: string[], token: string[] }} every secret of the sign-ins so far
 */
export function secretsOf({ witness, tap, demo }) {
  const parameters = witness.requests.map(({ url }) => new URL(url)).filter(({ origin, searchParams }) => searchParams.has('state') || (origin === demo.url && ['code', 'oauth_verifier'].some((name) => searchParams.has(name))));
  const values = (/** @type {string} */ name) => [...new Set(parameters.flatMap(({ searchParams }) => searchParams.getAll(name)))];
  return { state: values('state'), code: [...values('code'), ...values('oauth_verifier')], verifier: [...tap.verifiers], token: [...tap.tokens] };
}

/**
 * B8: nothing in any storage. B2, B5: no secret in the page, its history, its performance entries, the consoles, a
 * referrer, or an address other than those that OAuth sends them in. G1: no token in anything a page can read.
 * @param {import('./world.mjs').World} world
 */
export async function assertNothingRemains(world) {
  const { engine, driver, witness, demo, simulator } = world;
  await witness.quiet();
  const { storage, page } = /** @type {{ storage: object, page: object }} */ (await driver.executeAsyncScript(DUMP));
  assert.deepEqual(storage, EMPTY, 'B8: storage is empty');

  const secrets = secretsOf(world);
  const all = Object.values(secrets).flat();
  // The way to X is X's own address, with the state in it; it stays behind the Back button, and is worth nothing by now.
  const history = (engine.history ? await historyOf(driver) : []).filter((url) => !url.startsWith(`${simulator.url}/`));
  for (const [place, found] of Object.entries({ page, history, console: witness.console })) {
    const text = JSON.stringify(found);
    for (const [kind, values] of Object.entries(secrets)) {
      for (const secret of values) assert.ok(!text.includes(secret), `B2: no ${kind} in the ${place}: ${text}`);
    }
  }
  for (const { url, referrer } of witness.requests) {
    const { origin, pathname } = new URL(url);
    // The page's name for an attempt goes to X, or to the backend that begins it there.
    const authorize = (origin === simulator.url && pathname === '/i/oauth2/authorize') || (origin === demo.url && /\/start$/.test(pathname));
    const callback = origin === demo.url && pathname === '/auth/x/callback';
    // What X's own page tells X of itself is not ours to keep from it.
    const atX = origin === simulator.url && referrer.startsWith(simulator.url);
    for (const secret of atX ? [] : all) assert.ok(!referrer.includes(secret), `B2: no secret in the referrer that ${pathname} got`);
    const wrong = [...secrets.token, ...secrets.verifier, ...(callback ? [] : secrets.code), ...(callback || authorize ? [] : secrets.state)];
    for (const secret of wrong) assert.ok(!url.includes(secret), `B2: no secret in the address of ${pathname}`);
  }
  for (const { url, body } of witness.bodies) {
    for (const secret of [...secrets.token, ...secrets.verifier]) assert.ok(!body.includes(secret), `G1: no token in the answer of ${new URL(url).pathname}`);
  }
}

/**
 * A12: the browser talked to the app and to X, and to nobody else.
 * @param {import('./world.mjs').World} world
 */
export function assertTalkedOnlyTo({ witness, demo, simulator }) {
  const origins = new Set(witness.requests.map(({ url }) => new URL(url)).filter(({ protocol }) => protocol !== 'data:').map(({ origin }) => origin));
  for (const origin of origins) assert.ok([demo.url, simulator.url].includes(origin), `A12: nothing was sent to ${origin}`);
  const toX = witness.requests.filter(({ url }) => new URL(url).origin === simulator.url).map(({ url }) => new URL(url).pathname);
  for (const path of toX) assert.ok(!path.startsWith('/2/'), `A12: the page never calls X's API (${path})`);
}

/**
 * The addresses behind the Back button.
 * @param {import('selenium-webdriver').WebDriver} driver
 * @returns {Promise<string[]>}
 */
async function historyOf(driver) {
  const chrome = /** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver);
  const { entries } = /** @type {any} */ (await chrome.sendAndGetDevToolsCommand('Page.getNavigationHistory', {}));
  return entries.map((/** @type {{ url: string }} */ { url }) => url);
}
