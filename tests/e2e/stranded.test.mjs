/** X does not send the person back, or not in time, or not as it should. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, FLOWS, hostAt, startForeignSite, underTest, useBrowser } from './harness.mjs';

const world = useBrowser();

/** What the browser writes when X's page is an error page. */
const X_FAILS = /\/i\/oauth2\/authorize\S* - Failed to load resource: the server responded with a status of (429|503)/;
/** And when the backend says that the exchange has failed. */
const EXCHANGE_FAILS = /\/auth\/x\/exchange - Failed to load resource: the server responded with a status of [45]/;

/** @type {Record<string, { fault: [kind: string, values?: Record<string, unknown>], decided?: boolean }>} */
const STRANDED = {
  'keeps the person after they said yes': { fault: ['never_redirect'], decided: true },
  'has lost the way': { fault: ['strand'] },
  'shows its home page': { fault: ['strand', { shows: 'home' }] },
  'is down': { fault: ['html_error', { status: 503, stage: 'page' }] },
  'is down after they said yes': { fault: ['html_error', { status: 503, stage: 'redirect' }], decided: true },
  'has seen them too often': { fault: ['rate_limit', { stage: 'page' }] },
};

for (const [title, { fault, decided = false }] of Object.entries(STRANDED)) {
  test(`D13: X ${title}: the button that waits offers to try again, and that works`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow: 'popup' }]), expected: [X_FAILS] });
    const { driver, person, simulator } = here;
    simulator.control.fault(...fault);
    await person.visitHost();
    await person.press('popup');
    if (decided) await person.decideHere('authorize');
    await person.home();
    const popup = await person.opens(() => person.pressOffer('retry'));
    await person.approveIn(popup, 'ada_example');
    await person.home();
    await person.hears(/^sign-in ada_example$/);
    assert.deepEqual((await person.heard()).filter((line) => line.startsWith('sign-in')), ['sign-in ada_example']);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await assertNothingRemains(here);
  });

  test(`D13 D9: X ${title}, by redirect: Back leads to a button that works`, async (t) => {
    // A driver that loses its way over a change of opener policies is spared one.
    const xCoop = underTest.backAcross ? undefined : /** @type {const} */ ('unsafe-none');
    const here = await world(t, { ...(xCoop && { xCoop }), pages: hostAt([{ flow: 'redirect' }]), expected: [X_FAILS] });
    const { driver, person, simulator, demo } = here;
    simulator.control.fault(...fault);
    await person.visitHost();
    await person.press('redirect');
    if (decided) {
      await person.decideHere('authorize');
      await driver.wait(() => driver.executeScript(`return document.readyState === 'complete' && !document.getElementById('authorize')`).catch(() => false), 15_000, 'waiting for X');
    }
    for (let steps = 0; steps < 3 && !(await driver.getCurrentUrl()).startsWith(demo.url); steps += 1) await driver.navigate().back();
    await person.hears(/^sign-in-cancel$/);
    await assertNothingRemains(here);
    await person.press('redirect');
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  });
}

test('D13 D12: the button that waits also offers to stop', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup' }]) });
  const { person, simulator } = here;
  simulator.control.fault('strand');
  await person.visitHost();
  await person.press('popup');
  await person.home();
  await person.pressOffer('cancel');
  await person.hears(/^sign-in-cancel$/);
  await assertNothingRemains(here);
});

const MINUTE = 60_000;
/** Runs in a page: it is so much later, by each clock. @param {number} ms */
const later = (ms) => `() => {
  const { now: date } = Date;
  const steady = performance.now.bind(performance);
  Date.now = () => date() + ${ms};
  performance.now = () => steady() + ${ms};
}`;

for (const flow of FLOWS) {
  test(`D11: whoever needs five minutes at X is signed in by ${flow}`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { driver, person, witness } = here;
    await person.visitHost();
    await person.press(flow);
    // The page that waits, and those that come.
    await person.home();
    if (flow === 'popup') await driver.executeScript(`(${later(5 * MINUTE)})()`);
    await witness.beforeEachPage(later(5 * MINUTE));
    await person.lookAtX(flow);
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await assertNothingRemains(here);
  });

  test(`D11 A5 B8: after eleven minutes a sign-in by ${flow} is over, and the next try works`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { driver, person, witness } = here;
    await person.visitHost();
    await person.press(flow);
    if (flow === 'popup') {
      await person.home();
      await driver.executeScript(`(${later(11 * MINUTE)})()`);
      await person.hears(/^sign-in-error timeout$/);
    } else {
      await witness.beforeEachPage(later(11 * MINUTE));
      await person.approve('ada_example');
      await person.hears(/^sign-in-error expired$/);
    }
    assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });
    await assertNothingRemains(here);

    const again = await (flow === 'popup' ? person.opens(() => driver.findElement({ id: 'x0' }).click()) : person.press(flow).then(() => driver.getWindowHandle()));
    await person.approveIn(again, 'noor_example');
    await person.home();
    await person.hears(/^sign-in noor_example$/);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  });
}

/** @type {[kind: string, values: Record<string, unknown>][]} */
const TOKEN_FAULTS = [
  ['html_error', { stage: 'token' }],
  ['html_error', { stage: 'token', status: 200 }],
  ['rate_limit', { stage: 'token' }],
  ['truncate', { stage: 'token' }],
  ['token_status', { status: 500, body: { error: 'server_error' } }],
];

for (const flow of FLOWS) {
  test(`D13 A17 A22: whatever the token endpoint says, by ${flow} it is exchange_failed, and the next try works`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]), expected: [EXCHANGE_FAILS] });
    const { driver, person, simulator } = here;
    await person.visitHost();
    for (const [kind, values] of TOKEN_FAULTS) {
      simulator.control.fault(kind, values);
      await driver.executeScript('window.heard.length = 0');
      await person.press(flow);
      await person.approve('ada_example');
      assert.equal(await person.hears(/^sign-in/), 'sign-in-error exchange_failed', `${kind} ${JSON.stringify(values)}`);
      await person.popupGone();
      await assertNothingRemains(here);
    }
    simulator.control.fault('delay_ms', { ms: 3000, stage: 'token' });
    await driver.executeScript('window.heard.length = 0');
    await person.press(flow);
    await person.approve('ada_example');
    assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example', 'a slow answer is one');
    const count = TOKEN_FAULTS.length + 1;
    assert.deepEqual(await here.exchanges(), { page: count, backend: count });
    await assertNothingRemains(here);
  });
}

/** What is wrong with the answer, and what the page hears of it; by redirect without a state there is no page to tell. */
const DAMAGED = /** @type {const} */ ([
  ['lacks the code', 'drop_parameters', { names: ['code'] }, 'sign-in-cancel'],
  ['lacks the state', 'drop_parameters', { names: ['state'] }, 'sign-in-error state_missing'],
  ['lacks both', 'drop_parameters', { names: ['code', 'state'] }, 'sign-in-error state_missing'],
  ['has a second code', 'extra_parameters', { parameters: { code: 'other' } }, 'sign-in-error invalid_callback'],
  ['has a second state', 'extra_parameters', { parameters: { state: 'other' } }, 'sign-in-error invalid_callback'],
  ['has a token', 'extra_parameters', { parameters: { access_token: 'token' } }, 'sign-in-error invalid_callback'],
  ['has an error beside the code', 'extra_parameters', { parameters: { error: 'access_denied' } }, 'sign-in-error invalid_callback'],
]);

for (const flow of FLOWS) {
  test(`A9 A5 A1 B8: an answer by ${flow} with parameters missing, twice, or too many is refused and its code given to nobody; the next try works`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { driver, person, simulator } = here;
    await person.visitHost();
    for (const [title, kind, values, expected] of DAMAGED) {
      simulator.control.fault(kind, values);
      await driver.executeScript('window.heard.length = 0');
      await person.press(flow);
      await person.approve('ada_example');
      if (flow === 'redirect' && expected.includes('state_missing')) {
        assert.equal(await person.callbackNotice(), 'state_missing', title);
        await person.visitHost();
      } else {
        assert.equal(await person.hears(/^sign-in/), expected, title);
      }
      await person.popupGone();
      assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 }, title);
      await assertNothingRemains(here);
    }
    simulator.control.fault('extra_parameters', { parameters: { lang: 'de', x: '1' } });
    await driver.executeScript('window.heard.length = 0');
    await person.press(flow);
    await person.approve('ada_example');
    assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example', 'what nobody knows is no harm');
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await assertNothingRemains(here);
  });
}

/** Were it run, X's answer would be heard of. */
const RUNS = "console.log('executed');new Image().src='http://127.0.0.1:1/executed'";

for (const flow of FLOWS) {
  test(`A15 A9: X sends a sign-in by ${flow} to an address of no callback: nothing is run, nothing exchanged, and the button works`, async (t) => {
    const site = await startForeignSite({ '/': '<!doctype html><title>Another site</title><link rel="icon" href="data:,"><h1>Another site</h1>' });
    t.after(site.close);
    const here = await world(t, { pages: hostAt([{ flow }]), expected: [/\/favicon\.ico - /] });
    const { driver, person, simulator, witness } = here;
    let finished = 0;
    for (const url of [`javascript:${RUNS}`, `data:text/html,<script>${RUNS}</script>`, site.url.replace('http:', '')]) {
      simulator.control.fault('redirect_to', { url, keepParameters: true });
      await person.visitHost();
      await person.looksAway();
      const press = () => driver.findElement({ id: 'x0' }).click();
      if (flow === 'popup') await driver.switchTo().window(await person.opens(press));
      else await press();
      await person.lookAtX('redirect');
      // Firefox's driver takes the page of an address that cannot be for a failure of the click.
      await person.decideHere('authorize').catch(() => {});
      await driver.wait(() => simulator.control.events('fault').length > finished, 15_000, 'waiting for X to answer');
      await witness.quiet();
      assert.deepEqual(await here.exchanges(), { page: finished, backend: finished }, url);

      let again;
      if (flow === 'popup') {
        await person.home();
        again = await person.opens(() => person.pressOffer('retry'));
      } else {
        await person.visitHost();
        await person.press(flow);
        again = await driver.getWindowHandle();
      }
      await person.approveIn(again, 'ada_example');
      await person.home();
      assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example');
      finished += 1;
    }
    assert.deepEqual(await here.exchanges(), { page: finished, backend: finished });
    assert.ok(!witness.requests.some(({ url }) => url.endsWith('/executed')));
    assert.ok(!witness.console.includes('executed'));
  });

  test(`A7: a bot that looks at the callback of a sign-in by ${flow} first spoils nothing`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { person, simulator } = here;
    simulator.control.fault('deliver_twice', { by: 'prefetch' });
    await person.visitHost();
    await person.press(flow);
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    assert.equal(simulator.control.events('prefetch')[0]?.parameters.status, 200);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await person.popupGone();
    await assertNothingRemains(here);
  });
}

/** @param {import('./harness/world.mjs').World} here @param {import('./harness/person.mjs').Flow} flow */
async function offeredTwice({ person, driver, simulator }, flow) {
  simulator.control.fault('deliver_twice', { by: 'browser' });
  await person.visitHost();
  await person.press(flow);
  const atX = await driver.getWindowHandle();
  await person.decideHere('authorize');
  await driver.wait(() => driver.executeScript(`return Boolean(document.getElementById('continue'))`).catch(() => false), 15_000, 'waiting for X');
  return { atX, pressOther: () => driver.findElement({ id: 'continue-in-new-tab' }).click() };
}

/** @param {import('./harness/world.mjs').World} here */
async function anotherThanThePopup(here) {
  const { driver, person } = here;
  const { atX, pressOther } = await offeredTwice(here, 'popup');
  // The tab brings the answer and closes itself, often before anybody can find it among the windows.
  await pressOther();
  await person.home();
  await person.hears(/^sign-in ada_example$/);
  // So what tells that it was the tab is that the popup has not moved.
  await driver.switchTo().window(atX);
  assert.ok(await driver.executeScript(`return Boolean(document.getElementById('continue'))`), 'the popup is still at X');
  await person.home();
  return { atX };
}

test('A7: two windows come back from one sign-in by redirect: the one that left is signed in, the other is told', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'redirect' }]) });
  const { driver, person } = here;
  const { atX, pressOther } = await offeredTwice(here, 'redirect');
  const tab = await person.opens(pressOther);
  await driver.switchTo().window(tab);
  assert.equal(await person.callbackNotice(), 'started_elsewhere');
  assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });
  await driver.switchTo().window(atX);
  await driver.findElement({ id: 'continue' }).click();
  await person.hears(/^sign-in ada_example$/);
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});

test('A7: another window than the popup comes back first: the page that waits is signed in', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup' }]) });
  await anotherThanThePopup(here);
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});

// The popup began with a copy of its opener's record, and nobody can take that away from it.
test('A7: and the popup, coming back too, exchanges nothing, and closes', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup' }]) });
  const { driver, person } = here;
  const { atX } = await anotherThanThePopup(here);
  await driver.switchTo().window(atX);
  await driver.findElement({ id: 'continue' }).click();
  await person.home();
  await person.popupGone();
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});
