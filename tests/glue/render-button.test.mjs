// What `renderButton` does with a press; how it looks is for real browsers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser } from './fake/browser.mjs';
import { nowhere } from './fake/shadow.mjs';

/** A page with a button of `renderButton`'s, and a way to press it. @param {Browser} browser @param {object} [more] options */
async function rendered(browser, more) {
  const page = await browser.host();
  const order = /** @type {string[]} */ ([]);
  const root = Object.assign(new EventTarget(), {
    host: { style: { setProperty() {} } },
    firstChild: null,
    insertBefore: () => nowhere,
    querySelector: (/** @type {string} */ css) => (css.startsWith('[part=button]') ? { focus: () => order.push('focus') } : null),
    querySelectorAll: () => [],
    adoptedStyleSheets: [],
    // The keyboard is on "Cancel", which has gone.
    activeElement: { closest: (/** @type {string} */ css) => css === '[part~=notice][hidden]' && order.length === 0 },
  });
  const span = { attachShadow: () => root, remove() {} };
  page.document.createElement = /** @type {any} */ (() => span);
  const client = page.client(more);
  const heard = /** @type {string[]} */ ([]);
  client.renderButton(/** @type {any} */ ({ append() {} }), {
    identity: 'none',
    onResult: ({ user }) => heard.push(`ok ${user?.username}`),
    onError: ({ code }) => {
      heard.push(code);
      order.push(code);
    },
  });
  await browser.pass();
  /** @param {'' | 'retry' | 'cancel'} value */
  const press = (value) => {
    const event = new Event('click');
    event.composedPath = () => /** @type {any} */ ([{ closest: () => ({ value }) }]);
    root.dispatchEvent(event);
  };
  return { page, client, heard, order, press };
}

test('D1: a double click opens one window and is told once', async () => {
  const browser = new Browser();
  const { page, heard, press } = await rendered(browser);
  press('');
  press('');
  browser.callback(page.opened[0], 'code=abc');
  await browser.pass(1000);
  assert.deepEqual([heard, page.opened.length], [['ok ada'], 1]);
});

test('C4 D12: "Try again" is no error of the attempt before', async () => {
  const browser = new Browser();
  const { page, heard, press } = await rendered(browser);
  press('');
  await browser.pass(3000);
  press('retry');
  await browser.pass();
  assert.deepEqual(heard, []);
  browser.callback(page.opened[1], 'code=abc');
  await browser.pass(1000);
  assert.deepEqual([heard, page.opened.length], [['ok ada'], 2]);
});

test('F5 D12: "Cancel" gives the keyboard back to the button when it goes, and is told once', async () => {
  const browser = new Browser();
  const { heard, order, press } = await rendered(browser);
  press('');
  await browser.pass(3000);
  press('cancel');
  await browser.pass();
  assert.deepEqual([heard, order], [['cancelled'], ['focus', 'cancelled']]);
});
