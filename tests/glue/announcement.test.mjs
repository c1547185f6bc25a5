// What the button says when a sign-in ends: each thing once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, options, user } from './fake/browser.mjs';
import { drawable } from './fake/dom.mjs';

class HTMLElement extends EventTarget {
  /** @type {any} */ shadowRoot = null;
  isConnected = true;
  /** @type {Record<string, string>} */ attributes = {};
  hasAttribute = (/** @type {string} */ name) => name in this.attributes;
  getAttributeNames = () => Object.keys(this.attributes);
  getAttribute = (/** @type {string} */ name) => this.attributes[name] ?? null;
}

/** A page with elements that are drawn. @param {number} [count] @param {object} [more] of the window */
async function shown(count = 1, more = {}) {
  const browser = new Browser();
  const document = drawable();
  class Element extends HTMLElement {
    attachShadow() {
      this.shadowRoot = Object.assign(document.makeRoot(), { querySelectorAll: () => [], adoptedStyleSheets: [], activeElement: null });
      return this.shadowRoot;
    }
  }
  const page = await browser.host({ ...more, more: { HTMLElement: { value: Element }, CustomEvent: { value: CustomEvent } } });
  Object.assign(page.document, { createElementNS: document.createElementNS });
  const made = Array.from({ length: count }, () => Object.assign(new page.library.SignInWithXElement(), {
    attributes: { 'client-id': options.clientId, 'redirect-uri': options.redirectUri },
  }));
  return {
    browser, page, elements: /** @type {any[]} */ (made),
    start: async () => {
      for (const element of /** @type {any[]} */ (made)) element.connectedCallback();
      await browser.pass(100);
      document.said.length = 0;
    },
    /** @param {string} text */
    times: (text) => document.said.filter((said) => said.includes(text)).length,
    said: document.said,
  };
}

/** @param {Record<string, any>} node @returns {any} */
const status = (node) => node.find((/** @type {any} */ { attributes }) => attributes.role === 'status').textContent;

test('F5 F8: who has signed in is said once, with the name, and not again at a redraw', async () => {
  const { browser, page, elements: [element], start, times } = await shown();
  await start();
  element.signIn();
  browser.callback(page.opened[0], 'code=abc');
  await browser.pass(1000);
  element.attributeChangedCallback('theme');
  element.session = { user, scopes: [] };
  await browser.pass(100);
  assert.deepEqual([status(element.shadowRoot), times('Signed in'), times('Signed in: Ada @ada')], ['Signed in: Ada @ada', 1, 1]);
});

test('F5: a sign-in that went wrong is said once and shown, until the next press; a cancelled one is not', async () => {
  const { browser, page, elements: [element], start, times } = await shown();
  await start();
  const parts = () => element.shadowRoot.find((/** @type {any} */ { attributes }) => /^notice/.test(attributes.part)).attributes;
  element.signIn();
  browser.callback(page.opened[0], 'error=access_denied');
  await browser.pass(1000);
  assert.deepEqual([times('did not work'), parts().part, parts().hidden], [0, 'notice', '']);
  browser.backend = () => new Response('', { status: 404 });
  /** @type {any} */ let failure;
  element.addEventListener('sign-in-error', (/** @type {any} */ { detail }) => (failure = detail));
  element.signIn();
  browser.callback(page.opened[1], 'code=abc');
  await browser.pass(1000);
  element.attributeChangedCallback('theme');
  // The live region, and the notice.
  assert.deepEqual([times('did not work'), parts().part, parts().hidden, element.state], [2, 'notice error', undefined, 'idle']);
  assert.equal(failure.reason, 'status_404');
  assert.match(failure.hint, /Is the backend half mounted at .*\/auth\/x\/exchange\?$/);
  element.signIn();
  assert.deepEqual([status(element.shadowRoot), parts().part, element.state], ['Waiting for X', 'notice', 'waiting']);
});

test('F5: phrases that are set later are drawn at once, and those from before are there at the first draw', async () => {
  const { browser, elements: [element], times } = await shown();
  Object.defineProperty(element, 'phrases', { value: { cancel: 'Lassen' }, configurable: true, enumerable: true, writable: true });
  element.connectedCallback();
  await browser.pass(100);
  assert.deepEqual([times('Lassen'), element.phrases.cancel], [1, 'Lassen']);
  element.phrases = { cancel: 'Abbrechen' };
  assert.deepEqual([times('Abbrechen'), Object.hasOwn(element, 'phrases')], [1, false]);
});

test('F5: of several elements that hear of one failure, one shows it', async () => {
  const address = `${options.redirectUri}?state=${'a'.repeat(43)}&code=abc`;
  const { browser, elements, times } = await shown(3, { address });
  let heard = 0;
  for (const element of elements) {
    element.addEventListener('sign-in-error', () => (heard += 1));
    element.connectedCallback();
  }
  await browser.pass(40_000);
  assert.ok(heard > 0, 'it failed');
  assert.equal(times('did not work'), 2);
});
