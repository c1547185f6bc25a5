/** A person changes their mind, or meets a wall. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, FLOWS, REFUSED_BY_X, underTest, useBrowser } from './harness.mjs';

const world = useBrowser();

for (const flow of FLOWS) {
  test(`A22 B6 B8: Cancel at X, by ${flow}, is no error, and the next try works`, async (t) => {
    const here = await world(t);
    const { person } = here;
    await person.visit();
    await person.listen();
    await person.press(flow);
    await person.cancel();

    assert.equal(await person.notice(), 'cancelled');
    await person.popupGone();
    // By redirect the page that listened is gone.
    if (flow === 'popup') assert.deepEqual((await person.heard()).slice(-2).sort(), ['idle', 'sign-in-cancel']);
    assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });
    await assertNothingRemains(here);

    await person.press(flow);
    await person.approve('ada_example');
    assert.equal(await person.greeting(), '@ada_example');
  });
}

for (const xCoop of /** @type {const} */ (['unsafe-none', 'same-origin'])) {
  test(`C4: closing the popup cancels, when X sends Cross-Origin-Opener-Policy: ${xCoop}`, async (t) => {
    const here = await world(t, { xCoop });
    await here.person.visit();
    await here.person.press('popup');
    await here.person.closePopup();
    assert.equal(await here.person.notice(), 'cancelled');
    await assertNothingRemains(here);
  });
}

test('A22: X refuses an App that it does not know; closing the popup ends the wait', async (t) => {
  const here = await world(t, { clientId: 'unknown', expected: [REFUSED_BY_X] });
  const { person, driver } = here;
  await person.visit();
  await person.press('popup');
  assert.match(await driver.getPageSource(), /Something went wrong/);
  await person.closePopup();
  assert.equal(await person.notice(), 'cancelled');
  await assertNothingRemains(here);
});

test('A22: X refuses an App that it does not know; Back leads to a button that works', async (t) => {
  const xCoop = underTest.backAcross ? undefined : /** @type {const} */ ('unsafe-none');
  const here = await world(t, { clientId: 'unknown', expected: [REFUSED_BY_X], xCoop });
  const { person, driver } = here;
  await person.visit();
  await person.press('redirect');
  assert.match(await driver.getPageSource(), /Something went wrong/);
  await driver.navigate().back();
  await person.ready();
  await person.press('redirect');
  assert.match(await driver.getPageSource(), /Something went wrong/);
  assert.equal(here.simulator.control.counts().authorizeRequests, 2);
});

test('A22: a popup that the browser blocks is said to be blocked', async (t) => {
  const here = await world(t);
  await here.person.visit();
  // No person's click is behind this one.
  await here.driver.executeScript(`document.querySelector('sign-in-with-x[flow="popup"]').shadowRoot.querySelector('button').click()`);
  assert.equal(await here.person.notice(), 'popup_blocked');
  assert.equal(await here.person.windows(), 1);
  await assertNothingRemains(here);
});
