// The click: a window at once, or one that is sent on, or none.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Browser, ending, stateOf } from './fake/browser.mjs';
import { compilesLater } from './fake/compiling.mjs';

const authorize = /^https:\/\/x\.com\/i\/oauth2\/authorize\?response_type=code&/;

describe('a popup', () => {
  test('D1: it opens on its final address before signIn returns', async () => {
    const host = await new Browser().host();
    const result = host.client().signIn();
    assert.match(host.did('open')[0]?.[0], authorize);
    assert.equal(typeof result.then, 'function');
    // The window starts with a copy of the record.
    const [popup] = host.opened;
    assert.ok(popup?.session[`sign-in-with-x:${stateOf(popup)}`]);
  });

  test('D1: of two quick clicks one opens a window, however long that takes', async () => {
    const browser = new Browser();
    const host = await browser.host();
    host.opens = (handle) => {
      browser.clock.time += 1500;
      return handle;
    };
    const client = host.client();
    const [first, second] = [client.signIn(), client.signIn()];
    assert.equal(host.opened.length, 1);
    assert.equal(first, second);
  });

  test('D1 D11: nothing hurries the person: the wait is ten minutes', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client().signIn());
    await browser.pass(599_000);
    assert.equal(end.said, 'waits');
    await browser.pass(1_500);
    assert.equal(end.said, 'timeout');
  });

  for (const [what, opens] of /** @type {const} */ ([
    ['null', () => null],
    ['undefined', () => undefined],
    ['an exception', () => { throw new Error('no'); }],
    ['a window that is closed already', (/** @type {any} */ handle) => ({ ...handle, closed: true })],
  ])) {
    test(`D3: window.open gives ${what}: a redirect, or with flow popup a typed error`, async () => {
      const browser = new Browser();
      const host = await browser.host();
      host.opens = opens;
      const auto = ending(host.client().signIn());
      await browser.pass(1000);
      assert.equal(auto.said, 'waits');
      assert.match(host.did('leave')[0]?.[0], authorize);
      // The redirect's record is there, the popup's is not.
      const records = Object.values(host.session).map((text) => new URLSearchParams(String(text)).get('flow'));
      assert.deepEqual(records, ['redirect']);
      assert.notEqual(stateOf(host), new URL(host.did('open')[0]?.[0]).searchParams.get('state'), 'an attempt of its own');

      const strict = await browser.host();
      strict.opens = opens;
      const popup = ending(strict.client({ flow: 'popup' }).signIn());
      await browser.pass();
      assert.equal(popup.said, 'popup_blocked');
      assert.deepEqual([strict.did('leave'), { ...strict.session }], [[], {}]);
      assert.equal(browser.channels.open.size, 0);
    });
  }
});

/** A window around another. @param {string} origin @param {any} [outer] */
function around(origin, outer) {
  /** @type {any} */ const window = { location: { origin } };
  window.top = outer?.top ?? window;
  window.parent = outer ?? window;
  return window;
}

test('D9: a window to which the browser gave no copy of the record gets it by hand', async () => {
  const host = await new Browser().host();
  host.opens = (handle) => {
    for (const key of Object.keys(handle.session)) delete handle.session[key];
    return handle;
  };
  ending(host.client().signIn());
  const [popup] = host.opened;
  const key = `sign-in-with-x:${stateOf(popup)}`;
  assert.ok(host.session[key]);
  assert.equal(popup?.session[key], host.session[key]);
});

describe('before the engine is there', () => {
  /** A host whose engine comes when told. @param {any} [shown] */
  async function early(shown) {
    const browser = new Browser();
    const host = await browser.host({ loaded: false, ...shown });
    const { compile, refuse } = compilesLater(host);
    /** Compiling takes a moment of real time; everything before and after it is a matter of turns. @param {Error} [reason] why it fails */
    const loads = async (reason) => {
      const loading = host.library.init().catch(() => {});
      if (reason) refuse(reason);
      else compile();
      await loading;
      await host.library.whole();
      for (let turn = 0; turn < 20; turn++) await browser.pass();
    };
    return { browser, host, loads };
  }

  test('D2: an empty window opens in the click, and is sent on', async () => {
    const { host, loads } = await early();
    ending(host.client().signIn());
    assert.deepEqual(host.did('open'), [['']]);
    const [popup] = host.opened;
    assert.equal(popup?.document.body?.textContent, '…');
    await loads();
    assert.match(popup?.url ?? '', authorize);
    assert.deepEqual([host.did('open').length, popup?.wasClosed], [1, false]);
  });

  test('D2 A7 A14: it gets the record by hand, so that its callback page exchanges by itself', async () => {
    const { host, loads, browser } = await early();
    const end = ending(host.client().signIn());
    const [popup] = host.opened;
    assert.deepEqual({ ...popup?.session }, {});
    await loads();
    const key = `sign-in-with-x:${stateOf(popup)}`;
    assert.ok(popup?.session[key]);
    assert.equal(popup?.session[key], host.session[key]);
    const page = browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.deepEqual([browser.exchanges.length, page.did('fetch').length], [1, 1]);
    assert.ok(!host.did('fetch').some(([url]) => /exchange/.test(url)));
  });

  test('D2 D10: a window that takes no record tells this page what it brings', async () => {
    const { host, loads, browser } = await early();
    host.opens = (handle) => Object.defineProperty(handle, 'sessionStorage', { get: () => { throw new DOMException('', 'SecurityError'); } });
    const end = ending(host.client().signIn());
    await loads();
    const [popup] = host.opened;
    assert.match(popup?.url ?? '', authorize);
    const page = browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.deepEqual([browser.exchanges.length, page.did('fetch').length], [1, 0]);
  });

  test('D2: an empty window without a body is sent on as well', async () => {
    const { host, loads } = await early();
    host.opens = (handle) => Object.assign(handle, { document: { body: null } });
    const end = ending(host.client().signIn());
    await loads();
    assert.deepEqual([end.said, host.opened[0]?.wasClosed], ['waits', false]);
    assert.match(host.opened[0]?.url ?? '', authorize);
  });

  test('D2 E1: without WebAssembly it is sent on as well, by the translation', async () => {
    const { host, loads, browser } = await early();
    const end = ending(host.client().signIn());
    await loads(new WebAssembly.CompileError('refused'));
    const [popup] = host.opened;
    assert.match(popup?.url ?? '', authorize);
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([end.said, host.opened.length, browser.exchanges.length], ['ok ada', 1, 1]);
  });

  test('D2: the engine cannot be loaded: the window closes, and the error says so', async () => {
    const { host, loads } = await early();
    host.library.init({ fallback: 'never' }).catch(() => {});
    const end = ending(host.client().signIn());
    await loads(new WebAssembly.CompileError('refused'));
    assert.equal(end.said, 'wasm_unavailable');
    assert.equal(host.opened[0]?.wasClosed, true);
  });

  for (const [what, stop] of /** @type {const} */ ([
    ['cancelled', (/** @type {any} */ client) => client.cancel()],
    ['destroyed', (/** @type {any} */ client) => client.destroy()],
    ['aborted', (/** @type {any} */ _, /** @type {AbortController} */ controller) => controller.abort()],
  ])) {
    test(`D2: ${what} meanwhile: the window closes, and nothing is begun`, async () => {
      const { host, loads, browser } = await early();
      const [client, controller] = [host.client(), new AbortController()];
      const end = ending(client.signIn({ signal: controller.signal }));
      stop(client, controller);
      await browser.pass();
      assert.equal(end.said, 'cancelled');
      assert.equal(host.opened[0]?.wasClosed, true, 'at once');
      await loads();
      assert.equal(host.opened[0]?.wasClosed, true);
      assert.equal(host.opened[0]?.url, '');
      assert.deepEqual({ ...host.session }, {});
    });
  }

  test('D2: options that turn out wrong leave no window behind', async () => {
    const { host, loads } = await early();
    const end = ending(host.client({ clientId: '' }).signIn());
    await loads();
    assert.equal(end.said, 'invalid_config client_id');
    assert.equal(host.opened[0]?.wasClosed, true);
  });

  test('D2 D6: where the engine would rather redirect, no empty window stays', async () => {
    const { host, loads } = await early();
    host.userAgent = 'Mozilla/5.0 (iPhone) Mobile/15E148 Instagram 300.0';
    ending(host.client().signIn());
    await loads();
    assert.match(host.did('leave')[0]?.[0], authorize);
    assert.ok(host.opened.every((popup) => popup.wasClosed));
  });

  test('D2: a window that the person closes meanwhile is their no, and not a blocked one', async () => {
    const { host, loads } = await early();
    const end = ending(host.client().signIn());
    Object.assign(host.opened[0] ?? {}, { closed: true });
    await loads();
    assert.deepEqual([end.said, host.did('leave')], ['cancelled', []]);
  });

  test('D2 D3: an empty window that is blocked becomes a redirect, or a typed error', async () => {
    for (const flow of ['auto', 'popup']) {
      const { host, loads } = await early();
      host.opens = () => null;
      const end = ending(host.client({ flow }).signIn());
      await loads();
      assert.deepEqual([end.said, host.did('leave').length, host.did('open').length], flow === 'auto' ? ['waits', 1, 1] : ['popup_blocked', 0, 1]);
    }
  });

  test('D2 C6: in a frame of this origin an empty window opens, also for a finger', async () => {
    const { host, loads } = await early({ around: around('https://app.example') });
    host.media = ['(pointer: coarse)'];
    ending(host.client().signIn());
    assert.deepEqual(host.did('open'), [['']]);
    await loads();
    assert.match(host.opened[0]?.url ?? '', authorize);
  });

  test('D2 C6: in a frame of another origin none opens', async () => {
    const { host, loads } = await early({ around: around('https://other.example') });
    const end = ending(host.client({ flow: 'popup' }).signIn());
    await loads();
    assert.equal(end.said, 'embedded_unsupported');
    assert.deepEqual(host.did('open'), []);
  });

  for (const [what, shown] of /** @type {const} */ ([['flow redirect', { flow: 'redirect' }], ['touch', {}]])) {
    test(`D2 D6: ${what}: no window at all`, async () => {
      const { host, loads } = await early();
      if (what === 'touch') host.media = ['(pointer: coarse)'];
      ending(host.client(shown).signIn());
      await loads();
      assert.deepEqual(host.did('open'), []);
      assert.match(host.did('leave')[0]?.[0], authorize);
    });
  }
});

describe('where the page is shown', () => {
  test('D6: a finger, an installed app and an app’s browser get a redirect, unless the host wants a popup', async () => {
    for (const show of /** @type {((host: any) => void)[]} */ ([
      (host) => (host.media = ['(pointer: coarse)']),
      (host) => (host.media = ['(display-mode: standalone)']),
      (host) => (host.globals.navigator.standalone = true),
      (host) => (host.userAgent = 'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) Chrome/140'),
    ])) {
      const host = await new Browser().host();
      show(host);
      ending(host.client().signIn());
      assert.deepEqual([host.did('open').length, host.did('leave').length], [0, 1], String(show));
      const wants = await new Browser().host();
      show(wants);
      ending(wants.client({ flow: 'popup' }).signIn());
      assert.deepEqual([wants.did('open').length, wants.did('leave').length], [1, 0], String(show));
    }
  });

  const stranger = () => {
    const window = around('');
    Object.defineProperty(window, 'location', { get: () => { throw new DOMException('', 'SecurityError'); } });
    return window;
  };

  for (const [what, shown] of /** @type {[string, any][]} */ ([
    ['of another origin', { around: stranger() }],
    ['of this origin inside another', { around: around('https://app.example', stranger()) }],
    ['in a sandbox of its own', { more: { origin: { value: 'null' } } }],
  ])) {
    test(`C6: a frame ${what} gets a typed error at once, and no window`, async () => {
      for (const flow of ['auto', 'popup', 'redirect']) {
        const browser = new Browser();
        const host = await browser.host(shown);
        const end = ending(host.client({ flow }).signIn());
        await browser.pass();
        assert.equal(end.said, 'embedded_unsupported', flow);
        assert.deepEqual([host.did('open'), host.did('leave'), { ...host.session }], [[], [], {}]);
      }
    });
  }

  test('C6: a frame of this origin in this origin’s page signs in by a popup, never by a redirect', async () => {
    const browser = new Browser();
    const host = await browser.host({ around: around('https://app.example') });
    const end = ending(host.client().signIn());
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    const redirect = ending(host.client({ flow: 'redirect' }).signIn());
    await browser.pass();
    assert.equal(redirect.said, 'embedded_unsupported');
  });

  test('C7: a frame that may not open windows gets a typed error at once', async () => {
    for (const flow of ['auto', 'popup']) {
      const browser = new Browser();
      const host = await browser.host({ around: around('https://app.example') });
      host.opens = () => null;
      const end = ending(host.client({ flow }).signIn());
      await browser.pass();
      assert.equal(end.said, 'popup_blocked', flow);
      assert.deepEqual(host.did('leave'), []);
    }
  });
});
