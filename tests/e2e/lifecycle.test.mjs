/** Pages come and go while somebody is at X: reload, another page, closed windows, Back. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { setTimeout as wait } from 'node:timers/promises';
import { Key } from 'selenium-webdriver';
import { assertNothingRemains, hostAt, hostPage, underTest, useBrowser } from './harness.mjs';

const world = useBrowser();

/** Two pages of the site, the same button on both. @type {import('./harness/world.mjs').Conditions['pages']} */
const TWO_PAGES = (path, config) => (path === '/host' || path === '/other' ? { body: hostPage(config, [{ flow: 'popup' }]) } : undefined);

/** X leaves the windows tied, or cuts the tie. */
const TIES = /** @type {const} */ (['unsafe-none', 'same-origin']);

/** A popup at X, whose page has been closed. @param {import('./harness/world.mjs').World} here */
async function leftAloneAtX({ driver, person }) {
  await person.visitHost();
  const popup = await person.opens(() => driver.findElement({ id: 'x0' }).click());
  // Nobody closes it sooner. (Where the load was still on its way, WebKitWebDriver was seen to wait for its end for ever.)
  await driver.switchTo().window(popup);
  await person.lookAtX('redirect');
  await person.home();
  // A browser must keep one window; the driver too.
  await driver.close();
  await driver.switchTo().window(popup);
}

for (const xCoop of TIES) {
  for (const [title, leave] of /** @type {const} */ ([
    ['was reloaded', (/** @type {import('selenium-webdriver').WebDriver} */ driver) => driver.navigate().refresh()],
    // By the keyboard: by now the notice beside the button may lie on the link.
    ['went to another page of the site', (/** @type {import('selenium-webdriver').WebDriver} */ driver) => driver.findElement({ id: 'away' }).sendKeys(Key.ENTER)],
  ])) {
    test(`D9 C1: the page that opened the popup ${title}; it hears the answer all the same (X sends ${xCoop})`, async (t) => {
      const here = await world(t, {
        xCoop,
        pages: (path, config) => (path === '/host' || path === '/other' ? { body: hostPage(config, [{ flow: 'popup' }], { body: '<p><a id="away" href="/other">Away</a></p>' }) } : undefined),
      });
      const { driver, person } = here;
      await person.visitHost();
      await person.looksAway();
      const popup = await person.opens(() => driver.findElement({ id: 'x0' }).click());
      await driver.executeScript('window.before = true');
      await leave(driver);
      await driver.wait(() => driver.executeScript('return !window.before').catch(() => false), 15_000, 'waiting for the next page');
      await person.drawn();

      await person.approveIn(popup, 'ada_example');
      await person.home();
      await person.hears(/^sign-in ada_example$/);
      await person.popupGone();
      assert.deepEqual((await person.heard()).filter((line) => line.startsWith('sign-in')), ['sign-in ada_example']);
      assert.equal(await driver.executeScript(`return document.querySelector('sign-in-with-x').state`), 'signed_in');
      assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
      await assertNothingRemains(here);
    });
  }

  for (const [decision, hears] of /** @type {const} */ ([['authorize', /^sign-in ada_example$/], ['cancel', /^sign-in-cancel$/]])) {
    test(`D9 C1: the page that opened the popup was closed; after ${decision} the popup itself goes on to the site (X sends ${xCoop})`, async (t) => {
      const here = await world(t, { xCoop, pages: TWO_PAGES });
      const { driver, person } = here;
      await leftAloneAtX(here);
      await person.decideHere(/** @type {'authorize' | 'cancel'} */ (decision));
      await person.hears(hears);
      assert.equal(await driver.getCurrentUrl(), `${here.demo.url}/host`);
      const exchanges = decision === 'authorize' ? 1 : 0;
      assert.deepEqual(await here.exchanges(), { page: exchanges, backend: exchanges });
      await assertNothingRemains(here);
    });
  }
}

/** Takes from every window that it opens what browsers copy to it, as WebKit's two processes do now and then. */
const NO_COPY = `<script>{ const { open } = window; window.open = (...all) => { const popup = open(...all); popup.sessionStorage.clear(); return popup; }; }</script>`;

test('D9 C1: the page that opened the popup was closed, and the browser gave the popup no copy of the attempt: it goes on to the site', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup' }], { head: NO_COPY }) });
  const { person } = here;
  await leftAloneAtX(here);
  await person.decideHere('authorize');
  await person.hears(/^sign-in ada_example$/);
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});

/** Back lets the page live on, or makes it anew. */
const RESTORED = `<script>addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted; })</script>`;
const KEEPERS = {
  'as pages are': { head: RESTORED },
  'with an unload listener': { head: `${RESTORED}<script>addEventListener('unload', () => {})</script>` },
  'with Cache-Control: no-store': { head: RESTORED, headers: { 'Cache-Control': 'no-store' } },
};

for (const [title, more] of Object.entries(KEEPERS)) {
  test(`D9 D12 C8: Back from X by redirect, ${title}: the button is idle, it was a cancel, and the next try works`, async (t) => {
    // A driver that loses its way over a change of opener policies is spared one.
    const xCoop = underTest.backAcross ? undefined : /** @type {const} */ ('unsafe-none');
    // Of a page that lived on, Firefox forgets the icon, and looks for another.
    const here = await world(t, { ...(xCoop && { xCoop }), pages: hostAt([{ flow: 'redirect' }], more), expected: [/\/favicon\.ico - /] });
    const { driver, person } = here;
    await person.visitHost();
    // By a script: after a click of its driver's, Firefox keeps no page at all.
    await driver.executeScript(`document.querySelector('sign-in-with-x').shadowRoot.querySelector('button').click()`);
    await person.lookAtX('redirect');
    await driver.navigate().back();
    await person.hears(/^sign-in-cancel$/);
    // Otherwise these were not the two cases; of the third, engines think differently.
    const persisted = await driver.executeScript('return window.persisted');
    t.diagnostic(`persisted: ${persisted}`);
    if (title === 'as pages are') assert.equal(persisted, true, 'the page lived on');
    if (title === 'with an unload listener' && underTest.title !== 'WebKitGTK') assert.equal(persisted, false, 'the page is a new one');
    assert.equal(await driver.executeScript(`return document.querySelector('sign-in-with-x').state`), 'idle');
    assert.deepEqual((await person.heard()).filter((line) => line.startsWith('sign-in')), ['sign-in-cancel']);
    await assertNothingRemains(here);

    await person.press('redirect');
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await assertNothingRemains(here);
  });
}

test('D9: Back in the popup, between pages of X, disturbs nothing', async (t) => {
  const here = await world(t, { pages: TWO_PAGES });
  const { driver, person, simulator } = here;
  await person.visitHost();
  await person.looksAway();
  const popup = await person.opens(() => driver.findElement({ id: 'x0' }).click());
  await driver.switchTo().window(popup);
  await person.lookAtX('redirect');
  await driver.get(`${simulator.url}/`);
  await driver.navigate().back();
  await person.approveIn(popup, 'ada_example');
  await person.home();
  await person.hears(/^sign-in ada_example$/);
  await person.popupGone();
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});

/** Whether the keyboard is at the button inside the element. */
const AT_BUTTON = `
  const element = document.querySelector('sign-in-with-x');
  return document.activeElement === element && element.shadowRoot.activeElement?.getAttribute('part') === 'button';`;

/** @typedef {import('./harness/world.mjs').World} World */

/** @type {Record<string, (here: World, popup: string) => Promise<unknown>>} */
const WAYS_OUT = {
  'Cancel at X': ({ driver, person }, popup) => driver.switchTo().window(popup).then(() => person.decideHere('cancel')),
  'the closed window': ({ person }) => person.closePopup(),
  'the button’s own Cancel': ({ person }) => person.looksBack().then(() => person.pressOffer('cancel')),
};

for (const [title, goOut] of Object.entries(WAYS_OUT)) {
  for (const xCoop of TIES) {
    test(`D12 B6 B8: ${title} is a cancel, and the keyboard is at the button afterwards (X sends ${xCoop})`, async (t) => {
      const here = await world(t, { xCoop, pages: TWO_PAGES });
      const { driver, person } = here;
      await person.visitHost();
      await person.looksAway();
      const popup = await person.opens(() => driver.findElement({ id: 'x0' }).click());
      await driver.switchTo().window(popup);
      await person.lookAtX('redirect');
      await person.home();
      await goOut(here, popup);
      await person.home();
      await person.hears(/^sign-in-cancel$/);
      assert.deepEqual((await person.heard()).filter((line) => line !== 'loading'), ['waiting', 'idle', 'sign-in-cancel']);
      assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });
      // After the next picture: what is no longer shown loses the keyboard only then.
      await driver.executeAsyncScript('requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))');
      assert.equal(await driver.executeScript(AT_BUTTON), true, 'the keyboard is at the button');
      await assertNothingRemains(here);
    });
  }
}

/** A host with a button of its own. The page's module loads as any host's does. */
const OWN_BUTTON = (/** @type {{ clientId: string, redirectUri: string, authorize: string }} */ { clientId, redirectUri, authorize }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,"><script type="module">
import { createSignIn, init } from '/pkg/index.js';
await init();
window.heard = [];
window.client = createSignIn({ clientId: '${clientId}', redirectUri: '${redirectUri}', endpoints: { authorize: '${authorize}' }, onLateSignIn: ({ user }) => heard.push('late ' + user.username) });
own.onclick = () => client.signIn().then(({ user }) => heard.push('sign-in ' + user.username), ({ code }) => heard.push(code));
own.disabled = false;
</script></head><body><button id="own" disabled>Sign in</button></body></html>`;

test('D12 C4: client.cancel() is the same cancel; whoever goes on in the window that stays open is heard late', async (t) => {
  const here = await world(t, { xCoop: 'same-origin', pages: (path, config) => (path === '/host' ? { body: OWN_BUTTON(config) } : undefined) });
  const { driver, person } = here;
  await person.arrive('/host');
  await driver.wait(() => driver.executeScript(`return document.getElementById('own')?.disabled === false`), 15_000, 'waiting for the page');
  await person.looksAway();
  const popup = await person.opens(() => driver.findElement({ id: 'own' }).click());
  // Not before X has cut the tie.
  await driver.switchTo().window(popup);
  await person.lookAtX('redirect');
  await person.home();
  await driver.executeScript('client.cancel()');
  await person.hears(/^cancelled$/);
  assert.equal(await driver.executeScript('return document.activeElement?.id'), 'own');
  await person.approveIn(popup, 'ada_example');
  await person.home();
  await person.hears(/^late ada_example$/);
  assert.deepEqual(await person.heard(), ['cancelled', 'late ada_example']);
  await person.popupGone();
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});

test('C4 D12: taken for closed because X cut the tie, the window is still heard: cancelled, and then signed in', async (t) => {
  const here = await world(t, { xCoop: 'same-origin', pages: TWO_PAGES });
  const { driver, person } = here;
  await person.visitHost();
  await person.looksAway();
  const popup = await person.opens(() => driver.findElement({ id: 'x0' }).click());
  // The page looks every 250 ms; it has to see that the person was away.
  await driver.switchTo().window(popup);
  await person.lookAtX('redirect');
  await person.home();
  await wait(600);
  // They look back at the page, and stay there.
  await person.looksBack();
  await person.hears(/^sign-in-cancel$/);
  assert.equal(await driver.executeScript(`return document.querySelector('sign-in-with-x').state`), 'idle');
  await person.approveIn(popup, 'ada_example');
  await person.home();
  await person.hears(/^sign-in ada_example$/);
  assert.deepEqual((await person.heard()).filter((line) => line !== 'loading'), ['waiting', 'idle', 'sign-in-cancel', 'finishing', 'signed_in', 'sign-in ada_example']);
  await person.popupGone();
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});
