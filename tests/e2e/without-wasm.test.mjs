/** E1, E2, E8, E12, E13: where WebAssembly does not run, people sign in all the same: by the engine translated to JavaScript. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { nextRelease, release, WASM } from '../glue/copies.mjs';
import { COMPILES_LATER, tellPage } from './harness/compiling.mjs';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, assertTalkedOnlyTo, FLOWS, hostPage, useBrowser } from './harness.mjs';
import { STRICT } from './looks/page.mjs';

const world = useBrowser();

/** Of what comes after the click; the button's is in the script. */
const ENGINE = `/pkg/${WASM}`;
const TRANSLATION = '/pkg/chunk-translated.js';

/** What nobody waited for is an error like any other. */
const REPORT_REJECTIONS = `() => addEventListener('unhandledrejection', ({ reason }) => console.error('unhandled rejection', String(reason)))`;

/** @typedef {NonNullable<import('./harness/world.mjs').Conditions['pages']>} Pages */
/** @typedef {Awaited<ReturnType<Pages>>} Answer */

/**
 * A page with a button for each flow, and what the server has in place of the engine.
 * @param {{ engine?: Answer, head?: string, policy?: string }} [site]
 * @returns {Pages}
 */
const site = ({ engine, head, policy } = {}) => (path, config) => {
  if (path === ENGINE) return engine;
  if (path !== '/host' && path !== '/host.js') return undefined;
  // The simulator plays pbs.twimg.com too.
  const headers = policy && { 'Content-Security-Policy': policy.replace('https://pbs.twimg.com', `data: ${new URL(config.authorize).origin}`) };
  const page = hostPage(config, FLOWS.map((flow) => ({ flow })), { ...(head && { head }) });
  if (!headers) return { body: page };
  // A policy that forbids inline scripts has no exception for tests.
  const inline = /(<script type="module")>([^]*?)(?=<\/script>)/;
  if (path === '/host.js') return { type: 'text/javascript; charset=utf-8', body: inline.exec(page)?.[2] ?? '' };
  return { body: page.replace(inline, '$1 src="/host.js">'), headers };
};

/** Bytes as an answer: the server takes them as well as a text. @param {Buffer | undefined} bytes @returns {Answer} */
const wasm = (bytes) => ({ type: 'application/wasm', body: /** @type {string} */ (/** @type {unknown} */ (bytes)) });

/** @param {import('./harness/world.mjs').World} here @param {string} path */
const asked = ({ witness }, path) => witness.requests.filter(({ url }) => new URL(url).pathname === path).length;

/**
 * Signs in, to the end. Whichever page exchanges the code, there is one exchange.
 * @param {import('./harness/world.mjs').World} here
 * @param {import('./harness/person.mjs').Flow} flow
 */
async function signIn(here, flow) {
  const { person } = here;
  await person.press(flow);
  await person.approve('ada_example');
  assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example');
  if (flow === 'popup') await person.popupGone();
  assert.equal((await here.exchanges()).backend, 1, 'A7: one exchange');
  await assertNothingRemains(here);
  assertTalkedOnlyTo(here);
}

for (const flow of FLOWS) {
  test(`E1 E2: in a browser without WebAssembly a sign-in by ${flow} goes to its end`, async (t) => {
    const here = await world(t, { wasm: false, pages: site() });
    await here.witness.beforeEachPage(REPORT_REJECTIONS);
    await here.person.visitHost();
    assert.equal(await here.driver.executeScript('return typeof WebAssembly'), 'undefined');
    await signIn(here, flow);
    assert.equal(asked(here, ENGINE), 0, 'nothing is downloaded in vain');
    assert.ok(asked(here, TRANSLATION) > 0);
  });
}

test('E1 E2 E3: under a policy without wasm-unsafe-eval it goes to its end; nothing is refused but the one attempt, and no rejection is unhandled', async (t) => {
  const here = await world(t, {
    pages: site({ policy: STRICT.replace(" 'wasm-unsafe-eval'", '') }),
    // As the browser says it itself, and as the harness has it from the event. WebKitGTK says nothing.
    expected: [/CSP refused\W+script-src\W+wasm-eval/, /(blocked|violates).*(script-src|wasm)/is],
  });
  await here.witness.beforeEachPage(REPORT_REJECTIONS);
  await here.person.visitHost();
  await signIn(here, 'popup');
  const refused = here.witness.console.filter((line) => line.includes('CSP refused'));
  assert.equal(refused.length, here.engine.title === 'WebKitGTK' ? 0 : 1, refused.join('\n'));
  assert.ok(refused.every((line) => line.includes('wasm-eval')), refused.join('\n'));
  assert.equal(asked(here, TRANSLATION), 1);
});

const integrity = `sha384-${createHash('sha384').update(release[WASM] ?? assert.fail()).digest('base64')}`;
const flipped = Buffer.from(release[WASM] ?? assert.fail());
// In the data: it would compile, and say "Sign im with X".
const place = flipped.indexOf('Sign in with X') + 6;
flipped[place] = (flipped[place] ?? 0) ^ 1;

for (const [title, engine, head, expected] of /** @type {[string, Answer, string, RegExp[]][]} */ ([
  [
    'E13: one byte is another, and a hash was given',
    wasm(flipped),
    `<script type="module">import { init } from '/pkg/index.js'; init({ integrity: '${integrity}' });</script>`,
    [/integrity/i],
  ],
  ['E12: the engine is another release’s', wasm(nextRelease[WASM]), '', []],
  ['E10: a page stands in the engine’s place', { body: '<!doctype html><title>A page</title>' }, '', []],
  ['E10: the engine is missing', { status: 404, body: 'no such file' }, '', [/sign-in-with-x\.wasm - Failed to load resource/]],
])) {
  test(`E1 ${title}: the translation takes over`, async (t) => {
    const here = await world(t, { pages: site({ engine, head }), expected });
    await here.witness.beforeEachPage(REPORT_REJECTIONS);
    await here.person.visitHost();
    assert.equal(await here.driver.executeScript(`return document.querySelector('sign-in-with-x').shadowRoot.querySelector('[part=label]').textContent`), 'Sign in with X');
    await signIn(here, 'popup');
    assert.equal(asked(here, ENGINE), 1);
    assert.equal(asked(here, TRANSLATION), 1);
  });
}

test('D2 E1 E7: a click before an engine that turns out to be none: its window goes to X, and there is one exchange', async (t) => {
  const pages = site();
  const here = await world(t, {
    pages: (path, config) => {
      if (path !== '/host') return pages(path, config);
      const body = `<sign-in-with-x id="x0" flow="popup" client-id="${config.clientId}" redirect-uri="${config.redirectUri}"><button id="child">Sign in</button></sign-in-with-x>`;
      return { body: hostPage(config, [], { body }) };
    },
  });
  const { driver, person, witness } = here;
  await witness.beforeEachPage(COMPILES_LATER);
  await person.arrive('/host');
  await driver.wait(() => driver.executeScript(`return Boolean(customElements.get('sign-in-with-x'))`), 15_000, 'waiting for the element');
  await person.looksAway();
  const popup = await person.opens(() => driver.findElement({ id: 'child' }).click());
  await tellPage(driver, 'refuse');
  await person.approveIn(popup, 'ada_example');
  await person.home();
  assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example');
  await person.popupGone();
  assert.equal((await here.exchanges()).backend, 1);
  assert.equal(here.simulator.control.counts().authorizeRequests, 1);
  await assertNothingRemains(here);
});

/** Runs before the page's scripts. `window.traps` questions end in a trap of the engine's own: their text is said to be nowhere. */
const TRAP = `() => {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (...given) {
    const { exports } = new Instance(...given);
    const trapping = (at, pointer, length) => (window.traps > 0 ? (window.traps -= 1, exports.ask(at, 0xfffffff0, 0xfffffff0)) : exports.ask(at, pointer, length));
    return { exports: { ...exports, ask: trapping } };
  };
}`;

test('E8: an engine that traps fails one click, with an error that says so; the next one works', async (t) => {
  const here = await world(t, { pages: site() });
  const { driver, person, witness } = here;
  await witness.beforeEachPage(TRAP);
  await witness.beforeEachPage(REPORT_REJECTIONS);
  await person.visitHost();
  await driver.executeScript('window.traps = 1');
  await driver.executeScript(`document.querySelector('sign-in-with-x').shadowRoot.querySelector('button').click()`);
  await person.hears(/^sign-in-error internal$/);
  assert.equal(await driver.executeScript(`return document.querySelector('sign-in-with-x').state`), 'idle');
  assert.equal(await driver.executeScript('return window.traps'), 0);
  await person.press('popup');
  await person.approve('ada_example');
  await person.hears(/^sign-in ada_example$/);
  await person.popupGone();
  assert.equal((await here.exchanges()).backend, 1);
  assert.equal(asked(here, TRANSLATION), 0);
  await assertNothingRemains(here);
});
