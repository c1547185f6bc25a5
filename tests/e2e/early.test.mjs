/** The click itself opens the window, and counts however early it comes. */
import assert from 'node:assert/strict';
import { COMPILES_LATER, tellPage } from './harness/compiling.mjs';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, hostAt, hostPage, useBrowser } from './harness.mjs';

const world = useBrowser();

/** Notes what each `window.open` was asked for, and whether that was still in the click. */
const WATCH_OPEN = `() => {
  let inClick = false;
  // A task of its own; nothing of the click's comes after it.
  addEventListener('click', () => { inClick = true; setTimeout(() => { inClick = false; }); }, true);
  const { open } = window;
  window.opened = [];
  window.open = (...words) => {
    window.opened.push({ url: words[0], inClick, active: navigator.userActivation?.isActive ?? true });
    return open.apply(window, words);
  };
}`;

for (const flow of ['popup', 'auto']) {
  test(`D1: by ${flow} the window opens in the click’s own task, on its final address`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { driver, person, witness, simulator } = here;
    await witness.beforeEachPage(WATCH_OPEN);
    await person.visitHost();
    await person.looksAway();
    const popup = await person.opens(() => driver.findElement({ id: 'x0' }).click());
    const opened = await driver.executeScript('return window.opened');
    assert.equal(opened.length, 1);
    const [{ url, ...how }] = opened;
    assert.deepEqual(how, { inClick: true, active: true });
    assert.ok(url.startsWith(`${simulator.url}/i/oauth2/authorize?`), url);
    await person.approveIn(popup, 'ada_example');
    await person.home();
    await person.hears(/^sign-in ada_example$/);
    // No blank page and no detour: X was asked for this address, once.
    const asked = witness.requests.filter(({ method, url: to }) => method === 'GET' && to.startsWith(`${simulator.url}/i/oauth2/`));
    assert.deepEqual(asked.map(({ url: to }) => to), [url]);
    await assertNothingRemains(here);
  });
}

/**
 * As a site writes it that wants something to be seen at once.
 * @param {string} flow
 */
const pagesWithChild = (flow) => /** @type {import('./harness/world.mjs').Conditions['pages']} */ ((path, config) => {
  if (path !== '/host') return undefined;
  const { clientId, redirectUri } = config;
  const body = `<sign-in-with-x id="x0" flow="${flow}" client-id="${clientId}" redirect-uri="${redirectUri}"><button id="child">Sign in</button></sign-in-with-x>`;
  return { body: hostPage(config, [], { body }) };
});

/** @param {import('./harness/world.mjs').World} here */
async function visitEarly({ driver, demo, person, witness }) {
  await witness.beforeEachPage(COMPILES_LATER);
  await person.arrive('/host');
  await driver.wait(() => driver.executeScript(`return Boolean(customElements.get('sign-in-with-x'))`), 15_000, 'waiting for the element');
  assert.equal(await driver.executeScript(`return document.querySelector('sign-in-with-x').shadowRoot`), null, 'there is no button yet');
  assert.equal(await driver.getCurrentUrl(), `${demo.url}/host`);
}

for (const flow of ['popup', 'auto']) {
  test(`D2: by ${flow} a click before the engine is there opens a window at once, which goes to X later`, async (t) => {
    const here = await world(t, { pages: pagesWithChild(flow) });
    const { driver, person, witness, simulator } = here;
    await witness.beforeEachPage(WATCH_OPEN);
    await visitEarly(here);
    await person.looksAway();
    const popup = await person.opens(() => driver.findElement({ id: 'child' }).click());
    assert.deepEqual(await driver.executeScript('return window.opened'), [{ url: '', inClick: true, active: true }]);
    // So late that no click could open anything any more.
    await driver.wait(() => driver.executeScript('return !navigator.userActivation?.isActive'), 15_000, 'waiting for the click to be forgotten');
    assert.equal(simulator.control.counts().authorizeRequests, 0);
    assert.equal(await person.windows(), 2);

    await tellPage(driver, 'compile');
    await person.approveIn(popup, 'ada_example');
    await person.home();
    await person.hears(/^sign-in ada_example$/);
    await person.popupGone();
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    assert.equal(simulator.control.counts().authorizeRequests, 1);
    await assertNothingRemains(here);
  });
}

test('D2: by redirect a click before the engine is there goes to X as soon as it is', async (t) => {
  const here = await world(t, { pages: pagesWithChild('redirect') });
  const { driver, person } = here;
  await visitEarly(here);
  await driver.findElement({ id: 'child' }).click();
  await person.hears(/^loading$/);
  await tellPage(driver, 'compile');
  await person.lookAtX('redirect');
  await person.approve('ada_example');
  await person.hears(/^sign-in ada_example$/);
  assert.equal(await person.windows(), 1);
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});

test('D2: two quick clicks before the engine is there open one window', async (t) => {
  const here = await world(t, { pages: pagesWithChild('popup') });
  const { driver, person, simulator } = here;
  await visitEarly(here);
  await person.looksAway();
  const popup = await person.opens(() => driver.actions().doubleClick(driver.findElement({ id: 'child' })).perform());
  await tellPage(driver, 'compile');
  await person.approveIn(popup, 'ada_example');
  await person.home();
  await person.hears(/^sign-in ada_example$/);
  assert.equal(simulator.control.counts().authorizeRequests, 1);
  await person.popupGone();
  await assertNothingRemains(here);
});

for (const flow of ['popup', 'auto']) {
  test(`D2 D12: whoever closes the window by ${flow} before the engine is there has cancelled, and is sent nowhere`, async (t) => {
    const here = await world(t, { pages: pagesWithChild(flow) });
    const { driver, person, simulator } = here;
    await visitEarly(here);
    const popup = await person.opens(() => driver.findElement({ id: 'child' }).click());
    await driver.switchTo().window(popup);
    await driver.close();
    await person.home();
    await tellPage(driver, 'compile');
    await person.hears(/^sign-in-cancel$/);
    assert.equal(await driver.getCurrentUrl(), `${here.demo.url}/host`);
    assert.equal(simulator.control.counts().authorizeRequests, 0);
    assert.deepEqual((await person.heard()).filter((line) => line.startsWith('sign-in')), ['sign-in-cancel']);
    await assertNothingRemains(here);
  });
}

for (const [title, fallback] of /** @type {const} */ ([
  ['is missing', { status: 404, body: 'no such file' }],
  ['is not one', { body: '<!doctype html><title>A page</title>' }],
])) {
  test(`D2 E7: an engine that cannot be made, and whose translation ${title}: the window closes again, the error says so, and the next click works`, async (t) => {
    const pages = pagesWithChild('popup');
    const here = await world(t, {
      pages: (path, config) => (path === '/pkg/chunk-translated.js' ? fallback : pages?.(path, config)),
      expected: [/chunk-translated\.js/],
    });
    const { driver, person, simulator } = here;
    await visitEarly(here);
    await person.opens(() => driver.findElement({ id: 'child' }).click());
    await tellPage(driver, 'refuse');
    await person.hears(/^sign-in-error wasm_unavailable$/);
    await person.popupGone();
    const errors = (await person.heard()).filter((line) => line.startsWith('sign-in'));
    assert.deepEqual(new Set(errors), new Set(['sign-in-error wasm_unavailable']));
    assert.equal(await driver.executeScript(`return document.querySelector('sign-in-with-x').state`), 'idle');
    assert.equal(simulator.control.counts().authorizeRequests, 0);
    await assertNothingRemains(here);

    await person.looksAway();
    const popup = await person.opens(() => driver.findElement({ id: 'child' }).click());
    await person.approveIn(popup, 'ada_example');
    await person.home();
    await person.hears(/^sign-in ada_example$/);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  });
}
