/** C2: what other windows say is not believed, however often they say it. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, hostPage, startForeignSite, useBrowser } from './harness.mjs';

const world = useBrowser();

/** How many are sent by each window. */
const MANY = 1000;

/** A hostile page: sends forged answers, from junk to the right words, to whichever window it is told. */
const HOSTILE = `<!doctype html><title>Hostile</title><link rel="icon" href="data:,"><script>
const STATE = 'A'.repeat(43);
const junk = [null, 0, NaN, true, [], {}, { code: 'c', state: STATE }, new Date(), new Error('x'), new ArrayBuffer(8), new Map([['v', '1']])];
const words = ['', 'sign-in-with-x', 'sign-in-with-x/1', 'sign-in-with-x/1 ok', 'sign-in-with-x/1?', 'sign-in-with-x/1?v=1', 'x'.repeat(100000),
  'sign-in-with-x/1?v=1&status=200&id=1&username=mallory&name=Mallory&scope=tweet.read',
  'sign-in-with-x/1?v=1&code=cancelled', 'sign-in-with-x/1?v=1&code=provider_error&error=%00%ff', 'sign-in-with-x/1?v=1&restart=1',
  'sign-in-with-x/1?v=1&response=' + encodeURIComponent('?code=forged&state=' + STATE), 'sign-in-with-x/1?v=1&response=%3Fcode%3Dc%26code%3Dd'];
window.forge = (target) => {
  for (let sent = 0; sent < ${MANY}; sent += 1) target.postMessage([...junk, ...words][sent % (junk.length + words.length)], '*');
  return 'sent';
};
// Any page of the origin may post to any channel. It would have to know a name.
window.forgeOnChannel = () => {
  for (const name of ['sign-in-with-x', 'sign-in-with-x:', 'sign-in-with-x:outcome', 'sign-in-with-x:' + STATE])
    for (const word of words) new BroadcastChannel(name).postMessage(word);
};
</script>`;

/**
 * The page waits for its popup, hears nothing of all that, and still hears the right answer.
 * @param {import('./harness/world.mjs').World} here
 * @param {string} home
 */
async function stillSignsIn(here, home) {
  const { driver, person } = here;
  await driver.switchTo().window(home);
  const before = await person.heard();
  assert.deepEqual(before.filter((line) => line.startsWith('sign-in')), [], 'nothing was believed');
  assert.deepEqual(before.at(-1), 'waiting');
  const handles = await driver.getAllWindowHandles();
  for (const handle of handles.reverse()) {
    await driver.switchTo().window(handle);
    if ((await driver.getCurrentUrl()).startsWith(here.simulator.url)) break;
  }
  await person.decideHere('authorize', 'ada_example');
  await driver.switchTo().window(home);
  assert.equal(await person.hears(/^sign-in /), 'sign-in ada_example');
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
}

/** @param {import('./harness/world.mjs').World} here @param {number} count */
const windows = ({ driver }, count) => driver.wait(async () => (await driver.getAllWindowHandles()).length === count, 15_000, `waiting for ${count} windows`);

/** @param {import('./harness/world.mjs').World} here */
const drawn = ({ driver }) => driver.wait(() => driver.executeScript(`return Boolean(document.querySelector('#x0')?.shadowRoot)`).catch(() => false), 15_000, 'waiting for the button');

/** @param {string} body */
const hostWith = (body) => /** @type {import('./harness/world.mjs').Conditions['pages']} */ ((path, config) => {
  if (path === '/host') return { body: hostPage(config, [{ flow: 'popup' }], { body }) };
  return path === '/sibling' ? { body: HOSTILE } : undefined;
});

test('C2: a thousand forged messages of a hostile frame', async (t) => {
  const site = await startForeignSite({ '/frame': HOSTILE });
  t.after(site.close);
  const here = await world(t, { pages: hostWith(`<iframe src="${site.url}/frame"></iframe>`) });
  const { driver, demo } = here;
  await driver.get(`${demo.url}/host`);
  const home = await driver.getWindowHandle();
  await drawn(here);
  await driver.findElement({ id: 'x0' }).click();
  await windows(here, 2);
  await driver.switchTo().window(home);
  await driver.switchTo().frame(0);
  assert.equal(await driver.executeScript('return window.forge(parent)'), 'sent');
  await driver.switchTo().defaultContent();
  await stillSignsIn(here, home);
  await assertNothingRemains(here);
});

test('C2: a thousand forged messages of a hostile opener', async (t) => {
  const site = await startForeignSite({ '/opener': `${HOSTILE}<button onclick="window.victim = window.open(location.hash.slice(1))">Open</button>` });
  t.after(site.close);
  const here = await world(t, { pages: hostWith('') });
  const { driver, demo } = here;
  await driver.get(`${site.url}/opener#${demo.url}/host`);
  const opener = await driver.getWindowHandle();
  await driver.findElement({ css: 'button' }).click();
  await windows(here, 2);
  const home = String((await driver.getAllWindowHandles()).find((handle) => handle !== opener));
  await driver.switchTo().window(home);
  await drawn(here);
  await driver.findElement({ id: 'x0' }).click();
  await windows(here, 3);
  await driver.switchTo().window(opener);
  assert.equal(await driver.executeScript('return window.forge(window.victim)'), 'sent');
  await stillSignsIn(here, home);
});

test('C2 C3: a thousand forged messages of another window of the page’s own origin', async (t) => {
  // Opened by the same page, and by no sign-in: it may send, and is not the popup.
  const here = await world(t, { pages: hostWith(`<p style="margin-top:200px"><button id="sibling" onclick="window.open('/sibling')">Sibling</button></p>`) });
  const { driver, demo } = here;
  await driver.get(`${demo.url}/host`);
  const home = await driver.getWindowHandle();
  await drawn(here);
  await driver.findElement({ id: 'sibling' }).click();
  await windows(here, 2);
  const sibling = String((await driver.getAllWindowHandles()).find((handle) => handle !== home));
  await driver.switchTo().window(home);
  await driver.findElement({ id: 'x0' }).click();
  await windows(here, 3);
  await driver.switchTo().window(sibling);
  assert.equal(await driver.executeScript('return window.forge(opener)'), 'sent');
  await driver.executeScript('window.forgeOnChannel()');
  await driver.close();
  await stillSignsIn(here, home);
});
