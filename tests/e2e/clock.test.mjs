/** A19: what the device thinks of the date decides nothing. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, FLOWS, useBrowser } from './harness.mjs';

const world = useBrowser();

const DAY = 86_400_000;

/** The device's date is off by so much, in every document from now on. @param {number} by */
const off = (by) => `() => { const { now } = Date; Date.now = () => now() + ${by}; }`;

for (const flow of FLOWS) {
  for (const by of [DAY, -DAY]) {
    const direction = by > 0 ? 'ahead' : 'behind';

    test(`A19: a device a day ${direction} signs in by ${flow}`, async (t) => {
      const here = await world(t);
      const { person, witness } = here;
      await witness.beforeEachPage(off(by));
      await person.visit();
      await person.press(flow);
      await person.approve('ada_example');
      assert.equal(await person.greeting(), '@ada_example');
      await assertNothingRemains(here);
    });

    test(`A19: a date that jumps a day ${direction} while the person is at X, by ${flow}`, async (t) => {
      const here = await world(t);
      const { person, driver, witness } = here;
      await person.visit();
      await person.press(flow);
      await witness.beforeEachPage(off(by));
      await person.home();
      if (flow === 'popup') await driver.executeScript(`(${off(by)})()`);
      await person.lookAtX(flow);
      await person.approve('ada_example');
      assert.equal(await person.greeting(), '@ada_example');
      await assertNothingRemains(here);
    });
  }
}
