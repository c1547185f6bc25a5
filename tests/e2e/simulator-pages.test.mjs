/** The simulator's own pages, as people see and use them: what X would show, the settings of a person, and the log. */
import assert from 'node:assert/strict';
import { By } from 'selenium-webdriver';
import { test } from './harness/scenario.mjs';
import { useBrowser } from './harness.mjs';
import { examine } from './looks/axe.mjs';
import { assertMedia } from './looks/page.mjs';

/** @typedef {import('./harness/world.mjs').World} World */

const world = useBrowser();
const PATIENCE = 15_000;
const SCOPES = 'tweet.read users.read users.email offline.access tweet.write';

/** What an App sends a browser to. @param {World['simulator']} simulator */
function authorizeUrl({ url, apps: [app] }) {
  const query = { response_type: 'code', client_id: app?.clientId ?? '', redirect_uri: app?.redirectUris[0] ?? '', scope: SCOPES, state: 'a-state', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
  return `${url}/i/oauth2/authorize?${new URLSearchParams(query)}`;
}

/** Lets the App in, in no browser. @param {World['simulator']} simulator */
async function letIn(simulator) {
  simulator.control.autoApprove('ada_example');
  await fetch(authorizeUrl(simulator), { redirect: 'manual' });
  simulator.control.autoApprove(null);
}

/** Presses what leads to another page, and waits for that. @param {World} here @param {string} css @param {string} next */
async function press({ driver }, css, next) {
  await driver.findElement(By.css(css)).click();
  await driver.wait(() => driver.findElements(By.css(next)).then((found) => found.length > 0, () => false), PATIENCE, `${css} leads to ${next}`);
}

for (const [scheme, media] of Object.entries({ light: {}, dark: { 'prefers-color-scheme': 'dark' } })) {
  test(`K: axe-core finds nothing in the pages of the simulator, and nothing hangs over the edge of a telephone, in a ${scheme} scheme`, async (t) => {
    const here = await world(t, { media });
    const { driver, simulator } = here;
    // Engines that cannot be told a size are as narrow as their windows get.
    if ('sendDevToolsCommand' in driver) await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width: 390, height: 844, deviceScaleFactor: 1, mobile: false });
    else await driver.manage().window().setRect({ width: 390, height: 844 });
    await letIn(simulator);
    const look = async (/** @type {string} */ what) => {
      await assertMedia(driver, media);
      await driver.executeScript(`for (const details of document.querySelectorAll('details')) details.open = true`);
      assert.deepEqual((await examine(driver)).violations, [], what);
      const [wide, room] = await driver.executeScript('return [document.scrollingElement.scrollWidth, innerWidth]');
      assert.ok(wide <= room, `${what}: ${wide} of ${room}`);
    };
    const visit = async (/** @type {string} */ path) => {
      await driver.get(simulator.url + path);
      await look(path);
    };
    await visit('/');
    await driver.get(authorizeUrl(simulator));
    await look('the consent page');
    simulator.control.signInFirst(true);
    await driver.get(authorizeUrl(simulator));
    await look('the sign-in page');
    await press(here, '#sign-in', '#authorize');
    await look('the consent page of somebody who is signed in');
    await visit('/settings/connected_apps');
    assert.equal((await driver.findElements(By.css('article'))).length, 1);
    await visit('/settings/sessions');
    await visit('/log');
    assert.ok((await driver.findElements(By.css('.log li'))).length > 5);
  });
}

test('F5 K: what is not chosen is an empty ring in a dark scheme, every card begins at the same height, and a reload of fresh keys sends nothing', async (t) => {
  const here = await world(t, { media: { 'prefers-color-scheme': 'dark' } });
  const { driver, simulator } = here;
  await driver.get(authorizeUrl(simulator));
  assert.deepEqual(await driver.executeScript(`const { appearance, backgroundColor } = getComputedStyle(document.querySelector('input[type=radio]:not(:checked)')); return [appearance, backgroundColor]`), ['none', 'rgba(0, 0, 0, 0)']);
  const tops = [];
  for (const path of ['/', '/log', '/settings/sessions', '/developer']) {
    await driver.get(simulator.url + path);
    tops.push(await driver.executeScript(`return document.querySelector('.card').getBoundingClientRect().top`));
  }
  assert.deepEqual(tops, tops.map(() => tops[0]));
  await driver.get(`${simulator.url}/developer/apps/new`);
  await driver.findElement(By.css('#name')).sendKeys('Made and reloaded');
  await driver.findElement(By.css('#description')).sendKeys('An App that a person made.');
  await press(here, 'button.primary', '.once');
  const apps = simulator.apps.length;
  await driver.navigate().refresh();
  await driver.wait(() => driver.findElement(By.css('[role=status]')).getText().then((text) => /shown once/.test(text), () => false), PATIENCE, 'the page after a reload');
  assert.equal(simulator.apps.length, apps);
});

test('K: in a browser somebody signs in at X, takes an App’s access back, and logs out', async (t) => {
  const here = await world(t);
  const { driver, simulator } = here;
  await letIn(simulator);
  await driver.get(`${simulator.url}/settings/connected_apps`);
  await press(here, '#sign-in', 'article');
  await press(here, 'article button', '[role=status]');
  assert.equal((await driver.findElements(By.css('article'))).length, 0);
  await driver.get(`${simulator.url}/settings/sessions`);
  await press(here, 'article button', '.menu');
  await driver.get(`${simulator.url}/settings/sessions`);
  assert.equal((await driver.findElements(By.css('#sign-in'))).length, 1);
});

test('K: the log shows a request when it comes and its answer when that comes, and leaves closed what was closed', async (t) => {
  const { driver, simulator } = await world(t);
  await driver.get(`${simulator.url}/log`);
  const reads = (/** @type {string} */ css, /** @type {RegExp} */ words) =>
    driver.wait(() => driver.executeScript(`return document.querySelector(arguments[0])?.textContent ?? ''`, css).then((text) => words.test(String(text))), PATIENCE, `${css} reads ${words}`);
  await reads('#live', /by themselves/);
  simulator.control.fault('delay_ms', { ms: 600_000, stage: 'page' });
  const waiting = new AbortController();
  const slow = fetch(authorizeUrl(simulator), { signal: waiting.signal }).catch(() => {});
  await reads('.log li:first-child summary', /\/i\/oauth2\/authorize.*under way/s);
  await driver.executeScript(`document.querySelector('.log details').open = false`);
  await fetch(`${simulator.url}/nothing`);
  await reads('.log li:first-child summary', /\/nothing.*404 Not Found/s);
  assert.deepEqual(await driver.executeScript(`return [...document.querySelectorAll('.log details')].map(({ open }) => open)`), [true, false]);
  assert.equal((await driver.findElements(By.css('#none:not([hidden])'))).length, 0);
  waiting.abort();
  await slow;
  simulator.control.reset();
  await reads('.log', /^\s*$/);
  await driver.get(`${simulator.url}/log?only=refused`);
  assert.equal((await driver.findElements(By.linkText('Reload'))).length, 0);
  await fetch(authorizeUrl(simulator), { redirect: 'manual' });
  await fetch(`${authorizeUrl(simulator)}&state=twice`);
  await reads('.log li:only-child .outcome', /"state" is in the query more than once/);
  await driver.findElement(By.css('.log-head button')).click();
  await reads('.log', /^\s*$/);
});
