// The words of other languages while they are on their way, late, or not coming at all.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import * as words from '../../www/src/languages/words.js';
import { Browser, ending, NOTE, options } from './fake/browser.mjs';
import { drawable, shown } from './fake/dom.mjs';
import { bytes } from './engine.mjs';

/** The package, but for the chunk of the languages, which the test hands over. */
const bundle = buildSync({
  stdin: {
    contents: "export * from './index.js'; export { SignInWithXElement } from './element.js'",
    resolveDir: new URL('../../www/src', import.meta.url).pathname,
  },
  bundle: true,
  format: 'iife',
  globalName: 'signInWithX',
  target: 'es2022',
  write: false,
  logLevel: 'error',
  external: ['*/words.js'],
  define: { 'import.meta.url': '"https://app.example/sign-in-with-x/index.js"' },
});
const script = new vm.Script(String(bundle.outputFiles[0]?.text).replace('import("./words.js")', 'importWords()'));

class HTMLElement extends EventTarget {
  /** @type {any} */ shadowRoot = null;
  isConnected = true;
  /** @type {Record<string, string>} */ attributes = {};
  hasAttribute = (/** @type {string} */ name) => name in this.attributes;
  getAttributeNames = () => Object.keys(this.attributes);
  getAttribute = (/** @type {string} */ name) => this.attributes[name] ?? null;
}

/** A page of its own. @param {{ engine?: boolean, session?: Record<string, string> }} [shown] */
async function page({ engine = true, session = {} } = {}) {
  const browser = new Browser();
  const document = drawable();
  let asked = 0;
  /** @type {PromiseWithResolvers<any>} */ const chunk = /** @type {any} */ ({});
  chunk.promise = new Promise((resolve, reject) => Object.assign(chunk, { resolve, reject }));
  chunk.promise.catch(() => {});
  class Element extends HTMLElement {
    attachShadow() {
      this.shadowRoot = document.makeRoot();
      return this.shadowRoot;
    }
  }
  const importWords = () => {
    asked += 1;
    return chunk.promise;
  };
  const more = Object.fromEntries(Object.entries({ HTMLElement: Element, CustomEvent, importWords }).map(([name, value]) => [name, { value }]));
  const window = browser.window('https://app.example/desk', { more, session });
  Object.assign(window.document, { createElementNS: document.createElementNS });
  script.runInContext(window.globals);
  const library = vm.runInContext('signInWithX', window.globals);
  if (engine) await library.init({ wasm: bytes });
  return {
    browser, window, library, chunk, document,
    get asked() {
      return asked;
    },
    /** @param {Record<string, string>} attributes */
    element(attributes) {
      const element = /** @type {any} */ (new library.SignInWithXElement());
      element.attributes = { 'client-id': options.clientId, 'redirect-uri': options.redirectUri, ...attributes };
      element.heard = [];
      for (const name of ['sign-in', 'sign-in-error']) element.addEventListener(name, () => element.heard.push(name));
      element.connectedCallback();
      return element;
    },
    /** As browsers do. @param {any} element @param {string} name @param {string | null} value */
    change(element, name, value) {
      if (value === null) delete element.attributes[name];
      else element.attributes[name] = value;
      element.attributeChangedCallback(name);
    },
  };
}

describe('F13: the first words of an element', () => {
  for (const locale of ['', 'en', 'en-GB', 'EN']) {
    test(`F13: "${locale}" is English, and loads nothing`, async () => {
      const { browser, element, ...rest } = await page();
      const made = element({ locale });
      await browser.pass();
      assert.equal(shown(made.shadowRoot), locale ? 'Sign in with X | en | ltr' : 'Sign in with X |  | ');
      assert.equal(rest.asked, 0);
    });
  }

  test('F13: nothing is shown before its words are there, and English never', async () => {
    const here = await page();
    const made = here.element({ locale: 'fr' });
    await here.browser.pass(2900);
    assert.equal(made.shadowRoot, null, 'what is between the tags is seen');
    here.chunk.resolve(words);
    await here.browser.pass();
    assert.equal(shown(made.shadowRoot), 'Se connecter avec X | fr | ltr');
    await here.browser.pass(10_000);
    assert.ok(!here.document.said.includes('Sign in with X'), String(here.document.said));
  });

  test('F13: they are asked for beside the engine, once for all elements', async () => {
    const here = await page({ engine: false });
    here.browser.engine = () => new Promise(() => {});
    for (const locale of ['fr', 'de', 'auto']) here.element({ locale });
    assert.equal(here.asked, 1);
  });

  test('F13: the language that it has when they come counts, not the one they were asked for', async () => {
    const here = await page();
    const made = here.element({ locale: 'fr' });
    await here.browser.pass();
    here.change(made, 'locale', 'de');
    here.chunk.resolve(words);
    await here.browser.pass();
    assert.equal(shown(made.shadowRoot), 'Mit X anmelden | de | ltr');
  });

  test('F13 D8: a sign-in that comes back does not wait for them', async () => {
    const first = new Browser();
    const host = await first.host();
    ending(host.client({ flow: 'redirect' }).signIn());
    const callback = first.callback(host, 'code=abc');
    await first.pass();
    assert.ok(callback.session[NOTE]);
    const here = await page({ session: { ...callback.session } });
    const made = here.element({ locale: 'fr' });
    await here.browser.pass(100);
    assert.deepEqual([made.heard, made.shadowRoot], [['sign-in'], null]);
  });
});

describe('F13: words that do not come', () => {
  test('F13: a file that cannot be loaded is English, marked as that, and nothing is thrown', async (t) => {
    /** @type {unknown[]} */ const thrown = [];
    const note = (/** @type {unknown} */ reason) => thrown.push(reason);
    process.on('unhandledRejection', note);
    t.after(() => process.off('unhandledRejection', note));
    const here = await page();
    const made = ['fr', 'auto', 'ar'].map((locale) => here.element({ locale }));
    here.chunk.reject(new TypeError('Failed to fetch dynamically imported module'));
    await here.browser.pass();
    for (const element of made) assert.equal(shown(element.shadowRoot), 'Sign in with X | en | ltr');
    here.change(made[0], 'text', 'continue_with');
    assert.equal(shown(made[0].shadowRoot), 'Continue with X | en | ltr');
    await here.browser.pass(10_000);
    assert.deepEqual([thrown, made[0].heard, here.asked], [[], [], 1]);
  });

  test('F13: one that takes too long is not waited for; should it come after all, the button speaks it', async () => {
    const here = await page();
    const made = here.element({ locale: 'fr' });
    await here.browser.pass(3000);
    assert.equal(shown(made.shadowRoot), 'Sign in with X | en | ltr');
    // One that comes now does not wait either, and is no worse off.
    const later = here.element({ locale: 'de' });
    await here.browser.pass();
    assert.equal(shown(later.shadowRoot), 'Sign in with X | en | ltr');
    here.chunk.resolve(words);
    await here.browser.pass();
    assert.equal(shown(made.shadowRoot), 'Se connecter avec X | fr | ltr');
    assert.equal(shown(later.shadowRoot), 'Mit X anmelden | de | ltr');
  });

  test('F13: the host’s own words need no file, and are in the language that it names', async () => {
    const here = await page();
    const made = here.element({ locale: 'eo', label: 'Ensaluti per X' });
    here.chunk.reject(new Error('gone'));
    await here.browser.pass();
    assert.equal(shown(made.shadowRoot), 'Ensaluti per X | eo | ');
  });
});

describe('F13: a change of language', () => {
  test('F13: what is shown stays until the new words are there', async () => {
    const here = await page();
    const made = here.element({});
    await here.browser.pass();
    here.change(made, 'locale', 'ar');
    assert.match(String(shown(made.shadowRoot)), /^Sign in with X/);
    here.chunk.resolve(words);
    await here.browser.pass();
    assert.equal(shown(made.shadowRoot), 'تسجيل الدخول باستخدام \u2068X\u2069 | ar | rtl');
    here.change(made, 'locale', 'he');
    assert.equal(shown(made.shadowRoot), 'כניסה באמצעות \u2068X\u2069 | he | rtl', 'at once, from now on');
    here.change(made, 'locale', null);
    assert.equal(shown(made.shadowRoot), 'Sign in with X |  | ', 'and back as it was');
  });

  test('F13: one that was taken back before its words came does not win', async () => {
    const here = await page();
    const made = here.element({});
    await here.browser.pass();
    for (const locale of ['fr', 'ja', null]) here.change(made, 'locale', locale);
    here.chunk.resolve(words);
    await here.browser.pass(10_000);
    assert.deepEqual([...new Set(here.document.said)].filter((text) => text.includes('X') && !text.includes('X’s')), ['Sign in with X']);
  });

  test('F13 F7: what is going on is said meanwhile', async () => {
    const here = await page();
    const made = here.element({});
    await here.browser.pass();
    here.change(made, 'locale', 'fr');
    made.signIn();
    await here.browser.pass();
    assert.ok(here.document.said.includes('Waiting for X'));
  });
});

describe('F13: renderButton', () => {
  /** @param {object} configured @param {object} looks */
  async function rendered(configured, looks) {
    const here = await page();
    const root = here.document.makeRoot();
    here.window.document.createElement = /** @type {any} */ (() => ({ attachShadow: () => root, remove() {} }));
    const button = here.library.createSignIn({ ...options, ...configured }).renderButton({ append() {} }, looks);
    return { ...here, root, button };
  }

  for (const [configured, looks, expected] of /** @type {[object, object, string][]} */ ([
    [{}, {}, 'Sign in with X |  | '],
    [{ locale: 'de' }, {}, 'Mit X anmelden | de | ltr'],
    [{ locale: 'de' }, { locale: 'fr', text: 'continue_with' }, 'Continuer avec X | fr | ltr'],
    [{ locale: 'de' }, { locale: 'en' }, 'Sign in with X | en | ltr'],
    [{ locale: 'de' }, { label: 'Los!' }, 'Los! | de | ltr'],
    [{ locale: 'tlh' }, {}, 'Sign in with X | en | ltr'],
    [{ locale: 5 }, { locale: null }, 'Sign in with X |  | '],
  ])) {
    test(`F13: ${JSON.stringify([configured, looks])} is ${expected}`, async () => {
      const { browser, chunk, root, document } = await rendered(configured, looks);
      await browser.pass();
      chunk.resolve(words);
      await browser.pass();
      assert.equal(shown(root), expected);
      if (!expected.startsWith('Sign')) assert.ok(!document.said.includes('Sign in with X'));
    });
  }

  test('F13: an update changes the language; a button that was removed is left alone', async () => {
    const { browser, chunk, root, button } = await rendered({ locale: 'de' }, {});
    chunk.resolve(words);
    await browser.pass();
    button.update({ locale: 'it' });
    assert.equal(shown(root), 'Accedi con X | it | ltr');
    button.update({ locale: undefined, phrases: { waiting: 'Warte auf X' } });
    assert.equal(shown(root), 'Mit X anmelden | de | ltr');
    button.remove();
    button.update({ locale: 'fr' });
    assert.equal(shown(root), 'Mit X anmelden | de | ltr');
  });
});
