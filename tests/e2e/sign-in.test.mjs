/** A person signs in, by each way and with each account. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, assertTalkedOnlyTo, FLOWS, secretsOf, useBrowser } from './harness.mjs';

const world = useBrowser();

for (const flow of FLOWS) {
  for (const username of ['ada_example', 'noor_example']) {
    test(`A7 A12 B2 B5 B8 C5 G1: ${flow} signs @${username} in`, async (t) => {
      const here = await world(t);
      const { person } = here;
      await person.visit();
      await person.press(flow);
      await person.approve(username);

      assert.equal(await person.greeting(), `@${username}`);
      await person.reads('#steps-summary', new RegExp(`^Signed in by ${flow}`));
      await person.popupGone();
      assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
      assert.deepEqual(new Set(Object.values(await person.steps())), new Set(['done']));
      // The checks below are worth something only if there were secrets to look for.
      const { state, code, verifier, token } = secretsOf(here);
      assert.deepEqual([state.length, code.length, verifier.length, token.length], [1, 1, 1, 1]);
      assert.ok(here.witness.bodies.some(({ url, body }) => url === `${here.demo.url}/auth/x/session` && body.includes(username)));
      await assertNothingRemains(here);
      assertTalkedOnlyTo(here);
    });
  }
}

for (const flow of FLOWS) {
  test(`A13 G6: with a confidential App, by ${flow}, the backend alone knows the secret`, async (t) => {
    const here = await world(t);
    const { person, witness, simulator } = here;
    await person.visit('/?app=confidential');
    await person.press(flow);
    await person.approve('ada_example');
    assert.equal(await person.greeting(), '@ada_example');
    await person.popupGone();
    const secret = simulator.apps.find(({ type }) => type === 'web')?.clientSecret ?? assert.fail('no secret');
    await witness.quiet();
    for (const { url, body } of witness.bodies) assert.ok(!body.includes(secret), url);
    assert.equal(simulator.control.counts().tokenExchanges, 1);
    await assertNothingRemains(here);
  });
}

test('F5: the button answers to Enter', async (t) => {
  const { person } = await world(t);
  await person.visit();
  await person.pressEnter('popup');
  await person.approve('ada_example');
  assert.equal(await person.greeting(), '@ada_example');
});

test('D1: two quick clicks open one popup and begin one sign-in', async (t) => {
  const { person, driver, simulator } = await world(t);
  await person.visit();
  await driver.actions().doubleClick(person.button('popup')).perform();
  await person.lookAtX('popup');
  assert.equal(await person.windows(), 2);
  assert.equal(simulator.control.counts().authorizeRequests, 1);
  await person.approve('ada_example');
  assert.equal(await person.greeting(), '@ada_example');
});

test('F7: the button says what it is doing', async (t) => {
  const { person } = await world(t);
  await person.visit();
  await person.listen();
  await person.press('popup');
  await person.approve('ada_example');
  await person.greeting();
  const heard = await person.heard();
  assert.deepEqual(heard.filter((name) => name !== 'loading'), ['waiting', 'finishing', 'signed_in', 'sign-in']);
});
