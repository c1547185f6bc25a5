/** Many at once: tabs, buttons, clicks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { assertNothingRemains, FLOWS, hostAt, useBrowser } from './harness.mjs';

const world = useBrowser();

/** Longer than between the two clicks of a double click. */
const SECOND_THOUGHT = 1100;

const t0=Date.now(); const L=(m)=>console.log(Date.now()-t0, m);
for (const flow of ['popup']) {
  test(`D5 B8: five pages sign in by ${flow} at once and are finished in reverse order; each gets its own answer`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { driver, person } = here;
    const pages = [];
    for (const username of ['ada_example', 'noor_example', 'ada_example', 'noor_example', 'ada_example']) {
      // No tab: WebKitGTK's driver leaves those in the background, where no click counts.
      if (pages.length > 0) await driver.switchTo().newWindow('window');
      await person.visitHost();
      const own = await driver.getWindowHandle();
      L('visited'); await person.looksAway();
      const press = () => driver.findElement({ id: 'x0' }).click();
      const atX = flow === 'popup' ? await person.opens(press) : await press().then(() => own);
      L('opened'); pages.push({ own, atX, username });
      // Its driver also takes a window that is still on its way for the next new one.
      await driver.switchTo().window(atX);
      await person.lookAtX('redirect'); L('at x');
    }
    for (const { own, atX, username } of pages.toReversed()) {
      await person.approveIn(atX, username);
      L('approved'); await driver.switchTo().window(own); L('own');
      assert.equal(await person.hears(/^sign-in /), `sign-in ${username}`); L('heard');
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

