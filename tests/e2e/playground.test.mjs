/** The playground: what is chosen is what is shown, and what the code says. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { useBrowser } from './harness.mjs';

const world = useBrowser();

/** @param {import('node:test').TestContext} t */
async function playground(t) {
  const here = await world(t);
  const { driver, person } = here;
  await person.visitHost('/playground');
  /** @param {string} script @param {...unknown} values @returns {Promise<any>} */
  const inPage = (script, ...values) => driver.executeScript(script, ...values);
  const choose = (/** @type {string} */ name, /** @type {string} */ word) => inPage(`document.querySelector('input[name="' + arguments[0] + '"][value="' + arguments[1] + '"]').click()`, name, word);
  const code = () => inPage(`return document.getElementById('code').textContent`);
  return { ...here, inPage, choose, code };
}

test('F8 F13: what is chosen is on all three grounds and in the code, and the code makes the same button', async (t) => {
  const { inPage, choose, code } = await playground(t);
  for (const [name, word] of [['theme', 'outline'], ['size', 'small'], ['shape', 'square'], ['text', 'continue_with']]) await choose(String(name), String(word));
  await inPage(`const menu = document.querySelector('select'); menu.value = 'ja'; menu.dispatchEvent(new Event('change'))`);
  const shown = await inPage(`return [...document.querySelectorAll('.preview')].map((it) => ['theme', 'size', 'shape', 'text', 'locale', 'type'].map((name) => it.getAttribute(name)))`);
  assert.deepEqual(shown, Array(3).fill(['outline', 'small', 'square', 'continue_with', 'ja', null]));
  const [, ...written] = /<sign-in-with-x\n {2}client-id="YOUR_CLIENT_ID"\n {2}redirect-uri="[^"]+"\n((?: {2}[\w-]+="[^"]+"\n)+)>/.exec(await code()) ?? [];
  assert.deepEqual(written[0]?.trim().split(/\n {2}/).sort(), ['locale="ja"', 'shape="square"', 'size="small"', 'text="continue_with"', 'theme="outline"']);
});

test('F5: the code has a tab for each way, and the arrow keys go through them', async (t) => {
  const { inPage, driver, code } = await playground(t);
  await inPage(`document.getElementById('tab-html').focus()`);
  const seen = [];
  for (let step = 0; step < 4; step++) {
    seen.push(await inPage(`return document.querySelector('[aria-selected="true"]').textContent`));
    await driver.switchTo().activeElement().sendKeys('\uE014');
  }
  assert.deepEqual(seen, ['HTML', 'Module', 'React', 'Vue']);
  assert.match(await code(), /^<script type="module"/, 'and round again');
});

test('F8: the scopes that are ticked are the ones that are asked for and listed', async (t) => {
  const { inPage, code } = await playground(t);
  await inPage(`document.querySelector('#scopes input[value="offline.access"]').click()`);
  assert.match(await code(), /scope="tweet\.read users\.read offline\.access"/);
  assert.match(await inPage(`return document.getElementById('permissions').shadowRoot.textContent`), /Stay connected/);
});

test('F13: every language is there, in its own words', async (t) => {
  const { driver, inPage } = await playground(t);
  const words = `return [...document.querySelectorAll('#languages sign-in-with-x')].map((it) => it.shadowRoot?.querySelector('[part=label]')?.textContent)`;
  await driver.wait(async () => (await inPage(words)).every(Boolean), 15_000, 'every button has words');
  const said = await inPage(words);
  assert.ok(said.length >= 46);
  assert.ok(said.filter((/** @type {string} */ text) => text === 'Sign in with X').length === 1, 'English is there once');
});

test('F13: what the playground’s language has no words for is said to be in English', async (t) => {
  const { inPage, choose } = await playground(t);
  const note = () => inPage(`return document.getElementById('missing').textContent`);
  const speak = (/** @type {string} */ tag) => inPage(`const menu = document.querySelector('select'); menu.value = arguments[0]; menu.dispatchEvent(new Event('change'))`, tag);
  const words = () => inPage(`return document.querySelector('.preview').shadowRoot.querySelector('[part=label]').textContent`);
  await choose('text', 'connect_to');
  assert.equal(await note(), '');
  await speak('ko');
  assert.deepEqual([await note(), await words()], ['Not in Korean yet: English is used.', 'Connect to X']);
  await choose('text', 'signin_with');
  assert.deepEqual([await note(), await words()], ['', 'X로 로그인']);
});

test('F13: the playground says how wide the button is', async (t) => {
  const { inPage } = await playground(t);
  const said = () => inPage(`return document.querySelector('output').textContent`);
  const slide = (/** @type {number} */ to) => inPage(`const slider = document.querySelector('input[type=range]'); slider.value = arguments[0]; slider.dispatchEvent(new Event('input'))`, to);
  const fill = () => inPage(`[...document.querySelectorAll('label')].find(({ textContent }) => textContent === 'As wide as its place').click()`);
  const width = () => inPage(`return document.querySelector('.preview').getAttribute('width')`);
  assert.deepEqual([await said(), await width()], ['as its words', null]);
  await slide(240);
  assert.deepEqual([await said(), await width()], ['240 pixels', '240']);
  await fill();
  assert.deepEqual([await said(), await width()], ['as its place', 'fluid']);
  await fill();
  assert.deepEqual([await said(), await width()], ['240 pixels', '240']);
});

test('F8: the playground’s buttons sign in, and who it is shows on all three grounds until they sign out', async (t) => {
  const { driver, person, inPage, choose } = await playground(t);
  await choose('flow', 'popup');
  await person.looksAway();
  await driver.findElement({ css: '.preview' }).click();
  await person.lookAtX('popup');
  await person.approve('ada_example');
  await driver.wait(() => inPage(`return /ada_example/.test(document.getElementById('outcome').textContent)`), 15_000, 'it says who signed in');
  await person.popupGone();
  const handles = () => inPage(`return [...document.querySelectorAll('.preview')].map((it) => it.shadowRoot.querySelector('[part=handle]')?.textContent ?? null)`);
  await driver.wait(async () => (await handles()).every(Boolean), 15_000, 'who it is is on every ground');
  assert.deepEqual(await handles(), Array(3).fill('@ada_example'));
  await inPage(`document.querySelector('.preview').shadowRoot.querySelector('[part=sign-out]').click()`);
  await driver.wait(async () => (await handles()).every((/** @type {unknown} */ handle) => handle === null), 15_000, 'and on none, signed out');
});
