/** Where the page is shown decides which way is taken, unless the host has decided. */
import assert from 'node:assert/strict';
import { COMPILES_LATER, tellPage } from './harness/compiling.mjs';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, hostAt, hostPage, useBrowser } from './harness.mjs';

const world = useBrowser();

const STANDALONE = `() => {
  const ask = matchMedia;
  window.matchMedia = (query) => (query === '(display-mode: standalone)' ? ask('all') : ask(query));
}`;
/** @param {string} name */
const called = (name) => `() => Object.defineProperty(navigator, 'userAgent', { get: () => ${JSON.stringify(name)} })`;

/** @type {Record<string, { touch?: boolean, stub?: string }>} */
const SURROUNDINGS = {
  'a device used by touch': { touch: true },
  'an installed app': { stub: STANDALONE },
  'an app on the home screen of iOS': { stub: `() => Object.defineProperty(navigator, 'standalone', { get: () => true })` },
  'Instagram': { stub: called('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 350.0') },
  'an Android app': { stub: called('Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36') },
};

for (const [title, { touch = false, stub }] of Object.entries(SURROUNDINGS)) {
  test(`D6: in ${title} auto goes by redirect, and a popup is a popup for those who ask for one`, async (t) => {
    const here = await world(t, { touch, pages: hostAt([{ flow: 'auto' }, { flow: 'popup' }]) });
    const { driver, person, witness } = here;
    if (stub) await witness.beforeEachPage(stub);
    await person.visitHost();
    await driver.findElement({ id: 'x0' }).click();
    await person.lookAtX('redirect');
    assert.equal(await person.windows(), 1);
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);

    await person.press('popup');
    assert.equal(await person.windows(), 2);
    await person.approve('noor_example');
    await person.hears(/^sign-in noor_example$/);
    await person.popupGone();
    assert.deepEqual(await here.exchanges(), { page: 2, backend: 2 });
    await assertNothingRemains(here);
  });

  test(`D2 D6: in ${title} a click by auto before the engine is there leaves no window behind`, async (t) => {
    const body = (/** @type {{ clientId: string, redirectUri: string }} */ { clientId, redirectUri }) =>
      `<sign-in-with-x id="x0" client-id="${clientId}" redirect-uri="${redirectUri}"><button id="child">Sign in</button></sign-in-with-x>`;
    const here = await world(t, {
      touch,
      pages: (path, config) => (path === '/host' ? { body: hostPage(config, [], { body: body(config) }) } : undefined),
    });
    const { driver, person, witness } = here;
    if (stub) await witness.beforeEachPage(stub);
    await witness.beforeEachPage(COMPILES_LATER);
    await person.arrive('/host');
    await driver.wait(() => driver.executeScript(`return Boolean(customElements.get('sign-in-with-x'))`), 15_000, 'waiting for the element');
    await driver.findElement({ id: 'child' }).click();
    await person.hears(/^loading$/);
    await tellPage(driver, 'compile');
    await person.lookAtX('redirect');
    await person.popupGone();
    await person.approve('ada_example');
    await person.hears(/^sign-in ada_example$/);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await assertNothingRemains(here);
  });
}

/** Tells, as it happens, of each link that is followed and each form that is sent, by whomever. */
const WATCH_LINKS = `() => {
  addEventListener('click', (event) => { for (const { href } of event.composedPath()) if (href) console.log('went by: link'); }, true);
  for (const [prototype, name] of [[HTMLElement.prototype, 'click'], [HTMLFormElement.prototype, 'submit'], [HTMLFormElement.prototype, 'requestSubmit']]) {
    const act = prototype[name];
    prototype[name] = function (...words) { if (name !== 'click' || this.href) console.log('went by: ' + name); return act.apply(this, words); };
  }
}`;

test('D8: the way to X by redirect is the page’s own script: no answer of the site’s, no link, no form', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'redirect' }]) });
  const { driver, person, witness, demo, simulator } = here;
  const wentBy = () => witness.console.filter((line) => line.startsWith('went by: '));
  await witness.beforeEachPage(WATCH_LINKS);
  await person.visitHost();
  await person.press('redirect');
  await witness.quiet();
  const toX = witness.requests.filter(({ url }) => url.startsWith(`${simulator.url}/i/oauth2/authorize`));
  assert.deepEqual(toX.map(({ method, status }) => [method, status]), [['GET', 200]]);
  const bySite = witness.requests.filter(({ url, status = 0 }) => url.startsWith(`${demo.url}/`) && status >= 300 && status !== 304);
  assert.deepEqual(bySite, [], 'the site redirects nobody');
  assert.deepEqual(wentBy(), []);
  await person.approve('ada_example');
  await person.hears(/^sign-in ada_example$/);
  assert.equal(await driver.executeScript('return document.links.length + document.forms.length'), 0);
  // Such a one would have been heard.
  await driver.executeScript(`document.body.append(Object.assign(document.createElement('a'), { href: '#here' })); document.links[0].click()`);
  await witness.quiet();
  assert.deepEqual(new Set(wentBy()), new Set(['went by: click', 'went by: link']));
});
