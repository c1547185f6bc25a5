/** A page whose button was made on a server: before the script, when it comes, and without it. */
import assert from 'node:assert/strict';
import { COMPILES_NOTHING } from './harness/compiling.mjs';
import { test } from './harness/scenario.mjs';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { buttonStyleSheet, renderButton } from 'sign-in-with-x/server';
import { contentSecurityPolicy } from '../../www/demo/server/headers.mjs';
import { underTest, useBrowser } from './harness.mjs';

const world = useBrowser();

/**
 * A site that writes its buttons out: at /host with the script, at /still without.
 * @param {Record<string, any>[]} looks
 * @returns {{ pages: NonNullable<import('../../www/demo/server.mjs').DemoOptions['pages']> }}
 */
const site = (looks) => ({
  pages(path, config) {
    if (path === '/button.css') return { type: 'text/css', body: buttonStyleSheet() };
    if (path === '/started') return { body: '<!doctype html><html lang="en"><title>Started</title><link rel="icon" href="data:,"></html>' };
    if (path === '/host.js') {
      const body = `
window.heard = [];
window.removed = [];
document.addEventListener('sign-in', ({ detail }) => heard.push('sign-in ' + detail.user.username));
document.addEventListener('sign-in-error', ({ detail }) => heard.push('sign-in-error ' + detail.code));
for (const element of document.querySelectorAll('sign-in-with-x')) {
  element.endpoints = { authorize: ${JSON.stringify(config.authorize)} };
  const watch = new MutationObserver((changes) => changes.forEach(({ removedNodes }) => removedNodes.forEach(({ nodeName }) => removed.push(nodeName))));
  watch.observe(element.shadowRoot, { childList: true, subtree: true });
}
document.querySelector('sign-in-with-x').shadowRoot.querySelector('[part=button]').focus();
await import('/pkg/define.js');`;
      return { type: 'text/javascript', body };
    }
    if (path !== '/host' && path !== '/still') return undefined;
    const { clientId, redirectUri } = config;
    const buttons = looks.map((given) => renderButton({ clientId, redirectUri, ...given }, { stylesheet: '/button.css' }));
    const script = path === '/host' ? '<script type="module" src="/host.js"></script>' : '';
    const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,"><link rel="preload" as="style" href="/button.css">${script}</head><body>${buttons.join('\n')}</body></html>`;
    return { body, headers: { 'Content-Security-Policy': contentSecurityPolicy({ html: body, wasm: true, avatars: new URL(config.authorize).origin }) } };
  },
});

/** How many dots differ, not counting the smoothing of edges. @param {string} one @param {string} other */
function differ(one, other) {
  const [{ data, width, height }, known] = [one, other].map((picture) => PNG.sync.read(Buffer.from(picture, 'base64')));
  return pixelmatch(data, known.data, undefined, width, height, { threshold: 0.05 });
}

const LOOKS = [{}, { theme: 'outline', size: 'small', shape: 'square' }, { type: 'icon', theme: 'white' }, { locale: 'ar' }, { start: '/auth/x/start', text: 'continue_with' }, { disabled: true, label: 'Later & <more>' }];

const PLACES = `return [...document.querySelectorAll('sign-in-with-x')].map(({ shadowRoot }) => {
  const { left, top, width, height } = shadowRoot.querySelector('[part=button]').getBoundingClientRect();
  return [left, top, width, height];
})`;

const DRESSED = `return [...document.querySelectorAll('sign-in-with-x')].every(({ shadowRoot }) => shadowRoot.querySelector('link').sheet)`;

/** The button's nodes, without the sheet that the server sent. */
const MARKUP = `return [...document.querySelectorAll('sign-in-with-x')].map(({ shadowRoot }) =>
  [...shadowRoot.children].filter(({ localName }) => localName !== 'link').map(({ outerHTML }) => outerHTML).join(''))`;

const TAKEN_OVER = `return [...document.querySelectorAll('sign-in-with-x')].every(({ shadowRoot }) => shadowRoot.adoptedStyleSheets.length === 1 && !shadowRoot.querySelector('link'))`;

test('F10 F12: the script takes the server’s button over: the same nodes, in the same place, with the keyboard', async (t) => {
  const { driver, person, demo } = await world(t, site(LOOKS));
  await driver.get(`${demo.url}/still`);
  await driver.wait(() => driver.executeScript(DRESSED), 15_000, 'the sheet is there');
  const [places, written] = [await driver.executeScript(PLACES), await driver.executeScript(MARKUP)];
  await person.arrive('/host');
  await driver.wait(() => driver.executeScript(TAKEN_OVER), 15_000, 'every button is taken over');
  assert.deepEqual(await driver.executeScript('return [...new Set(window.removed)]'), ['LINK'], 'nothing but the sheet goes');
  assert.deepEqual(await driver.executeScript(PLACES), places);
  assert.deepEqual(await driver.executeScript(MARKUP), written);
  assert.ok(await driver.executeScript(`return document.querySelector('sign-in-with-x').shadowRoot.activeElement?.part.contains('button')`), 'the keyboard stays');
  // WebKitGTK, whose window has no keyboard, now and then leaves the ring on its pictures.
  if (underTest.title === 'WebKitGTK') return;
  await driver.executeScript('document.activeElement.blur()');
  let picture = '';
  await driver.wait(async () => picture === (picture = await driver.takeScreenshot()), 15_000, 'it stands still', 500);
  await driver.get(`${demo.url}/still`);
  // The sheet comes after the button there, whose colours change slowly.
  await driver.wait(async () => differ(await driver.takeScreenshot(), picture) === 0, 15_000, 'without its ring it is the same picture', 500);
});

test('F11: where no script runs the link leads to the backend’s start', async (t) => {
  const { driver, demo } = await world(t, site([{ start: '/started' }]));
  await driver.get(`${demo.url}/still`);
  await driver.findElement({ css: 'sign-in-with-x' }).click();
  await driver.wait(async () => (await driver.getTitle()) === 'Started', 15_000, 'the start route');
  assert.equal(await driver.getCurrentUrl(), `${demo.url}/started`);
});

test('F11 F5 G4: with the script the link to the backend opens a popup there, and signs in', async (t) => {
  const here = await world(t, site([{ start: '/auth/x/start', flow: 'popup' }]));
  const { driver, person } = here;
  await person.visitHost();
  await driver.wait(() => driver.executeScript(TAKEN_OVER), 15_000, 'the button is taken over');
  await person.looksAway();
  await driver.findElement({ css: 'sign-in-with-x' }).click();
  await person.lookAtX('popup');
  await person.approve('ada_example');
  assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example');
  await person.popupGone();
});

test('F11 E1: where the script runs and the engine does not come, the link leads to the backend’s start all the same', async (t) => {
  const { pages } = site([{ start: '/started' }]);
  const { driver, demo, witness } = await world(t, {
    pages: (path, config) => (path === '/pkg/chunk-translated.js' ? { status: 404, body: 'no such file' } : pages(path, config)),
    expected: [/chunk-translated\.js/],
  });
  await witness.beforeEachPage(COMPILES_NOTHING);
  await driver.get(`${demo.url}/host`);
  await driver.wait(() => driver.executeScript(`return window.heard?.includes('sign-in-error wasm_unavailable')`), 15_000, 'the engine has failed');
  await driver.findElement({ css: 'sign-in-with-x' }).click();
  await driver.wait(async () => (await driver.getTitle()) === 'Started', 15_000, 'the start route');
});
