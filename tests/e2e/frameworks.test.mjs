/** The element in React and Vue, by the code that the README and the playground hand out. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { playground, readme } from './frameworks/bundle.mjs';
import { approved, opened, site, told } from './frameworks/site.mjs';
import { useBrowser } from './harness.mjs';

const world = useBrowser();

/** @typedef {import('./harness/world.mjs').World} World */

/** @param {World} here @param {object} more @returns {Promise<unknown>} */
const change = ({ driver }, more) => driver.executeScript('return window.change(arguments[0])', more);

/** Words that would break out of an attribute, and a flag. */
const PLAYED = { theme: 'outline', text: 'continue_with', label: `Ada's "own" <b>` };

for (const [framework, code] of /** @type {const} */ ([
  ['React 19', playground('React', PLAYED)],
  ['React 18', playground('React', PLAYED)],
  ['Vue', playground('Vue', PLAYED)],
])) {
  test(`F10 E5: the playground’s code in ${framework} shows the button that was chosen, and signs in`, async (t) => {
    const here = await world(t, { pages: site(framework, code) });
    const { driver, person } = here;
    await person.visitHost();
    const shown = await driver.executeScript(`const element = document.querySelector('sign-in-with-x'); return [element.theme, element.shadowRoot.querySelector('[part=label]').textContent]`);
    assert.deepEqual(shown, ['outline', PLAYED.label]);
    await approved(here, await opened(here));
    assert.deepEqual(await told(here), ['ada_example']);
    assert.deepEqual(await person.heard(), ['sign-in ada_example']);
  });
}

for (const [framework, file] of /** @type {const} */ ([['React 19', 'react.jsx'], ['React 18', 'react.jsx'], ['Vue', 'SignIn.vue']])) {
  const pages = site(framework, readme(file));

  test(`F10 C8: ${framework} mounts twice, draws anew and moves on: the attempt goes on, is told once, and the next element is a new one`, async (t) => {
    const here = await world(t, { pages });
    const { driver, person } = here;
    await person.visitHost();
    const popup = await opened(here);
    await driver.executeScript(`window.first = document.querySelector('sign-in-with-x')`);
    await change(here, { looks: { theme: 'outline', size: 'small', label: 'Los!' } });
    await change(here, { looks: { theme: 'white', label: 'Los!' } });
    const looks = `const button = first.shadowRoot.querySelector('[part=button]'); return [first.isConnected, first.theme, first.size, first.state, button.textContent.includes('Los!'), button.className.includes('white')]`;
    assert.deepEqual(await driver.executeScript(looks), [true, 'white', '', 'waiting', true, true]);
    assert.equal(await person.windows(), 2);
    await approved(here, popup);
    assert.deepEqual(await told(here), ['ada_example']);
    assert.deepEqual(await person.heard(), ['sign-in ada_example']);

    await change(here, { id: 'second' });
    await person.drawn();
    assert.deepEqual(await driver.executeScript(`const element = document.querySelector('sign-in-with-x'); return [element === first, element.state, first.isConnected]`), [false, 'idle', false]);
    assert.deepEqual(await told(here), ['ada_example']);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  });

  test(`F10 C8: ${framework} takes the element away while the popup is open: nothing is left, nothing is told, and the next one signs in`, async (t) => {
    // Tied windows: then the popup goes with the element.
    const here = await world(t, { pages, xCoop: 'unsafe-none' });
    const { driver, person } = here;
    await person.visitHost();
    await opened(here);
    await person.lookAtX('popup');
    await person.home();
    await change(here, { shown: false });
    await person.popupGone();
    assert.deepEqual(await driver.executeScript(`return [document.querySelectorAll('sign-in-with-x').length, Object.keys(sessionStorage), Object.keys(localStorage)]`), [0, [], []]);
    await change(here, { shown: true });
    await person.drawn();
    assert.deepEqual(await told(here), []);
    await approved(here, await opened(here));
    assert.deepEqual(await told(here), ['ada_example']);
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  });

  test(`F10: ${framework} tells the app what went wrong`, async (t) => {
    const here = await world(t, { pages, expected: [/An option is missing or wrong\. redirectUri/] });
    await here.person.visitHost();
    await here.driver.executeScript(`document.querySelector('sign-in-with-x').redirectUri = '/auth/x/callback'`);
    await here.driver.findElement({ css: 'sign-in-with-x' }).click();
    await here.driver.wait(async () => (await told(here)).length > 0, 15_000, 'the app is told');
    assert.deepEqual(await told(here), ['invalid_config']);
  });

  test(`F10: ${framework} takes the simulator’s address as a property, and the same again ends nothing`, async (t) => {
    const here = await world(t, { pages });
    await here.person.visitHost();
    const authorize = `${here.simulator.url}/i/oauth2/authorize`;
    await here.driver.executeScript(`window.endpoints = { authorize: arguments[0] }; return change({ looks: { endpoints } })`, authorize);
    assert.equal(await here.driver.executeScript(`return document.querySelector('sign-in-with-x').endpoints.authorize`), authorize);
    const popup = await opened(here);
    await here.driver.executeScript(`return change({ looks: { endpoints, theme: 'white' } })`);
    assert.equal(await here.driver.executeScript(`return document.querySelector('sign-in-with-x').state`), 'waiting');
    await approved(here, popup);
    assert.deepEqual(await told(here), ['ada_example']);
  });
}

for (const [framework, file] of /** @type {const} */ ([['React 19', 'react-hook.jsx'], ['React 18', 'react-hook.jsx'], ['Vue', 'VueHook.vue']])) {
  test(`F10 C8: a control of the app’s own in ${framework} signs in once, knows it after a reload, and signs out`, async (t) => {
    const here = await world(t, { pages: site(framework, readme(file), { own: true }) });
    const { driver, person } = here;
    const control = () => driver.findElement({ css: 'button' });
    // In one step: the app may take the button away in the middle of a question about it.
    const says = (/** @type {string} */ words) => driver.wait(async () => (await driver.executeScript(`return document.querySelector('button')?.textContent`)) === words, 15_000, words);
    await person.arrive('/host');
    await says('Sign in with X');
    await driver.wait(() => driver.executeScript('return window.ready'), 15_000, 'the engine is there');
    await person.looksAway();
    const popup = await person.opens(() => control().click());
    // Drawn anew meanwhile, with options that say the same: the attempt goes on.
    await driver.executeScript('return window.change()');
    assert.equal(await control().isEnabled(), false);
    await person.approveIn(popup, 'ada_example');
    await person.home();
    await says('Sign out, @ada_example');
    await person.popupGone();
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });

    await driver.navigate().refresh();
    await says('Sign out, @ada_example');
    await control().click();
    await says('Sign in with X');
    assert.equal(await control().isEnabled(), true);
  });
}
