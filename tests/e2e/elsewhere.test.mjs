/** X sends the answer to another browser or tab than the one that asked. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, FLOWS, hostAt, useBrowser } from './harness.mjs';
import { person as inFrontOf } from './harness/person.mjs';

const world = useBrowser();
/** A second browser: other storage, other channels. Not every driver runs two at a time, so it has a driver of its own. */
const elsewhere = useBrowser();

const MAY_NOT_CLOSE = /Scripts may (not )?close (only the )?windows that were/;

/**
 * The person says yes, and X hands its answer to somebody else.
 * @param {import('./harness/world.mjs').World} here
 * @param {import('./harness/person.mjs').Flow} flow
 */
async function answerHandedOver({ person, driver, simulator }, flow) {
  simulator.control.fault('second_browser');
  await person.press(flow);
  await person.decideHere('authorize');
  await driver.wait(() => simulator.control.handedOver().length === 1, 15_000, 'waiting for X to hand its answer over');
  return String(simulator.control.handedOver()[0]);
}

for (const flow of FLOWS) {
  test(`D7 A5: begun by ${flow} here, the answer opened in another browser exchanges nothing; one tap begins anew there`, async (t) => {
    const here = await world(t);
    const there = await elsewhere(t);
    await here.person.visit();
    const callback = await answerHandedOver(here, flow);

    const person = inFrontOf(there.driver, here.demo.url);
    await person.visit();
    await there.driver.get(callback);
    assert.equal(await person.callbackNotice(), 'started_elsewhere');
    assert.equal(await there.driver.getCurrentUrl(), `${here.demo.url}/auth/x/callback`);
    await there.witness.quiet();
    assert.ok(!there.witness.requests.some(({ method }) => method === 'POST'), 'the code was given to nobody');
    assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });

    await person.tryAgain();
    await person.approve('noor_example');
    assert.equal(await person.greeting(), '@noor_example');
    assert.equal(here.simulator.control.counts().tokenExchanges, 1);
    await assertNothingRemains({ ...there, demo: here.demo, simulator: here.simulator, tap: here.tap });
  });
}

test('D7 A5: begun by redirect, the answer opened in another tab exchanges nothing; one tap begins anew there', async (t) => {
  const here = await world(t);
  const { person, driver } = here;
  await person.visit();
  const callback = await answerHandedOver(here, 'redirect');
  await here.newWindow('tab');
  await person.visit();
  await driver.get(callback);
  assert.equal(await person.callbackNotice(), 'started_elsewhere');
  assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });
  await person.tryAgain();
  await person.approve('ada_example');
  assert.equal(await person.greeting(), '@ada_example');
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});

test('D7 C1: begun by popup, the answer opened in another tab reaches the page that waits', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup' }]), expected: [MAY_NOT_CLOSE] });
  const { person, driver } = here;
  await person.visitHost();
  const callback = await answerHandedOver(here, 'popup');
  // A popup has no tabs.
  await person.home();
  await here.newWindow('tab');
  const tab = await driver.getWindowHandle();
  await driver.get(`${here.demo.url}/host`);
  // The tab may close itself; so the driver must not be in it by then.
  await driver.executeScript('setTimeout((url) => location.assign(url), 300, arguments[0])', callback);
  await person.home();
  await person.hears(/^sign-in ada_example$/);
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
  // Where it may not, it says that it can be closed.
  if ((await driver.getAllWindowHandles()).includes(tab)) {
    await driver.switchTo().window(tab);
    assert.match(await driver.executeScript('return document.body.innerText'), /You can close this window/);
  }
});
