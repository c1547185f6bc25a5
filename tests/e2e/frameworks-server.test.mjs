/** The element in React and Vue on a server, and what becomes of it in the page: no warning, no flicker, no lost attempt. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { buttonStyleSheet, renderButton } from 'sign-in-with-x/server';
import { readme } from './frameworks/bundle.mjs';
import { approved, opened, site, told } from './frameworks/site.mjs';
import { useBrowser } from './harness.mjs';

const world = useBrowser();

/** @type {import('./frameworks/site.mjs').Pages} */
const sheet = (path) => (path === '/button.css' ? { type: 'text/css', body: buttonStyleSheet() } : undefined);

/** The engine has drawn it, or taken it over. */
const DRAWN = `return document.querySelector('sign-in-with-x').shadowRoot?.adoptedStyleSheets.length === 1`;

const SAME = `return [written === document.querySelector('sign-in-with-x'), !window.button || window.button === written.shadowRoot.querySelector('[part=button]'), document.querySelectorAll('sign-in-with-x').length]`;

for (const [framework, component, written] of /** @type {const} */ ([
  ['React 19', 'react.jsx', 'server-react.jsx'],
  ['React 18', 'react.jsx', 'server-react.jsx'],
  ['Vue', 'SignIn.vue', 'server-vue.js'],
])) {
  for (const [title, pages, gone] of /** @type {const} */ ([
    ['the element alone', site(framework, readme(component), { rendered: true }), []],
    ['renderButton()', site(framework, readme(written), { rendered: true, html: ({ clientId, redirectUri }) => renderButton({ clientId, redirectUri }, { stylesheet: '/button.css' }), pages: sheet }), ['LINK']],
  ])) {
    test(`F10 F12: ${framework} hydrates what its server wrote (${title}) without a word, before the engine is there and after a click`, async (t) => {
      const here = await world(t, { pages });
      const { driver, person } = here;
      await person.arrive('/host');
      await driver.wait(() => driver.executeScript(DRAWN), 15_000, 'the button is drawn');
      assert.deepEqual(await driver.executeScript(SAME), [true, true, 1]);
      assert.deepEqual(await driver.executeScript('return [...new Set(removed)]'), gone, 'nothing but the sheet goes');

      await person.arrive('/host?late');
      await driver.wait(() => driver.executeScript(DRAWN), 15_000, 'the button is drawn');
      const popup = await opened(here);
      await driver.executeScript('window.hydrate()');
      await driver.wait(() => driver.executeScript('return window.hydrated'), 15_000, 'the framework has it');
      assert.deepEqual(await driver.executeScript(SAME), [true, true, 1]);
      assert.equal(await driver.executeScript('return written.state'), 'waiting');
      await approved(here, popup);
      assert.deepEqual(await told(here), ['ada_example']);
      assert.deepEqual(await person.heard(), ['sign-in ada_example']);
      assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    });
  }
}
