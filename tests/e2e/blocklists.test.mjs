/** F4: nothing that is drawn has a name that content blockers hide (tests/fixtures/blocklists). */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { suspicious } from '../fixtures/blocklists/names.mjs';
import { hostAt, useBrowser } from './harness.mjs';

const world = useBrowser();

/** Every tag, id, class, part, attribute's name and address of a file, in shadow roots too. */
const NAMES = `
  const names = new Set();
  const collect = (root) => {
    for (const element of root.querySelectorAll('*')) {
      names.add(element.localName);
      for (const { name } of element.attributes) names.add(name);
      for (const name of [element.id, ...element.classList, ...element.part ?? []]) if (name) names.add(name);
      if (element.shadowRoot) collect(element.shadowRoot);
    }
  };
  collect(document);
  return [...names];`;

/** Of the package, not of the page: the demo's own words are the demo's. @param {import('./harness/world.mjs').World} here */
const addresses = ({ witness, demo }) =>
  witness.requests.map(({ url }) => new URL(url)).filter(({ origin }) => origin === demo.url).flatMap(({ pathname }) => pathname.split('/')).filter(Boolean);

test('F4: no tag, id, class, part, attribute or address is one that a content blocker knows, from the first click to the last', async (t) => {
  const kinds = ['black', 'white', 'outline', 'auto'].flatMap((theme) => ['button', 'icon', 'link'].map((type) => ({ theme, type, flow: 'popup' })));
  const here = await world(t, { pages: hostAt(kinds) });
  const { driver, person, witness } = here;
  await person.visitHost();
  /** @type {Set<string>} */
  const names = new Set(await driver.executeScript(NAMES));
  await person.looksAway();
  await driver.findElement({ id: 'x0' }).click();
  await person.lookAtX('popup');
  await person.home();
  for (const name of /** @type {string[]} */ (await driver.executeScript(NAMES))) names.add(name);
  await driver.switchTo().window(await person.popup());
  await person.approve('ada_example');
  await person.hears(/^sign-in ada_example$/);
  await driver.wait(() => driver.executeScript(`return Boolean(document.querySelector('sign-in-with-x').shadowRoot.querySelector('[part=identity]'))`), 15_000, 'who it is is shown');
  for (const name of /** @type {string[]} */ (await driver.executeScript(NAMES))) names.add(name);
  await person.popupGone();
  // The callback page, standing still: with nothing to end it says so.
  await driver.get(`${here.demo.url}/auth/x/callback?error=access_denied&state=none`);
  await person.callbackNotice();
  for (const name of /** @type {string[]} */ (await driver.executeScript(NAMES))) names.add(name);
  await witness.quiet();
  for (const name of ['sign-in-with-x', 'svg', 'part', 'notice', 'busy', 'sign-in-with-x-status', 'identity', 'avatar', 'sign-out']) assert.ok(names.has(name), `${name} was seen`);
  assert.deepEqual(suspicious([...names, ...addresses(here)]), []);
});
