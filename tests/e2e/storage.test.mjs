/** Storage and channels that are switched off, full, or missing. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, FLOWS, hostAt, useBrowser } from './harness.mjs';

const world = useBrowser();

/** Each runs before a page's own scripts; `restore` lets the test look at what is there. @type {Record<string, string>} */
const SESSION_STORAGE = {
  'throws when it is touched': `() => {
    const real = Object.getOwnPropertyDescriptor(window, 'sessionStorage');
    Object.defineProperty(window, 'sessionStorage', { configurable: true, get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } });
    window.restore = () => Object.defineProperty(window, 'sessionStorage', real);
  }`,
  'throws when it is written': `() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (...words) {
      if (this === sessionStorage) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      setItem.apply(this, words);
    };
  }`,
  'forgets what it takes': `() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (...words) { if (this !== sessionStorage) setItem.apply(this, words); };
  }`,
  'is full': `() => {
    if (location.pathname !== '/host') return;
    for (let length = 1 << 23, name = 0; length >= 1; length >>= 1) {
      try { for (;;) sessionStorage.setItem('filled' + (name += 1), 'x'.repeat(length)); } catch {}
    }
    window.restore = () => sessionStorage.clear();
  }`,
};

for (const [title, stub] of Object.entries(SESSION_STORAGE)) {
  test(`D10 B8: sessionStorage ${title}: a redirect says so before anybody leaves, a popup signs in from memory`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow: 'redirect' }, { flow: 'popup' }]) });
    const { driver, person, witness, simulator } = here;
    await witness.beforeEachPage(stub);
    await person.visitHost();
    await driver.findElement({ id: 'x0' }).click();
    await person.hears(/^sign-in-error storage_unavailable$/);
    assert.equal(await driver.executeScript(`return document.getElementById('x0').state`), 'idle');
    assert.equal(await driver.getCurrentUrl(), `${here.demo.url}/host`);
    assert.equal(simulator.control.counts().authorizeRequests, 0);

    await person.press('popup');
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    await person.popupGone();
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await driver.executeScript('window.restore?.()');
    await assertNothingRemains(here);
  });
}

const NO_LOCAL_STORAGE = `() => {
  const real = Object.getOwnPropertyDescriptor(window, 'localStorage');
  Object.defineProperty(window, 'localStorage', { configurable: true, get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } });
  window.restore = () => Object.defineProperty(window, 'localStorage', real);
}`;
const NO_CHANNELS = '() => { delete window.BroadcastChannel; }';

for (const flow of FLOWS) {
  test(`D10 C1: without localStorage ${flow} signs in`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { driver, person, witness } = here;
    await witness.beforeEachPage(NO_LOCAL_STORAGE);
    await person.visitHost();
    await person.press(flow);
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    await person.popupGone();
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await driver.executeScript('window.restore()');
    await assertNothingRemains(here);
  });
}

for (const xCoop of /** @type {const} */ (['unsafe-none', 'same-origin-allow-popups', 'same-origin', 'noopener-allow-popups'])) {
  test(`C1 C5 B8: without BroadcastChannel a popup signs in, when X sends ${xCoop}`, async (t) => {
    const here = await world(t, { xCoop, pages: hostAt([{ flow: 'popup' }]) });
    const { person, witness } = here;
    await witness.beforeEachPage(NO_CHANNELS);
    await person.visitHost();
    await person.press('popup');
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    await person.popupGone();
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await assertNothingRemains(here);
  });
}

test('C1 C5: without BroadcastChannel and localStorage a popup signs in by the tie that X has left', async (t) => {
  const here = await world(t, { xCoop: 'unsafe-none', pages: hostAt([{ flow: 'popup' }]) });
  const { driver, person, witness } = here;
  await witness.beforeEachPage(NO_CHANNELS);
  await witness.beforeEachPage(NO_LOCAL_STORAGE);
  await person.visitHost();
  await person.press('popup');
  await person.approve('ada_example');
  await person.hears(/^sign-in ada_example$/);
  await person.popupGone();
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await driver.executeScript('window.restore()');
  await assertNothingRemains(here);
});

test('C1 D9: without any way to tell the page that waits, the popup itself goes on to the site', async (t) => {
  const here = await world(t, { xCoop: 'same-origin', pages: hostAt([{ flow: 'popup' }]) });
  const { driver, person, witness } = here;
  await witness.beforeEachPage(NO_CHANNELS);
  await witness.beforeEachPage(NO_LOCAL_STORAGE);
  await person.visitHost();
  await person.looksAway();
  const popup = await person.opens(() => driver.findElement({ id: 'x0' }).click());
  await person.approveIn(popup, 'ada_example');
  await person.hears(/^sign-in ada_example$/);
  assert.equal(await driver.getCurrentUrl(), `${here.demo.url}/host`);
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await driver.executeScript('window.restore()');
  await assertNothingRemains(here);
});
