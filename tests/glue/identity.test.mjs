// Who is signed in, in the button's place; how that looks is for real browsers.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Browser, options, user } from './fake/browser.mjs';
import { drawnRoot, FakeNode } from './fake/shadow.mjs';

const picture = 'https://pbs.twimg.com/profile_images/1/a_normal.jpg';
const ada = { user: { ...user, profileImageUrl: picture }, scopes: ['users.read'] };

class HTMLElement extends EventTarget {
  /** @type {any} */ shadowRoot = null;
  isConnected = true;
  /** @type {Record<string, string>} */ attributes = {};
  /** @type {string[]} */ heard = [];
  constructor() {
    super();
    for (const name of ['sign-in', 'sign-in-error', 'sign-in-cancel', 'sign-out']) {
      this.addEventListener(name, (event) => {
        const { detail, bubbles, composed } = /** @type {CustomEvent} */ (event);
        this.heard.push([name, detail?.user?.username ?? detail?.code, bubbles && composed ? '' : 'stays'].filter(Boolean).join(' '));
      });
    }
  }
  hasAttribute = (/** @type {string} */ name) => name in this.attributes;
  getAttributeNames = () => Object.keys(this.attributes);
  getAttribute = (/** @type {string} */ name) => this.attributes[name] ?? null;
  attachShadow() {
    this.shadowRoot = drawnRoot();
    return this.shadowRoot;
  }
}

/** Loads what it is told to. */
class Image extends FakeNode {
  /** @type {Image[]} */ static all = [];
  /** @type {() => void} */ onload = () => {};
  src = '';
  constructor() {
    super('img');
    Image.all.push(this);
  }
}

/**
 * A page with one element, and what its backend answers.
 * @param {{ attributes?: Record<string, string>, session?: unknown, answers?: Record<string, (asked: any) => any>, address?: string }} [given]
 */
async function shown({ attributes = {}, session, answers = {}, address } = {}) {
  const browser = new Browser();
  const asked = /** @type {string[]} */ ([]);
  const answer = browser.answer.bind(browser);
  browser.answer = (url, init) => {
    const { pathname } = new URL(url, options.redirectUri);
    if (pathname.endsWith('.wasm')) return answer(url, init);
    asked.push(`${init.method ?? 'GET'} ${pathname}`);
    return answers[pathname]?.(init) ?? answer(url, init);
  };
  Image.all.length = 0;
  const page = await browser.host({ more: { HTMLElement: { value: HTMLElement }, CustomEvent: { value: CustomEvent }, Image: { value: Image } }, ...(address && { address }) });
  page.document.createElement = /** @type {any} */ ((/** @type {string} */ tag) => new FakeNode(tag));
  const element = /** @type {any} */ (new page.library.SignInWithXElement());
  element.attributes = { 'client-id': options.clientId, 'redirect-uri': options.redirectUri, ...attributes };
  if (session) element.session = session;
  element.connectedCallback();
  await browser.pass(100);
  const part = (/** @type {string} */ name) => element.shadowRoot.querySelector(`[part=${name}]`);
  return {
    browser, page, element, asked, part,
    status: () => element.shadowRoot.querySelector('[role=status]').textContent,
    /** What stands where the button stood. */
    seen: () => (part('button').hidden ? '' : 'button ') + ['name', 'handle'].map((name) => part(name)?.textContent ?? '').join(' ').trim(),
    async signIn(username = 'ada') {
      browser.backend = () => Response.json({ user: { ...user, username }, scopes: ['users.read'] });
      element.signIn();
      browser.callback(page.opened.at(-1), 'code=abc');
      await browser.pass(1000);
    },
    async signOut() {
      part('sign-out').click();
      await browser.pass(1000);
    },
  };
}

/** @param {'cancel' | 'retry'} value of the control */
function press(value) {
  const event = new Event('click');
  event.composedPath = () => /** @type {any} */ ([{ closest: () => ({ value }) }]);
  return event;
}

const SIGNED_OUT = { '/auth/x/signout': () => new Response(null, { status: 204 }) };

describe('F8: who is signed in', () => {
  test('F8: after a sign-in handle, picture, mark and the way out stand in the button’s place', async () => {
    const { seen, part, signIn, element } = await shown();
    assert.equal(seen(), 'button ');
    await signIn();
    assert.equal(seen(), 'Ada @ada');
    assert.ok(part('avatar') && part('identity').querySelector('[part=mark]'));
    assert.equal(part('sign-out').textContent, 'Sign out');
    assert.equal(part('sign-out').attributes.type, 'button');
    assert.deepEqual({ ...element.session }, { user: element.session.user, scopes: element.session.scopes });
    assert.equal(element.session.user.username, 'ada');
  });

  test('F8: with identity="none" the button stays, and the element knows all the same', async () => {
    const { seen, signIn, element } = await shown({ attributes: { identity: 'none' } });
    await signIn();
    assert.equal(seen(), 'button ');
    assert.equal(element.session.user.username, 'ada');
    element.attributes = { ...element.attributes, identity: 'chip' };
    element.attributeChangedCallback('identity');
    await null;
    await new Promise(setImmediate);
    assert.equal(seen(), 'Ada @ada');
  });

  test('F8: a backend that names nobody leaves the button', async () => {
    const { browser, page, element, seen } = await shown();
    browser.backend = () => Response.json({ scopes: ['users.read'] });
    element.signIn();
    browser.callback(page.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([seen(), element.session, element.heard], ['button ', null, ['sign-in']]);
  });

  test('F8: a second sign-in replaces the first', async () => {
    const { seen, signIn, element } = await shown();
    await signIn('ada');
    await signIn('grace');
    assert.equal(seen(), 'Ada @grace');
    assert.equal(element.shadowRoot.children.filter((/** @type {FakeNode} */ { attributes }) => attributes.part === 'identity').length, 1);
  });

  test('F8: the page may say who it is, before the engine is there and after, and that it is nobody', async () => {
    const { seen, element, browser, asked } = await shown({ session: ada });
    assert.equal(seen(), 'Ada @ada');
    element.session = null;
    await browser.pass();
    assert.equal(seen(), 'button ');
    element.session = { ...ada, user: { ...ada.user, username: 'grace' } };
    await browser.pass();
    assert.equal(seen(), 'Ada @grace');
    for (const nobody of [undefined, {}, { user: null }]) {
      element.session = nobody;
      await browser.pass();
      assert.deepEqual([seen(), element.session], ['button ', null]);
    }
    assert.deepEqual([asked, element.heard], [[], []]);
  });

  test('F7 F8: the keyboard goes from the button to the chip, and back', async () => {
    const { element, part, signIn, signOut, status } = await shown({ answers: SIGNED_OUT });
    part('button').focus();
    await signIn();
    assert.equal(element.shadowRoot.activeElement, part('identity'));
    part('sign-out').focus();
    await signOut();
    assert.equal(element.shadowRoot.activeElement, part('button'));
    assert.equal(status(), 'Signed out');
  });

  test('F7 F8: a keyboard that is elsewhere stays there', async () => {
    const { element, signIn, signOut } = await shown({ answers: SIGNED_OUT });
    await signIn();
    assert.equal(element.shadowRoot.activeElement, null);
    await signOut();
    assert.equal(element.shadowRoot.activeElement, null);
  });

  test('F13 F8: the host’s own words, and English marked as that', async () => {
    const { element, part, browser } = await shown({ session: ada });
    assert.equal(part('sign-out').lang, 'en');
    element.phrases = { signOut: 'Abmelden' };
    await browser.pass();
    assert.deepEqual([part('sign-out').textContent, part('sign-out').lang], ['Abmelden', undefined]);
  });
});

describe('F8: signing out', () => {
  test('F8: the backend is asked once, the button comes back, and the event bubbles and is composed', async () => {
    const { element, asked, part, seen, signIn, signOut } = await shown({ answers: SIGNED_OUT });
    await signIn();
    asked.length = 0;
    part('sign-out').click();
    await signOut();
    assert.deepEqual([asked, seen(), element.session, element.state], [['POST /auth/x/signout'], 'button ', null, 'idle']);
    assert.deepEqual(element.heard, ['sign-in ada', 'sign-out']);
    await signIn('grace');
    assert.equal(seen(), 'Ada @grace');
  });

  test('F8: a host that says again who it is leaves the chip as it is, and a sign-out under way is one', async () => {
    /** @type {(response: Response) => void} */ let answer = () => {};
    const { browser, element, asked, part, seen } = await shown({ session: ada, answers: { '/auth/x/signout': () => new Promise((resolve) => (answer = resolve)) } });
    const before = part('identity');
    element.session = structuredClone(ada);
    await browser.pass(10);
    assert.equal(part('identity'), before);
    part('sign-out').click();
    element.session = { ...ada, user: { ...ada.user, name: 'Ada L.' } };
    await browser.pass(10);
    assert.notEqual(part('identity'), before);
    part('sign-out').click();
    await browser.pass(10);
    assert.deepEqual(asked.filter((line) => line.startsWith('POST')), ['POST /auth/x/signout']);
    answer(new Response(null, { status: 204 }));
    await browser.pass(10);
    // The page named somebody in the meantime, and knows better.
    assert.equal(seen(), 'Ada L. @ada');
  });

  test('F8: a name that is missing is no name, and nobody without a handle is somebody', async () => {
    const { browser, element, seen } = await shown({ session: { ...ada, user: { ...ada.user, name: null } } });
    assert.equal(seen(), '@ada');
    element.session = { ...ada, user: { id: '1' } };
    await browser.pass(10);
    assert.equal(seen(), 'button ');
  });

  test('F8: the button is back when the host hears of it', async () => {
    const { element, seen, signOut } = await shown({ session: ada, answers: SIGNED_OUT });
    const then = /** @type {string[]} */ ([]);
    element.addEventListener('sign-out', () => then.push(seen()));
    await signOut();
    assert.deepEqual(then, ['button ']);
  });

  for (const [what, answer, code] of /** @type {[string, () => any, string][]} */ ([
    ['a backend that refuses', () => Response.json({ error: 'origin' }, { status: 403 }), 'exchange_failed'],
    ['a backend that cannot be reached', () => Promise.reject(new TypeError('offline')), 'network'],
  ])) {
    test(`F8 A22: ${what}: the chip stays, the error is told, and it can be tried again`, async () => {
      const answers = { '/auth/x/signout': answer };
      const { element, seen, signOut } = await shown({ session: ada, answers });
      await signOut();
      assert.deepEqual([seen(), element.heard], ['Ada @ada', [`sign-in-error ${code}`]]);
      answers['/auth/x/signout'] = SIGNED_OUT['/auth/x/signout'];
      await signOut();
      assert.deepEqual([seen(), element.heard.at(-1)], ['button ', 'sign-out']);
    });
  }
});

describe('F8: restore', () => {
  const restore = { restore: '' };
  const known = { '/auth/x/session': () => Response.json(ada) };

  test('F8: one question to the route beside the exchange, and no event', async () => {
    const { element, asked, seen, page } = await shown({ attributes: { ...restore, exchange: '/login/exchange' }, answers: { '/login/session': known['/auth/x/session'] } });
    for (const name of ['theme', 'restore']) element.attributeChangedCallback(name);
    await page.browser.pass(100);
    assert.deepEqual([asked, seen(), element.heard, element.state], [['GET /login/session'], 'Ada @ada', [], 'idle']);
  });

  test('F8: without the attribute nothing is asked; set later, it is', async () => {
    const { element, asked, seen, browser } = await shown({ answers: known });
    assert.deepEqual([asked, seen()], [[], 'button ']);
    element.attributes = { ...element.attributes, ...restore };
    element.attributeChangedCallback('restore');
    await browser.pass(100);
    assert.deepEqual([asked, seen()], [['GET /auth/x/session'], 'Ada @ada']);
  });

  test('F8: who is nobody is not asked for again when the looks change', async () => {
    const { element, asked, browser } = await shown({ attributes: restore, answers: { '/auth/x/session': () => new Response(null, { status: 204 }) } });
    element.attributeChangedCallback('theme');
    await browser.pass(100);
    assert.deepEqual(asked, ['GET /auth/x/session']);
  });

  for (const [what, answer] of /** @type {[string, () => any][]} */ ([
    ['nobody', () => new Response(null, { status: 204 })],
    ['a failure', () => new Response('', { status: 500 })],
    ['no connection', () => Promise.reject(new TypeError('offline'))],
    ['a page of text', () => new Response('<!doctype html>')],
  ])) {
    test(`F8 A22: ${what} leaves the button, and no word is said`, async () => {
      const { element, seen } = await shown({ attributes: restore, answers: { '/auth/x/session': answer } });
      assert.deepEqual([seen(), element.heard], ['button ', []]);
    });
  }

  test('F8 A22: nor of an address that is none', async () => {
    const { element, seen } = await shown({ attributes: { ...restore, exchange: 'https://:0' } });
    assert.deepEqual([seen(), element.heard.filter((/** @type {string} */ line) => !line.includes('invalid_config'))], ['button ', []]);
  });

  test('F8: what the page says in the meantime counts', async () => {
    /** @type {(response: Response) => void} */ let answer = () => {};
    const { element, seen, browser } = await shown({ attributes: restore, answers: { '/auth/x/session': () => new Promise((resolve) => { answer = resolve; }) } });
    element.session = null;
    answer(Response.json(ada));
    await browser.pass(100);
    assert.equal(seen(), 'button ');
  });

  test('F8: an answer to somebody who is signing in is not shown', async () => {
    /** @type {(response: Response) => void} */ let answer = () => {};
    const { element, seen, browser } = await shown({ attributes: restore, answers: { '/auth/x/session': () => new Promise((resolve) => { answer = resolve; }) } });
    element.signIn();
    answer(Response.json(ada));
    await browser.pass(100);
    assert.deepEqual([seen(), element.state], ['button ', 'waiting']);
    element.dispatchEvent(press('cancel'));
    await browser.pass(100);
    assert.deepEqual([seen(), element.state, element.heard], ['Ada @ada', 'idle', ['sign-in-cancel']], 'but it is when they have not');
  });

  test('F8: nor is it when they have', async () => {
    /** @type {(response: Response) => void} */ let answer = () => {};
    const { element, seen, browser, page } = await shown({ attributes: restore, answers: { '/auth/x/session': () => new Promise((resolve) => { answer = resolve; }) } });
    browser.backend = () => Response.json({ user: { ...user, username: 'grace' }, scopes: ['users.read'] });
    element.signIn();
    answer(Response.json(ada));
    await browser.pass(100);
    browser.callback(page.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.equal(seen(), 'Ada @grace');
    element.signIn();
    element.dispatchEvent(press('cancel'));
    await browser.pass(100);
    assert.equal(seen(), 'Ada @grace');
  });
});

describe('F8: the picture', () => {
  /** @param {unknown} profileImageUrl @param {string} [address] */
  const asksFor = async (profileImageUrl, address) => {
    const { part } = await shown({ session: { ...ada, user: { ...user, profileImageUrl } }, ...(address && { address }) });
    assert.equal(part('avatar').textContent, 'A');
    return { asked: Image.all.map(({ src }) => src), part };
  };

  test('F8: it takes the initial’s place when it is there, and asks without a referrer', async () => {
    const { part } = await asksFor(picture);
    const [image] = /** @type {any[]} */ (Image.all);
    assert.deepEqual([image.src, image.alt, image.referrerPolicy], [picture, '', 'no-referrer']);
    image.onload();
    assert.deepEqual([part('avatar').children, part('avatar').textContent], [[image], '']);
  });

  for (const address of [
    'http://pbs.twimg.com/a.jpg', 'https://pbs.twimg.com:8443/a.jpg', 'https://pbs.twimg.com.evil.example/a.jpg', 'https://evil.example/pbs.twimg.com', '//pbs.twimg.com/a.jpg',
    'https://ada:secret@pbs.twimg.com/a.jpg', 'data:image/svg+xml,<svg/>', 'javascript:alert(1)', 'http://127.0.0.1/a.svg', 'a.jpg', '', undefined,
  ]) {
    test(`F8: nothing is loaded from ${address}`, async () => {
      assert.deepEqual((await asksFor(address)).asked, []);
    });
  }

  test('F8: what a page would read as a path of its own is X’s all the same', async () => {
    assert.deepEqual((await asksFor('https:pbs.twimg.com/../../auth/x/signout')).asked, ['https://pbs.twimg.com/auth/x/signout']);
  });

  test('F8: on this machine a simulator’s is', async () => {
    const address = 'http://localhost:4001/profile_images/1.svg';
    assert.deepEqual((await asksFor(address, 'http://127.0.0.1:3000/')).asked, [address]);
  });

  for (const [name, initial] of [['ada', 'A'], ['\u202E "ümit"', 'Ü'], ['🦉 owl', '🦉'], ['  ', 'A'], ['٣', '٣'], [undefined, 'A']]) {
    test(`F8: the initial of ${JSON.stringify(name)} is ${initial}`, async () => {
      const { part } = await shown({ session: { ...ada, user: { ...user, name } } });
      assert.equal(part('avatar').textContent, initial);
    });
  }
});

describe('F8: a button of renderButton', () => {
  test('F8: shows whoever has signed in by its client, also by the host’s own call, and nobody when told so', async () => {
    const browser = new Browser();
    const page = await browser.host();
    const root = Object.assign(drawnRoot(), { addEventListener() {} });
    const made = /** @type {any[]} */ ([{ attachShadow: () => root, remove() {} }]);
    page.document.createElement = /** @type {any} */ ((/** @type {string} */ tag) => made.shift() ?? new FakeNode(tag));
    const client = page.client();
    const button = client.renderButton(/** @type {any} */ ({ append() {} }));
    void client.signIn();
    browser.callback(page.opened[0], 'code=abc');
    await browser.pass(1000);
    const handle = () => /** @type {any} */ (root).querySelector('[part=handle]')?.textContent;
    assert.equal(handle(), '@ada');
    button.update({ session: null });
    await browser.pass(10);
    assert.equal(handle(), undefined);
  });
});
