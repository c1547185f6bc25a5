/** C1: whatever ties between the windows are cut, the answer arrives and the popup closes itself. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, useBrowser } from './harness.mjs';

const world = useBrowser();

for (const appCoop of [null, 'same-origin-allow-popups', 'same-origin']) {
  for (const xCoop of /** @type {const} */ (['unsafe-none', 'same-origin-allow-popups', 'same-origin', 'noopener-allow-popups'])) {
    test(`C1 C5: the app sends ${appCoop ?? 'no'} opener policy, X sends ${xCoop}`, async (t) => {
      const here = await world(t, { appCoop, xCoop });
      const { person } = here;
      await person.visit();
      await person.press('popup');
      await person.approve('ada_example');
      assert.equal(await person.greeting(), '@ada_example');
      await person.popupGone();
      assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
      await assertNothingRemains(here);
    });
  }
}
