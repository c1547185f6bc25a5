/** A host that handles the callback on a page of its own: B3, and what a popup does there. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { hostPage, underTest, useBrowser } from './harness.mjs';

const world = useBrowser();

/** The callback's address shows the app itself. @param {string} [attributes] */
const app = () => /** @type {import('./harness/world.mjs').Conditions['pages']} */ ((path, config) => {
  const head = '<meta name="referrer" content="no-referrer">';
  return ['/app', '/auth/x/callback'].includes(path) ? { body: hostPage(config, [{ flow: 'popup' }, { flow: 'redirect' }], { head }) } : undefined;
});

/** What a page that handles a callback itself is told in development. */
const WARNING = /this page keeps the code among its performance entries/;

/** @param {import('./harness/world.mjs').World} here @param {string} id */
async function begin({ driver, demo }, id) {
  await driver.get(`${demo.url}/app`);
  const home = await driver.getWindowHandle();
  await driver.wait(() => driver.executeScript(`return Boolean(document.getElementById(arguments[0])?.shadowRoot)`, id).catch(() => false), 15_000, 'waiting for the button');
  await driver.findElement({ id }).click();
  return home;
}

/** @param {import('./harness/world.mjs').World} here @param {string} home */
async function approve({ driver, person }, home) {
  await driver.wait(async () => {
    for (const handle of (await driver.getAllWindowHandles()).reverse()) {
      await driver.switchTo().window(handle);
      if ((await driver.findElements({ id: 'authorize' })).length > 0) return true;
    }
    return false;
  }, 15_000, 'waiting for X');
  await person.decideHere('authorize', 'ada_example');
  await driver.switchTo().window(home);
}

test('B3: a single-page app signs in by redirect, cleans its address, and is told what stays', async (t) => {
  const here = await world(t, { pages: app(), expected: [WARNING] });
  const { driver, person, witness } = here;
  await approve(here, await begin(here, 'x1'));
  assert.equal(await person.hears(/^sign-in /), 'sign-in ada_example');
  assert.equal(new URL(await driver.getCurrentUrl()).search, '');
  // The page's own entry keeps the address: that is the leak the warning tells of, and no script can undo it.
  const entry = await driver.executeScript(`return performance.getEntriesByType('navigation')[0].name`);
  assert.match(String(entry), underTest.title === 'Firefox' ? /./ : /code=/);
  await witness.quiet();
  assert.ok(witness.console.some((line) => WARNING.test(line)));
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
});

for (const xCoop of /** @type {const} */ (['same-origin', 'unsafe-none'])) {
  test(`C1 B3: its popup hands the answer to the page that waits, and closes, when X sends ${xCoop}`, async (t) => {
    const here = await world(t, { pages: app(), xCoop, expected: [WARNING] });
    const { driver, person } = here;
    await approve(here, await begin(here, 'x0'));
    assert.equal(await person.hears(/^sign-in /), 'sign-in ada_example');
    await driver.wait(async () => (await driver.getAllWindowHandles()).length === 1, 15_000, 'waiting for the popup to close itself');
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    assert.deepEqual(await driver.executeScript('return Object.keys(sessionStorage)'), []);
  });
}

test('A10: parameters of the app’s own are none of ours', async (t) => {
  const here = await world(t, { pages: app() });
  const { driver, demo } = here;
  for (const address of ['/app?code=SAVE50', '/app?state=open&code=1', '/auth/x/callback?code=SAVE50']) {
    await driver.get(demo.url + address);
    await driver.wait(() => driver.executeScript(`return Boolean(document.getElementById('x0')?.shadowRoot)`).catch(() => false), 15_000);
    assert.equal(await driver.getCurrentUrl(), demo.url + address);
  }
  assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });
});
