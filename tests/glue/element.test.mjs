// The element's events, without its looks.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Browser, ending, NOTE, options, stateOf } from './fake/browser.mjs';
import { nowhere } from './fake/shadow.mjs';

/** As much of an element as the class needs. */
class HTMLElement extends EventTarget {
  /** @type {any} */ shadowRoot = null;
  isConnected = true;
  /** @type {Record<string, string>} */ attributes = {};
  /** @type {[string, any][]} */ heard = [];
  constructor() {
    super();
    for (const name of ['sign-in', 'sign-in-error', 'sign-in-cancel']) {
      this.addEventListener(name, (event) => this.heard.push([name, /** @type {CustomEvent} */ (event).detail]));
    }
  }
  hasAttribute = (/** @type {string} */ name) => name in this.attributes;
  getAttributeNames = () => Object.keys(this.attributes);
  getAttribute = (/** @type {string} */ name) => this.attributes[name] ?? null;
  attachShadow() {
    this.shadowRoot = { host: { style: { setProperty() {} } }, firstChild: null, insertBefore: () => nowhere, querySelector: () => null, querySelectorAll: () => [], adoptedStyleSheets: [] };
    return this.shadowRoot;
  }
}

const globals = { HTMLElement: { value: HTMLElement }, CustomEvent: { value: CustomEvent } };

/** A page with elements of these attributes. @param {Browser} browser @param {any} shown @param {object[]} elements */
async function show(browser, shown, elements) {
  const page = await browser.host({ ...shown, more: globals });
  const made = elements.map((attributes) => {
    const element = /** @type {any} */ (new page.library.SignInWithXElement());
    element.attributes = { 'client-id': options.clientId, 'redirect-uri': options.redirectUri, identity: 'none', ...attributes };
    return element;
  });
  for (const element of made) element.connectedCallback();
  await browser.pass(1000);
  return { page, made, heard: made.map(({ heard }) => heard.map((/** @type {[string, any]} */ [name, detail]) => [name, detail?.user?.username ?? detail?.code])) };
}

/** A tab that has left for X and come back with a note. */
async function noted() {
  const browser = new Browser();
  const host = await browser.host();
  ending(host.client({ flow: 'redirect' }).signIn());
  const page = browser.callback(host, 'code=abc');
  await browser.pass();
  assert.ok(page.session[NOTE]);
  return { browser, shown: { session: { ...page.session } } };
}

describe('D4: elements of one configuration', () => {
  test('D4: what a page finds is announced once', async () => {
    const { browser, shown } = await noted();
    const { heard } = await show(browser, shown, [{}, {}, {}]);
    assert.deepEqual(heard, [[['sign-in', 'ada']], [], []]);
  });

  test('D4: an element that was taken away again announces nothing, and keeps nobody else from it', async () => {
    const { browser, shown } = await noted();
    const page = await browser.host({ ...shown, more: globals });
    const [gone, stays] = [0, 1].map(() => {
      const element = /** @type {any} */ (new page.library.SignInWithXElement());
      element.attributes = { 'client-id': options.clientId, 'redirect-uri': options.redirectUri, identity: 'none' };
      element.connectedCallback();
      return element;
    });
    // After it has asked, before there is an answer.
    await null;
    await null;
    gone.isConnected = false;
    gone.disconnectedCallback();
    await browser.pass(1000);
    assert.deepEqual(stays.heard.map(([/** @type {string} */ name]) => name), ['sign-in']);
  });

  test('D4 A7: on the host’s own callback page, too', async () => {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client({ flow: 'redirect' }).signIn());
    const shown = { address: `${options.redirectUri}?state=${stateOf(host)}&code=abc`, session: { ...host.session } };
    const { heard } = await show(browser, shown, [{}, {}]);
    assert.deepEqual(heard, [[['sign-in', 'ada']], []]);
    assert.equal(browser.exchanges.length, 1);
  });

  test('A6 D4: one of another configuration hears nothing of it', async () => {
    const { browser, shown } = await noted();
    const { heard } = await show(browser, shown, [{ scope: 'users.read' }, {}]);
    assert.deepEqual(heard, [[], [['sign-in', 'ada']]]);
  });

  test('D4: two sign-ins are two results', async () => {
    const browser = new Browser();
    const { page, made } = await show(browser, {}, [{}, {}]);
    for (const [n, element] of made.entries()) {
      element.signIn();
      browser.callback(page.opened[n], 'code=abc');
      await browser.pass(1000);
    }
    assert.deepEqual(made.map(({ heard }) => heard.length), [1, 1]);
  });
});

describe('H1: what only the page’s developer can mend', () => {
  test('H1: is written to the console too', async () => {
    const browser = new Browser();
    const { page, made: [element] } = await show(browser, {}, [{ 'client-id': '' }]);
    await element.signIn();
    assert.deepEqual(page.did('error').map(([said]) => said), Array(element.heard.length).fill('SignInError: An option is missing or wrong. clientId (client-id) is missing, or not X’s OAuth 2.0 Client ID. (sign-in-with-x/ERRORS.md#invalid_config)'));
  });

  test('H1: other errors are the person’s, and no word of them is written', async () => {
    const browser = new Browser();
    const { page, made: [element] } = await show(browser, {}, [{ flow: 'popup' }]);
    page.opens = () => null;
    await element.signIn();
    assert.deepEqual([element.heard.at(-1)[1]?.code, page.did('error')], ['popup_blocked', []]);
  });
});

describe('D7: an element hears the wish to begin anew', () => {
  /** @param {object} attributes */
  async function wished(attributes) {
    const browser = new Browser();
    const note = new URLSearchParams({ v: '1', restart: '1', created_at: String(browser.clock.now()), redirect_uri: options.redirectUri });
    const { page } = await show(browser, { session: { [NOTE]: String(note) } }, [attributes]);
    return page;
  }

  test('D7 B4: it goes with its own landing place', async () => {
    const page = await wished({ 'return-to': '/orders' });
    const [record] = Object.entries(page.session).filter(([key]) => key !== NOTE).map(([, value]) => new URLSearchParams(value));
    assert.deepEqual([page.did('leave').length, record?.get('return_to')], [1, '/orders']);
  });

  test('D7: a disabled one does not go', async () => {
    const page = await wished({ disabled: '' });
    assert.deepEqual([page.did('leave'), { ...page.session }], [[], {}]);
  });
});
