/** C6, C7: inside another page a sign-in works, or says at once that it cannot. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, hostPage, startForeignSite, useBrowser } from './harness.mjs';

const world = useBrowser();

/** The frame that holds the element, in pages of the app's own site. */
const FRAME = (/** @type {string} */ attributes = '') => `<!doctype html><title>Outer</title><link rel="icon" href="data:,"><iframe src="/host" width="500" height="400" ${attributes}></iframe>`;

/**
 * @param {string} outer
 * @param {Record<string, string>[]} elements
 */
const pages = (outer, elements) => /** @type {import('./harness/world.mjs').Conditions['pages']} */ ((path, config) => {
  if (path === '/host') return { body: hostPage(config, elements) };
  return path === '/outer' ? { body: outer } : undefined;
});

/** @param {import('./harness/world.mjs').World} here @param {string} id */
async function clickInFrame({ driver }, id) {
  await driver.switchTo().frame(0);
  await driver.wait(() => driver.executeScript(`return Boolean(document.getElementById(arguments[0])?.shadowRoot)`, id).catch(() => false), 15_000, 'waiting for the button');
  await driver.findElement({ id }).click();
}

for (const xCoop of /** @type {const} */ (['same-origin', 'unsafe-none'])) {
  test(`C6: a frame of another site says embedded_unsupported at once, in every flow, when X sends ${xCoop}`, async (t) => {
    /** @type {string} */ let app;
    const site = await startForeignSite({
      get '/embedder'() {
        return `<!doctype html><title>Embedder</title><link rel="icon" href="data:,"><iframe src="${app}/host" width="900" height="400"></iframe>`;
      },
    });
    t.after(site.close);
    const flows = ['auto', 'popup', 'redirect'];
    const here = await world(t, { xCoop, pages: pages('', flows.map((flow) => ({ flow }))) });
    app = here.demo.url;
    const { driver, person } = here;
    await driver.get(`${site.url}/embedder`);
    for (const [index] of flows.entries()) {
      await clickInFrame(here, `x${index}`);
      await driver.wait(async () => (await person.heard()).filter((line) => line === 'sign-in-error embedded_unsupported').length === index + 1, 2000);
      await driver.switchTo().defaultContent();
    }
    // Neither a window nor a frame has gone anywhere.
    assert.equal((await driver.getAllWindowHandles()).length, 1);
    assert.equal(here.simulator.control.counts().authorizeRequests, 0);
  });
}

for (const xCoop of /** @type {const} */ (['same-origin', 'unsafe-none'])) {
  test(`C6: a frame of the page’s own origin signs in by popup, when X sends ${xCoop}`, async (t) => {
    const here = await world(t, { xCoop, pages: pages(FRAME(), [{ flow: 'auto' }, { flow: 'redirect' }]) });
    const { driver, person } = here;
    await driver.get(`${here.demo.url}/outer`);
    const home = await driver.getWindowHandle();
    // X refuses to be framed.
    await clickInFrame(here, 'x1');
    await person.hears(/^sign-in-error embedded_unsupported$/);
    await driver.findElement({ id: 'x0' }).click();
    await driver.wait(async () => (await driver.getAllWindowHandles()).length === 2, 15_000, 'waiting for the popup');
    const popup = String((await driver.getAllWindowHandles()).find((handle) => handle !== home));
    await driver.switchTo().window(popup);
    await person.decideHere('authorize', 'ada_example');
    await driver.switchTo().window(home);
    await driver.switchTo().frame(0);
    assert.equal(await person.hears(/^sign-in /), 'sign-in ada_example');
    await driver.switchTo().defaultContent();
    await assertNothingRemains(here);
  });
}

/** The package, also for pages whose origin is nobody's: a sandboxed one may load modules only from who allows everybody. */
const PKG = new URL('../../pkg/', import.meta.url);

/** @param {string} path */
function published(path) {
  const name = /^\/pkg\/([\w.-]+)$/.exec(path)?.[1];
  if (!name) return undefined;
  const type = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
  return { type, body: readFileSync(new URL(name, PKG)), headers: { 'Access-Control-Allow-Origin': '*' } };
}

for (const [sandbox, code] of /** @type {const} */ ([
  ['allow-scripts allow-same-origin', 'popup_blocked'],
  ['allow-scripts', 'embedded_unsupported'],
  ['allow-scripts allow-popups', 'embedded_unsupported'],
])) {
  test(`C7: in a frame with sandbox="${sandbox}" it is ${code}, at once`, async (t) => {
    const own = pages(FRAME(`sandbox="${sandbox}"`), [{ flow: 'popup' }]);
    const here = await world(t, {
      pages: (path, config) => published(path) ?? own?.(path, config),
      // What browsers say of a popup that the sandbox forbids.
      expected: [/sandbox/i],
    });
    const { driver, person } = here;
    await driver.get(`${here.demo.url}/outer`);
    await clickInFrame(here, 'x0');
    assert.equal(await person.hears(/^sign-in-error/), `sign-in-error ${code}`);
    assert.equal((await driver.getAllWindowHandles()).length, 1);
  });
}
