/** What comes back from X is not what was sent for: the sign-in ends with the error that says so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNothingRemains, FLOWS, REFUSED_EXCHANGE, useBrowser } from './harness.mjs';

const world = useBrowser();

for (const flow of FLOWS) {
  test(`A5 A22 B8: a callback by ${flow} with another state is refused, and its code given to nobody`, async (t) => {
    const here = await world(t);
    const { person, simulator } = here;
    simulator.control.fault('alter_state');
    await person.visit();
    await person.press(flow);
    await person.approve('ada_example');

    // By redirect there is no page to go back to: where to land is part of what the right state would have named.
    assert.equal(await (flow === 'popup' ? person.notice() : person.callbackNotice()), 'state_mismatch');
    assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });
    if (flow === 'redirect') await person.backToSite();
    await assertNothingRemains(here);

    await person.press(flow);
    await person.approve('ada_example');
    assert.equal(await person.greeting(), '@ada_example');
  });

  test(`A7 A22 B8: a code that has run out, by ${flow}, ends in exchange_failed`, async (t) => {
    const here = await world(t, { expected: [REFUSED_EXCHANGE] });
    const { person, simulator } = here;
    simulator.control.fault('expire_code');
    await person.visit();
    await person.press(flow);
    await person.approve('ada_example');

    assert.equal(await person.notice(), 'exchange_failed');
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await person.popupGone();
    await assertNothingRemains(here);
  });
}
