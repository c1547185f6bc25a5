/** Many at once: tabs, buttons, clicks. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { setTimeout as wait } from 'node:timers/promises';
import { assertNothingRemains, FLOWS, hostAt, useBrowser } from './harness.mjs';

const world = useBrowser();

/** Longer than between the two clicks of a double click. */
const SECOND_THOUGHT = 1100;

for (const flow of FLOWS) {
  test(`D5 B8: five pages sign in by ${flow} at once and are finished in reverse order; each gets its own answer`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { driver, person } = here;
    const pages = [];
    for (const username of ['ada_example', 'noor_example', 'ada_example', 'noor_example', 'ada_example']) {
      // No tab: WebKitGTK's driver leaves those in the background, where no click counts.
      if (pages.length > 0) await here.newWindow('window');
      await person.visitHost();
      const own = await driver.getWindowHandle();
      await person.looksAway();
      const press = () => driver.findElement({ id: 'x0' }).click();
      const atX = flow === 'popup' ? await person.opens(press) : await press().then(() => own);
      pages.push({ own, atX, username });
      // Its driver also takes a window that is still on its way for the next new one.
      await driver.switchTo().window(atX);
      await person.lookAtX('redirect');
    }
    for (const { own, atX, username } of pages.toReversed()) {
      await person.approveIn(atX, username);
      await driver.switchTo().window(own);
      assert.equal(await person.hears(/^sign-in /), `sign-in ${username}`);
    }
    // None was told anything more than that.
    for (const { own, username } of pages) {
      await driver.switchTo().window(own);
      assert.deepEqual((await person.heard()).filter((line) => line.startsWith('sign-in')), [`sign-in ${username}`]);
    }
    await driver.wait(async () => (await person.windows()) === 5, 15_000, 'waiting for the popups to close');
    assert.deepEqual(await here.exchanges(), { page: 5, backend: 5 });
    await assertNothingRemains(here);
  });
}

/** Who heard what, in `window.told`. */
const TELL = `<script>
window.told = [];
document.addEventListener('sign-in', ({ target, detail }) =>
  window.told.push([target.id, detail.user.username, detail.scopes.join(' '), detail.returnTo].join(' | ')));
</script>`;

const BUTTONS = [
  { flow: 'popup', scope: 'tweet.read users.read', 'return-to': '/host?first' },
  { flow: 'popup', scope: 'tweet.read users.read offline.access', 'return-to': '/host?second' },
  { flow: 'redirect', scope: 'tweet.read users.read like.read', 'return-to': '/host?third#part' },
];

test('D4: buttons of different configurations on one page keep to themselves', async (t) => {
  const here = await world(t, { pages: hostAt(BUTTONS, { head: TELL }) });
  const { driver, person, witness, simulator } = here;
  await person.visitHost();
  const home = await driver.getWindowHandle();
  await person.looksAway();
  const first = await person.opens(() => driver.findElement({ id: 'x0' }).click());
  await driver.switchTo().window(home);
  const second = await person.opens(() => driver.findElement({ id: 'x1' }).click());

  await person.approveIn(second, 'noor_example');
  await person.home();
  await person.hears(/^sign-in noor_example$/);
  assert.deepEqual(await driver.executeScript(`return [...document.querySelectorAll('sign-in-with-x')].map(({ state }) => state)`), ['waiting', 'signed_in', 'idle']);
  await person.approveIn(first, 'ada_example');
  await person.home();
  await person.hears(/^sign-in ada_example$/);
  const told = await driver.executeScript('return window.told.map((line) => line.split(" | "))');
  assert.deepEqual(told.map(([id, who, scopes, to]) => [id, who, scopes.split(' ').sort().join(' '), to]), [
    ['x1', 'noor_example', 'offline.access tweet.read users.read', '/host?second'],
    ['x0', 'ada_example', 'tweet.read users.read', '/host?first'],
  ]);

  await person.popupGone();
  await driver.findElement({ id: 'x2' }).click();
  await person.lookAtX('redirect');
  await person.approve('ada_example');
  await person.hears(/^sign-in ada_example$/);
  assert.equal(await driver.getCurrentUrl(), `${here.demo.url}/host?third#part`);
  const [line, ...more] = await driver.executeScript('return window.told');
  const [, who, scopes, to] = line.split(' | ');
  assert.deepEqual([who, scopes.split(' ').sort().join(' '), to], ['ada_example', 'like.read tweet.read users.read', '/host?third#part']);
  assert.deepEqual(more, [], 'one button hears of it');

  const scopesAsked = witness.requests.map(({ url }) => new URL(url)).filter(({ pathname, searchParams }) => pathname === '/i/oauth2/authorize' && searchParams.has('scope'));
  assert.deepEqual(scopesAsked.map(({ searchParams }) => searchParams.get('scope')), BUTTONS.map(({ scope }) => scope));
  assert.equal(simulator.control.counts().authorizeRequests, 3);
  assert.deepEqual(await here.exchanges(), { page: 3, backend: 3 });
  await assertNothingRemains(here);
});

for (const flow of ['popup', 'auto', 'redirect']) {
  test(`D4: a double click by ${flow} begins one sign-in`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { driver, person, simulator } = here;
    await person.visitHost();
    await person.looksAway();
    // Both clicks are the page's: Firefox's driver fails where the page is gone between the two.
    simulator.control.fault('delay_ms', { ms: 1000, stage: 'page' });
    await driver.actions().doubleClick(driver.findElement({ id: 'x0' })).perform();
    await person.lookAtX(flow === 'redirect' ? 'redirect' : 'popup');
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    await person.popupGone();
    assert.deepEqual((await person.heard()).filter((line) => line.startsWith('sign-in')), ['sign-in ada_example']);
    assert.equal(simulator.control.counts().authorizeRequests, 1);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await assertNothingRemains(here);
  });
}

for (const finishIn of ['the first', 'the second']) {
  test(`D4 C4: a later click tries again without a word about the first try; both windows are open, and finishing in ${finishIn} one signs in`, async (t) => {
    // X cuts the tie, so that the first window cannot be closed from here.
    const here = await world(t, { pages: hostAt([{ flow: 'popup' }]), xCoop: 'same-origin' });
    const { driver, person, simulator } = here;
    await person.visitHost();
    await person.looksAway();
    const press = () => driver.findElement({ id: 'x0' }).click();
    const windows = [await person.opens(press)];
    // Before X is there the windows are tied.
    await driver.switchTo().window(String(windows[0]));
    await person.lookAtX('redirect');
    await person.home();
    await wait(SECOND_THOUGHT);
    windows.push(await person.opens(press));
    const [chosen, other] = /** @type {[string, string]} */ (finishIn === 'the first' ? windows : windows.toReversed());
    await person.approveIn(chosen, 'noor_example');
    await person.home();
    await person.hears(/^sign-in noor_example$/);
    assert.deepEqual((await person.heard()).filter((line) => line.startsWith('sign-in')), ['sign-in noor_example']);
    assert.equal(await driver.executeScript(`return document.querySelector('sign-in-with-x').state`), 'signed_in');
    assert.equal(simulator.control.counts().authorizeRequests, 2);

    // Whoever goes on in the other one all the same signs in there.
    await person.approveIn(other, 'ada_example');
    await person.home();
    await person.hears(/^sign-in ada_example$/);
    await person.popupGone();
    assert.deepEqual(await here.exchanges(), { page: 2, backend: 2 });
    await assertNothingRemains(here);
  });
}

test('D4: a later click closes the window of the first try where X lets it', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup' }]), xCoop: 'unsafe-none' });
  const { driver, person } = here;
  await person.visitHost();
  await person.looksAway();
  const press = () => driver.findElement({ id: 'x0' }).click();
  const first = await person.opens(press);
  await wait(SECOND_THOUGHT);
  const second = await person.opens(press);
  await driver.wait(async () => !(await driver.getAllWindowHandles()).includes(first), 15_000, 'waiting for the first window to close');
  await person.approveIn(second, 'ada_example');
  await person.home();
  await person.hears(/^sign-in ada_example$/);
  assert.deepEqual((await person.heard()).filter((line) => line.startsWith('sign-in')), ['sign-in ada_example']);
  await person.popupGone();
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});
