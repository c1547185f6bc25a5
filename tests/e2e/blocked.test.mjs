/** The browser lets no popup open, in each of the ways in which browsers and their extensions do that. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, hostAt, useBrowser } from './harness.mjs';

const world = useBrowser();

/** What `window.open` does; nothing in the first: no click is behind the call, and the browser sees that by itself. */
const BLOCKERS = {
  'that sees no click': '',
  'whose open answers undefined': 'window.open = () => undefined;',
  'whose open throws': `window.open = () => { throw new Error('blocked'); };`,
  'that closes the window at once': 'window.open = (...words) => { const made = window.reallyOpen(...words); made.close(); return made; };',
};

for (const [title, stub] of Object.entries(BLOCKERS)) {
  test(`D3 A22 B8: a browser ${title}: a popup is popup_blocked, and the next try works; auto goes by redirect`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow: 'popup' }, { flow: 'auto' }]) });
    const { driver, person, simulator } = here;
    const press = async (/** @type {string} */ id) => {
      if (stub === '') await driver.executeScript(`document.getElementById('${id}').shadowRoot.querySelector('button').click()`);
      else await driver.findElement({ id }).click();
    };
    await person.visitHost();
    await driver.executeScript(`window.reallyOpen = window.open; ${stub}`);

    await press('x0');
    await person.hears(/^sign-in-error popup_blocked$/);
    await driver.wait(async () => (await person.windows()) === 1, 15_000, 'waiting for no window');
    // It never seemed to wait for anything.
    assert.deepEqual(await person.heard(), ['sign-in-error popup_blocked']);
    await assertNothingRemains(here);

    await driver.executeScript('window.open = window.reallyOpen');
    await person.press('popup');
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    await person.popupGone();

    await driver.executeScript(stub);
    const before = simulator.control.counts().authorizeRequests ?? 0;
    await press('x1');
    await person.lookAtX('redirect');
    // A window that is closed again may have asked X first.
    if (!stub.includes('close')) assert.equal(simulator.control.counts().authorizeRequests, before + 1);
    await person.approve('noor_example');
    await person.hears(/^sign-in noor_example$/);
    assert.equal(await person.windows(), 1);
    assert.deepEqual(await here.exchanges(), { page: 2, backend: 2 });
    await assertNothingRemains(here);
  });
}
