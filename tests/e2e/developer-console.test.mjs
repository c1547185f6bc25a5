/** The simulator's developer console in a browser: used with mouse and keyboard, looked over by axe-core, in narrow windows. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { By } from 'selenium-webdriver';
import { test } from './harness/scenario.mjs';
import { REFUSED_BY_X, useBrowser } from './harness.mjs';
import { examine } from './looks/axe.mjs';
import { assertMedia } from './looks/page.mjs';

const world = useBrowser();

/** What the browser writes when a form comes back with what is wrong. */
const REFUSED_FORM = /\/developer\/\S* - Failed to load resource: the server responded with a status of 400/;

/** @typedef {Awaited<ReturnType<typeof world>>} World */

/** @param {World} here */
function hands({ driver, simulator }) {
  const at = (/** @type {string} */ css) => driver.findElement(By.css(css));
  return {
    at,
    open: (/** @type {string} */ path) => driver.get(`${simulator.url}/developer${path}`),
    /** @param {string} css @param {string} text */
    async type(css, text) {
      await at(css).clear();
      await at(css).sendKeys(text);
    },
    /** Presses, and waits for the page that follows. @param {string} css */
    async press(css) {
      const before = await driver.findElement(By.css('html'));
      await at(css).click();
      await driver.wait(async () => before.isEnabled().then(() => false, () => true), 15_000, `a page after ${css}`);
    },
    text: () => driver.findElement(By.css('main')).getText(),
  };
}

/** Every kind of page, as `[path, what is done there]`. @param {World} here @param {(what: string) => Promise<void>} look */
async function everyPage(here, look) {
  const { open, type, press } = hands(here);
  const [app, web] = here.simulator.apps;
  await open('');
  await look('list');
  await open('/apps/new');
  await press('button.primary');
  await look('a new App, filled in wrongly');
  await open(`/apps/${app?.id}`);
  await look('settings');
  await open(`/apps/${app?.id}/authentication`);
  await type('#callback-1', '/relative');
  await type('#termsOfService', 'nowhere');
  await press('.buttons .primary');
  await look('authentication, filled in wrongly');
  await open(`/apps/${web?.id}/keys`);
  await here.driver.findElement(By.css('details:has([value=client]) summary')).click();
  await press('[value=client]');
  await look('keys, with a fresh one');
  await open(`/projects/${app?.projectId}`);
  await here.driver.findElement(By.css('summary')).click();
  await look('a Project, about to be deleted');
}

/** @type {Record<string, import('./harness/engines.mjs').Media>} */
const SCHEMES = { light: {}, dark: { 'prefers-color-scheme': 'dark' } };

for (const [scheme, media] of Object.entries(SCHEMES)) {
  test(`F5 F6 K: axe-core finds no violation in the simulator’s developer console, ${scheme}`, async (t) => {
    const here = await world(t, { media, expected: [REFUSED_FORM] });
    here.simulator.control.changeApp(here.simulator.apps[0]?.clientId ?? '', { suspended: true });
    await hands(here).open('');
    await assertMedia(here.driver, media);
    await everyPage(here, async (what) => assert.deepEqual((await examine(here.driver)).violations, [], what));
  });
}

/** Runs in a page that has no policy of its own: what of a narrow frame hangs over, and which control is how small. */
const NARROW = `const [path, width, done] = arguments;
const frame = Object.assign(document.createElement('iframe'), { width, height: 800 });
frame.onload = () => {
  const inside = frame.contentDocument;
  const found = [];
  if (!inside.querySelector('main')) found.push('there is no page');
  const { scrollWidth, clientWidth } = inside.scrollingElement;
  if (scrollWidth > clientWidth) found.push(scrollWidth + ' of ' + clientWidth);
  for (const control of inside.querySelectorAll('main button, main summary, main input:not([type=hidden]), main select, main textarea, main .button, main nav a')) {
    const { width, height } = control.getBoundingClientRect();
    if (control.closest('.unseen') || control.closest('details:not([open]) > form')) continue;
    // A choice is as large as its words, which are its label.
    const choice = control.closest('.choice')?.getBoundingClientRect();
    if (Math.min(choice?.width ?? width, choice?.height ?? height) < 24) found.push(control.outerHTML + ' ' + width + ' × ' + height);
  }
  frame.remove();
  done(found);
};
frame.src = path;
document.documentElement.append(frame);`;

test('F6 K: the simulator’s developer console fits 320 and 390 pixels, and its controls can be hit', async (t) => {
  // The outer document is a style sheet: it has no policy, and names no icon.
  const { driver, simulator } = await world(t, { expected: [/\/favicon\.ico/] });
  const [app] = simulator.apps;
  simulator.control.changeApp(app?.clientId ?? '', { name: `A name with ${'a-long-word-in-it'.repeat(2)}`, suspended: true, redirectUris: [`https://a.example/${'long'.repeat(30)}`] });
  await driver.get(`${simulator.url}/_assets/page.css`);
  for (const path of ['', '/apps/new', '/projects/new', `/apps/${app?.id}`, `/apps/${app?.id}/authentication`, `/apps/${app?.id}/keys`, `/projects/${app?.projectId}`]) {
    for (const width of [320, 390]) assert.deepEqual(await driver.executeAsyncScript(NARROW, `/developer${path}`, width), [], `${path} at ${width}`);
  }
});

test('K: a person creates an App in the console, sets it up, gives it a picture, and takes its callback away again', async (t) => {
  const here = await world(t, { expected: [REFUSED_FORM, REFUSED_BY_X] });
  const { driver, simulator } = here;
  const { at, open, type, press, text } = hands(here);
  await driver.get(simulator.url);
  await driver.findElement(By.linkText('Developer console')).click();
  await press('a[href="/developer/apps/new"]');
  await type('#name', 'Made by hand');
  await press('button.primary');
  assert.match(await text(), /Describe the App, in 10 to 200 characters/);
  assert.equal(await at('#name').getAttribute('value'), 'Made by hand');
  assert.equal(await driver.executeScript('return document.activeElement.id'), 'description');
  await type('#description', 'An App that a person made.');
  await press('button.primary');
  assert.match(await text(), /Save this now\. It is shown here this once/);
  const made = simulator.apps.at(-1);

  await open(`/apps/${made?.id}/authentication`);
  const callback = 'https://made.example/callback';
  await type('#callback-1', callback);
  await type('#website', 'https://made.example');
  // Enter in a field saves, and does not press "Add another".
  const before = await at('html');
  await at('#website').sendKeys('\uE007');
  await driver.wait(async () => before.isEnabled().then(() => false, () => true), 15_000, 'a page after Enter');
  assert.match(await text(), /Saved\. It holds from now on/);

  const picture = join(tmpdir(), `picture-of-${made?.id}.png`);
  writeFileSync(picture, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
  t.after(() => rmSync(picture));
  await open(`/apps/${made?.id}`);
  await at('#icon').sendKeys(picture);
  await press('[value=upload]');

  const asked = { response_type: 'code', client_id: made?.clientId ?? '', redirect_uri: callback, scope: 'users.read tweet.read', state: 'state', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' };
  const authorize = `${simulator.url}/i/oauth2/authorize?${new URLSearchParams(asked)}`;
  await driver.get(authorize);
  assert.match(await text(), /Made by hand wants to access your X account/);
  assert.ok(await driver.executeScript("return document.querySelector('.app-icon').naturalWidth === 1"), 'with its picture');

  await open(`/apps/${made?.id}/authentication`);
  await type('#callback-1', 'https://made.example/elsewhere');
  await press('.buttons .primary');
  await driver.get(authorize);
  assert.match(await text(), /Something went wrong/);
});
