/** The notice beside a button: inside the window, in nobody's way, and said once. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, hostAt, useBrowser } from './harness.mjs';

const world = useBrowser();
const PATIENCE = 15_000;

/** What is seen of the notice beside an element of a window: its place, and what is on it. */
const SEEN = `
const view = arguments[0] ? frames[0] : window;
const root = view.document.querySelector('sign-in-with-x')?.shadowRoot, notice = root?.querySelector('[part~=notice]');
if (!notice || !notice.checkVisibility({ visibilityProperty: true })) return null;
const { left, right } = notice.getBoundingClientRect(), { clientWidth, scrollWidth } = view.document.documentElement;
return {
  inside: left >= 0 && right <= clientWidth && scrollWidth <= clientWidth, part: notice.part.value, where: [left, right, clientWidth, scrollWidth],
  text: notice.firstChild.textContent, said: root.querySelector('[role=status]').textContent,
};`;

/** @param {import('selenium-webdriver').WebDriver} driver @param {boolean} framed @returns {Promise<any>} */
const seen = (driver, framed) => driver.wait(() => driver.executeScript(SEEN, framed), PATIENCE, 'the notice');

/** @param {string} css @param {import('selenium-webdriver').WebDriver} driver */
const focus = (driver, css) => driver.executeScript(`document.querySelector('sign-in-with-x').shadowRoot.querySelector(arguments[0]).focus()`, css);
/** @param {import('selenium-webdriver').WebDriver} driver @returns {Promise<string | null>} */
const focused = (driver) => driver.executeScript(`return document.querySelector('sign-in-with-x').shadowRoot.activeElement?.getAttribute('part') ?? null`);

const AT_THE_END = '<style>html { color-scheme: light dark } body { display: flex; justify-content: flex-end; margin: 8px }</style>';

for (const dir of ['ltr', 'rtl']) {
  test(`F6 F7: a failed sign-in is shown inside a window 320 pixels wide (${dir}), said politely, and gone at "Cancel"`, async (t) => {
    const hosts = hostAt([{ flow: 'popup' }], { head: AT_THE_END });
    const here = await world(t, {
      pages: (path, config) => (path === '/outer' ? { body: '<!doctype html><title>Outer</title><link rel="icon" href="data:,"><iframe src="/host" width="320" height="300"></iframe>' } : hosts(path, config)),
    });
    const { driver } = here;
    await here.person.arrive('/outer');
    /** @param {string} script */
    const inside = (script) => driver.executeScript(`const element = frames[0].document.querySelector('sign-in-with-x'), root = element?.shadowRoot; ${script}`);
    await driver.wait(() => inside(`return root?.querySelector('button') && true`), PATIENCE, 'the button');
    await inside(`frames[0].document.dir = '${dir}'`);
    // No person's click is behind this one: the browser blocks the popup.
    await inside(`root.querySelector('button').click()`);
    const { inside: fits, where, ...rest } = await seen(driver, true);
    assert.ok(fits, `${where}`);
    assert.deepEqual(rest, { part: 'notice error', text: 'Sign-in did not work.', said: 'Sign-in did not work.' });
    await driver.executeScript(`document.querySelector('iframe').width = 700`);
    await driver.executeScript(`document.querySelector('iframe').width = 340`);
    await driver.wait(async () => (await seen(driver, true)).inside, PATIENCE, 'it stays inside when the window changes');
    await inside(`root.querySelector('[value=cancel]').focus(); root.querySelector('[value=cancel]').click()`);
    assert.deepEqual(await inside(`return [root.querySelector('[part~=notice]').hidden, root.querySelector('[part~=notice]').part.value, root.querySelector('[role=status]').textContent, root.activeElement?.part.value, element.state]`), [true, 'notice', '', 'button', 'idle']);
  });

  test(`F5 F6 D12: the waiting notice stays inside the window (${dir}), and what has the keyboard there gives it to the button, or to who is signed in`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow: 'popup' }], { head: AT_THE_END }) });
    const { driver, person } = here;
    await person.visitHost();
    await driver.executeScript(`document.dir = '${dir}'`);
    await person.press('popup');
    const popup = await driver.getWindowHandle();
    await person.home();
    const { inside, where, part } = await seen(driver, false);
    assert.deepEqual([inside, part], [true, 'notice'], `${where}`);
    await focus(driver, '[value=cancel]');
    await person.approveIn(popup, 'ada_example');
    await person.home();
    await person.hears(/^sign-in ada_example$/);
    await driver.wait(async () => (await focused(driver)) === 'identity', PATIENCE, 'the keyboard is on the chip');
    assert.equal(await driver.executeScript(`return document.querySelector('sign-in-with-x').shadowRoot.querySelector('[role=status]').textContent`), 'Signed in: Ada Example @ada_example');
    await person.popupGone();
    await assertNothingRemains(here);
  });
}

test('F5: a popup that is closed while "Cancel" has the keyboard leaves it on the button', async (t) => {
  const { driver, person } = await world(t, { pages: hostAt([{ flow: 'popup' }]) });
  await person.visitHost();
  await person.press('popup');
  await person.home();
  await seen(driver, false);
  await focus(driver, '[value=cancel]');
  await person.closePopup();
  await person.hears(/^sign-in-cancel$/);
  assert.equal(await focused(driver), 'button');
});
