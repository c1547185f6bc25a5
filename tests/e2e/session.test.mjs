/** What a sign-in is good for afterwards. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, FLOWS, useBrowser } from './harness.mjs';

const world = useBrowser();

for (const flow of FLOWS) {
  test(`G1: a sign-in by ${flow} outlives a reload, until the person signs out`, async (t) => {
    const here = await world(t);
    const { person } = here;
    await person.visit();
    await person.press(flow);
    await person.approve('noor_example');
    await person.greeting();

    await person.visit();
    assert.equal(await person.greeting(), '@noor_example');

    await person.signOut();
    await assertNothingRemains(here);
    await person.visit();
    assert.equal(await person.button(flow).isDisplayed(), true);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  });
}

test('G2: no script can read the session cookie', async (t) => {
  const { person, driver, cookies } = await world(t);
  await person.visit();
  await person.press('popup');
  await person.approve('ada_example');
  await person.greeting();
  const kept = await cookies();
  assert.deepEqual(kept.map(({ name, httpOnly, sameSite, path }) => ({ name, httpOnly, sameSite, path })), [
    { name: 'sign-in-with-x', httpOnly: true, sameSite: 'Strict', path: '/' },
  ]);
  assert.equal(await driver.executeScript('return document.cookie'), '');
});
