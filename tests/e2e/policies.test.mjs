/** F1, F2, F3, F5, F9: the pages that the element has to get along with, each with its whole policy and a sign-in to the end. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { Key } from 'selenium-webdriver';
import { assertNothingRemains, useBrowser } from './harness.mjs';
import { packed, STRICT } from './looks/page.mjs';

const world = useBrowser();
const NONCE = 'bm9uY2U';

/** F3: scripts by nonce, and what they load; nothing by its address. */
const DYNAMIC = STRICT.replace("script-src 'self'", `script-src 'nonce-${NONCE}' 'strict-dynamic'`);

/** Listens as harness/host-page.mjs does, but from a file: a policy that forbids inline scripts has no exception for tests. */
const LISTEN = `
window.heard = [];
for (const name of ['sign-in', 'sign-in-error', 'sign-in-cancel', 'sign-in-state', 'submit'])
  document.addEventListener(name, (event) => {
    if (name === 'submit') event.preventDefault();
    const { type, detail } = event;
    window.heard.push(type === 'sign-in-state' ? detail.state : [type, detail?.user?.username ?? detail?.code].filter(Boolean).join(' '));
  });`;

/**
 * @param {{ body: (element: string) => string, script: string, policy?: string }} page `script` begins with the address of
 * the simulator in `authorize`, and makes or finds the elements
 * @returns {NonNullable<import('./harness/world.mjs').Conditions['pages']>}
 */
const host = ({ body, script, policy = STRICT }) => (path, { clientId, redirectUri, authorize }) => {
  const element = `<sign-in-with-x id="x0" flow="popup" client-id="${clientId}" redirect-uri="${redirectUri}"></sign-in-with-x>`;
  if (path === '/favicon.ico') return { body: '', status: 204 };
  if (path === '/host.js') return { type: 'text/javascript; charset=utf-8', body: `const authorize = ${JSON.stringify(authorize)};\n${LISTEN}\n${script}` };
  if (path === '/host') {
    const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><script type="module" nonce="${NONCE}" src="/host.js"></script></head><body>${body(element)}</body></html>`;
    // The simulator plays pbs.twimg.com too.
    return { body: html, headers: { 'Content-Security-Policy': policy.replace('https://pbs.twimg.com', new URL(authorize).origin) } };
  }
  return path.startsWith('/copy/') ? packed(path.slice('/copy/'.length)) : undefined;
};

/** Finds the elements, tells them where the simulator is, and defines them. */
const DEFINE = `
for (const element of document.querySelectorAll('sign-in-with-x')) element.endpoints = { authorize };
await import('/pkg/define.js');`;

/** @param {import('./harness/world.mjs').World} here */
async function signIn(here, press = () => here.driver.findElement({ id: 'x0' }).click()) {
  const { driver, person } = here;
  await driver.wait(() => driver.executeScript(`return (window.button ?? document.querySelector('sign-in-with-x'))?.shadowRoot?.querySelector('button') !== undefined`).catch(() => false), 15_000, 'waiting for the button');
  await person.looksAway();
  await press();
  await person.lookAtX('popup');
  await person.approve('ada_example');
  assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example');
  await person.popupGone();
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
}

for (const [title, policy] of Object.entries({
  'F1 F2 E3: under the strictest policy': STRICT,
  'F3: under a policy by nonce and strict-dynamic': DYNAMIC,
})) {
  test(`${title} the button has its looks, a sign-in goes to its end, and nothing is refused`, async (t) => {
    const here = await world(t, { pages: host({ body: (element) => element, script: DEFINE, policy }) });
    const { driver, person } = here;
    await person.visitHost();
    const [ground, height, words] = await driver.executeScript(`
      const button = document.querySelector('sign-in-with-x').shadowRoot.querySelector('button');
      const { backgroundColor, height } = getComputedStyle(button);
      return [backgroundColor, height, button.innerText];`);
    assert.deepEqual([ground, height, words.trim()], ['rgb(0, 0, 0)', '44px', 'Sign in with X']);
    // A width goes through CSSOM.
    assert.equal(await driver.executeScript(`const x = document.querySelector('sign-in-with-x'); x.width = '333'; return x.offsetWidth`), 333);
    await signIn(here);
    await assertNothingRemains(here);
  });
}

test('F5 F2: in a form the button submits nothing, and Enter and Space sign in; Enter in a field is the form’s', async (t) => {
  const body = (/** @type {string} */ element) => `<form action="/nowhere"><input id="field" aria-label="Name">${element}</form>`;
  const here = await world(t, { pages: host({ body, script: DEFINE }) });
  const { driver, person } = here;
  await person.visitHost();
  await driver.findElement({ id: 'field' }).sendKeys('Ada', Key.ENTER);
  assert.deepEqual(await person.heard(), ['submit']);
  assert.equal(await person.windows(), 1);
  for (const key of [Key.ENTER, Key.SPACE]) {
    await driver.executeScript(`window.heard.length = 0; document.getElementById('field').focus()`);
    const popup = await person.opens(() => driver.actions().sendKeys(Key.TAB, key).perform());
    assert.deepEqual((await person.heard()).filter((line) => line !== 'loading'), ['waiting']);
    assert.equal(await driver.executeScript(`return document.activeElement.localName`), 'sign-in-with-x');
    await driver.executeScript(`document.querySelector('sign-in-with-x').shadowRoot.querySelector('button[value=cancel]').click()`);
    await person.hears(/^sign-in-cancel$/);
    // Where the tie is whole, it may be closed by now.
    await driver.switchTo().window(popup).then(() => driver.close()).catch(() => {});
    await person.home();
  }
  await driver.executeScript(`window.heard.length = 0`);
  await signIn(here);
  assert.ok(!(await person.heard()).includes('submit'));
});

test('F1 F2 F5: in shadow roots within shadow roots it looks, works and tells as anywhere', async (t) => {
  const script = `
await import('/pkg/define.js');
const inner = document.createElement('div');
document.querySelector('#outer').attachShadow({ mode: 'open' }).append(inner);
const element = document.querySelector('#outer sign-in-with-x');
element.endpoints = { authorize };
inner.attachShadow({ mode: 'open' }).append(element);
window.button = element;`;
  const body = (/** @type {string} */ element) => `<div id="outer">${element}</div>`;
  const here = await world(t, { pages: host({ body, script }) });
  const { driver, person } = here;
  await person.arrive('/host');
  await driver.wait(() => driver.executeScript(`return Boolean(window.button?.shadowRoot?.querySelector('button'))`), 15_000, 'waiting for the button');
  assert.equal(await driver.executeScript(`return getComputedStyle(window.button.shadowRoot.querySelector('button')).backgroundColor`), 'rgb(0, 0, 0)');
  await signIn(here, async () => {
    await driver.executeScript('window.button.focus()');
    await driver.actions().sendKeys(Key.ENTER).perform();
  });
});

test('F9: two copies of the package, a third by a hot reload, and a name that is taken live on one page', async (t) => {
  const script = `
for (const element of document.querySelectorAll('sign-in-with-x')) element.endpoints = { authorize };
const [first, second, again] = [await import('/pkg/define.js'), await import('/copy/define.js'), await import('/pkg/define.js?hot')];
window.kept = customElements.get('sign-in-with-x') === first.SignInWithXElement && second.SignInWithXElement !== first.SignInWithXElement && Boolean(again);
// A class of the other copy under a name of the host's own, and its functions beside this copy's.
customElements.define('host-sign-in', class extends second.SignInWithXElement {});
const { createSignIn } = await import('/copy/index.js');
const { clientId, redirectUri } = document.querySelector('sign-in-with-x');
createSignIn({ clientId, redirectUri, flow: 'popup', endpoints: { authorize } }).renderButton(document.querySelector('#place'));`;
  const body = (/** @type {string} */ element) => `${element}<host-sign-in theme="outline"></host-sign-in><p id="place"></p>`;
  const here = await world(t, { pages: host({ body, script }) });
  const { driver, person } = here;
  await person.visitHost();
  assert.equal(await driver.wait(() => driver.executeScript('return window.kept'), 15_000), true);
  const drawn = `return ['sign-in-with-x', 'host-sign-in', '#place span'].map((css) => document.querySelector(css)?.shadowRoot?.querySelectorAll('[part=button]').length)`;
  await driver.wait(async () => String(await driver.executeScript(drawn)) === '1,1,1', 15_000, 'waiting for all three');
  await signIn(here);
});
