/** The README's own code, taken out of it and run as it stands (readme/site.mjs). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { By } from 'selenium-webdriver';
import { startDriver } from './harness/driver.mjs';
import { engine } from './harness/engines.mjs';
import { openWatched } from './harness/witness.mjs';
import { startSite } from './readme/site.mjs';

const PATIENCE = 15_000;

/** @type {(() => unknown)[]} */
const ends = [];
/** @type {Awaited<ReturnType<typeof startDriver>>} */
let browser;
/** @type {string} */
let site;

before(async () => {
  site = await startSite(ends);
  browser = await startDriver(engine);
  ends.push(browser.close);
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

/**
 * @param {import('node:test').TestContext} t
 * @param {string} path
 * @param {import('./harness/engines.mjs').Circumstances & { expected?: RegExp }} [conditions] `expected` is what the README's code itself writes to the console
 */
async function open(t, path, { expected, ...circumstances } = {}) {
  const { driver, witness, close } = await openWatched(browser, circumstances);
  t.after(async () => {
    const complaints = await witness.complaints().finally(close);
    const surprises = complaints.filter((line) => !expected?.test(line));
    assert.deepEqual(surprises, [], 'nothing complained in the console');
    if (expected) assert.ok(complaints.some((line) => expected.test(line)), `${expected} is in the console`);
  });
  await driver.get(site + path);
  const home = await driver.getWindowHandle();
  const says = (/** @type {string} */ text) =>
    driver.wait(async () => (await driver.executeScript('return document.querySelector("#status")?.textContent').catch(() => '')) === text, PATIENCE, text);

  return {
    driver,
    says,
    /** The README's button, once there is something to press. */
    async button() {
      const element = await driver.findElement(By.css('sign-in-with-x'));
      await driver.wait(() => element.isDisplayed(), PATIENCE, 'the button is drawn');
      return element;
    },
    /** @param {string} username @param {'authorize' | 'cancel'} decision */
    async decide(username, decision = 'authorize') {
      await driver.wait(async () => (await driver.findElements(By.id(decision))).length > 0, PATIENCE, 'X’s page');
      const account = await driver.findElement(By.css(`input[value="${username}"]`));
      // A window that has just opened may still be finding its size, and a click then misses.
      await driver.wait(() => account.click().then(() => account.isSelected()), PATIENCE, `choosing ${username}`);
      await driver.findElement(By.id(decision)).click().catch(() => {});
      await driver.switchTo().window(home);
    },
    async intoPopup() {
      await driver.wait(async () => (await driver.getAllWindowHandles()).length === 2, PATIENCE, 'the popup');
      await driver.switchTo().window((await driver.getAllWindowHandles()).find((handle) => handle !== home) ?? '');
    },
    async popupGone() {
      await driver.wait(async () => (await driver.getAllWindowHandles()).length === 1, PATIENCE, 'the popup closes itself');
    },
  };
}

test('README: page.html, callback.html and server.mjs sign a person in by popup', async (t) => {
  const { driver, says, button, decide, intoPopup, popupGone } = await open(t, '/');
  await (await button()).click();
  await intoPopup();
  await decide('noor_example', 'cancel');
  await says('Not this time.');
  await popupGone();

  await (await button()).click();
  await intoPopup();
  await decide('ada_example');
  await says('Signed in as @ada_example');
  await popupGone();
  await driver.navigate().refresh();
  await says('Signed in as @ada_example');
  const out = `return document.querySelector('sign-in-with-x').shadowRoot?.querySelector('[part=sign-out]')`;
  await driver.wait(() => driver.executeScript(`${out} !== null`), PATIENCE, 'who it is is shown');
  await driver.executeScript(`(() => { ${out} })().click()`);
  await says('Signed out.');
  await driver.navigate().refresh();
  await (await button()).isDisplayed();
  await says('');
});

test('B9 README: callback.html has its look where it says what went wrong', async (t) => {
  const { driver } = await open(t, `/auth/x/callback?code=c&state=${'s'.repeat(43)}`);
  await driver.wait(async () => (await driver.findElements(By.css('[data-code]'))).length === 1, PATIENCE, 'it says what went wrong');
  const { card, links } = await driver.executeScript(`return {
    card: getComputedStyle(document.querySelector('main')).borderTopStyle,
    links: [...document.querySelectorAll('a')].map((link) => link.getBoundingClientRect().height) }`);
  assert.equal(card, 'solid', 'the policy lets the sheet in');
  assert.equal(links.length, 2);
  // WCAG 2.2, 2.5.8: 24 pixels at least.
  for (const height of links) assert.ok(height >= 24, `a link is ${height} pixels high`);
});

test('README: page.html hears of a sign-in by redirect when it comes back', async (t) => {
  const { driver, says, button, decide } = await open(t, '/');
  await driver.executeScript(`document.querySelector('sign-in-with-x').flow = 'redirect'`);
  await (await button()).click();
  await decide('noor_example');
  await says('Signed in as @noor_example');
  assert.equal(await driver.getCurrentUrl(), `${site}/`);
});

test('README: main.js, bundled, signs in by popup, remembers, and signs out', async (t) => {
  const { driver, says, decide, intoPopup, popupGone } = await open(t, '/main.html');
  await says('Nobody is signed in.');
  await driver.findElement(By.id('sign-in')).click();
  await intoPopup();
  await decide('ada_example');
  await says('Signed in as @ada_example');
  await popupGone();

  await driver.navigate().refresh();
  await says('Signed in as @ada_example');
  await driver.findElement(By.id('sign-out')).click();
  await says('Nobody is signed in.');
  await driver.navigate().refresh();
  await says('Nobody is signed in.');
});

test('README: main.js on a touch-first device signs in by redirect', async (t) => {
  const { driver, says, decide } = await open(t, '/main.html', { touch: true });
  await says('Nobody is signed in.');
  assert.equal(await driver.executeScript(`return matchMedia('(pointer: coarse)').matches`), true);
  await driver.findElement(By.id('sign-in')).click();
  await decide('noor_example');
  await says('Signed in as @noor_example');
  assert.equal((await driver.getAllWindowHandles()).length, 1);
});

test('README: page.html says what went wrong', async (t) => {
  const { driver, says, button } = await open(t, '/', { expected: /redirectUri \(redirect-uri\) must be a full address/ });
  await driver.executeScript(`document.querySelector('sign-in-with-x').redirectUri = '/auth/x/callback'`);
  await (await button()).click();
  await says('An option is missing or wrong. redirectUri (redirect-uri) must be a full address.');
});

test('A3 README: main.js says what went wrong', async (t) => {
  const { driver, says } = await open(t, '/main.html', { expected: /entropy_unavailable.*Use another browser/ });
  await says('Nobody is signed in.');
  await driver.executeScript(`crypto.getRandomValues = () => { throw new Error('off'); }; document.querySelector('#sign-in').click()`);
  await says('The browser has no secure randomness.');
});
