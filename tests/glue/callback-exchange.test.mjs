// The callback page while it exchanges: once, whatever the person does meanwhile.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Browser, ending, NOTE, PREFIX, stateOf } from './fake/browser.mjs';

/** A sign-in whose callback page exchanges, and a backend that takes its time. @param {'popup' | 'redirect'} flow */
async function exchanging(flow) {
  const browser = new Browser();
  const host = await browser.host();
  const end = ending(host.client({ flow }).signIn());
  await browser.pass();
  const from = flow === 'popup' ? host.opened[0] : host;
  /** @type {(response: Response) => void} */ let answer = () => {};
  browser.backend = () => new Promise((resolve) => (answer = resolve));
  const page = browser.callback(from, 'code=abc');
  await browser.pass();
  return { browser, host, end, from, page, key: PREFIX + stateOf(from), answer: () => answer(Response.json({ user: { id: '1', username: 'ada' } })) };
}

for (const flow of /** @type {const} */ (['popup', 'redirect'])) {
  describe(`by ${flow}`, () => {
    test('A7: a reload during the exchange says so, and exchanges nothing', async () => {
      const { browser, page, end, from, key, answer } = await exchanging(flow);
      assert.equal(page.session[key], 'used', 'neither code nor verifier is left');
      page.unload();
      const again = browser.callback({ url: from.url ?? from.did('leave')[0][0], session: page.session }, 'code=abc');
      await browser.pass(10_000);
      assert.equal(again.place.dataset.code, 'already_used');
      assert.match(again.place.children[0].textContent, /used already/);
      assert.deepEqual([browser.exchanges.length, again.did('leave'), again.did('close')], [1, [], []]);
      // How it ended is lost, and the page that waits is told so.
      assert.equal(end.said, flow === 'popup' ? 'already_used' : 'waits');
      for (const [, message] of again.did('postMessage')) assert.match(message, /[?&]created_at=\d{13}&/);
      answer();
    });

    test('B8: afterwards nothing of the attempt is left', async () => {
      const { browser, page, end, key, answer } = await exchanging(flow);
      answer();
      await browser.pass(1000);
      assert.equal(page.session[key], undefined);
      assert.deepEqual(Object.keys(page.session), flow === 'popup' ? [] : [NOTE]);
      assert.equal(end.said, flow === 'popup' ? 'ok ada' : 'waits');
    });

    test('B8: what a page left that was closed during the exchange is swept out by the next sign-in', async () => {
      const { browser, page, key } = await exchanging(flow);
      page.unload();
      const next = await browser.host({ session: { ...page.session } });
      ending(next.client().signIn());
      assert.equal(next.session[key], undefined);
    });

    test('A22: a backend that refuses, or cannot be reached, is told', async () => {
      for (const [backend, code, error] of /** @type {[() => Response, string, string | null][]} */ ([
        [() => Response.json({ error: 'invalid_grant', hint: 'late' }, { status: 400 }), 'exchange_failed', 'invalid_grant'],
        [() => { throw new TypeError('offline'); }, 'network', null],
      ])) {
        const browser = new Browser();
        browser.backend = backend;
        const host = await browser.host();
        const end = ending(host.client({ flow }).signIn());
        await browser.pass();
        const page = browser.callback(flow === 'popup' ? host.opened[0] : host, 'code=abc');
        await browser.pass(1000);
        if (flow === 'popup') assert.equal(end.said, [code, error].filter(Boolean).join(' '));
        else assert.deepEqual(['code', 'error'].map((name) => new URLSearchParams(page.session[NOTE]).get(name)), [code, error]);
      }
    });
  });
}

test('A7: the popup exchanges, and not the page that waits as well', async () => {
  const { browser, host, end, page, answer } = await exchanging('popup');
  answer();
  await browser.pass(1000);
  assert.equal(end.said, 'ok ada');
  assert.deepEqual([page.did('fetch').length, host.did('fetch').length], [1, 0]);
  // Where the person lands was settled when they left.
  assert.equal(end.result.returnTo, '/desk?tab=2');
});

describe('A7: one code in two windows', () => {
  /** Another window of the same browser, without the record. @param {Browser} browser @param {any} popup @param {any} [shown] */
  const anotherWindow = (browser, popup, shown) => browser.callback(popup, 'code=abc', { session: {}, ...shown });

  test('A7: the other window first: the page that waits exchanges, and the popup exchanges nothing', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client().signIn());
    const [popup] = host.opened;
    const other = anotherWindow(browser, popup);
    await browser.pass(500);
    const page = browser.callback(popup, 'code=abc');
    await browser.pass(5000);
    assert.deepEqual([end.said, browser.exchanges.length], ['ok ada', 1]);
    assert.deepEqual([other.did('close'), page.did('close'), page.did('fetch'), page.did('leave')], [[[]], [[]], [], []]);
    assert.deepEqual({ ...page.session }, {}, 'B8');
    assert.match(page.place.children[0].textContent, /close this window/);
  });

  test('A7: the other window while the popup exchanges: it says so, and the page that waits exchanges nothing', async () => {
    const { browser, end, from, answer } = await exchanging('popup');
    const other = anotherWindow(browser, from);
    await browser.pass(2000);
    assert.deepEqual([end.said, browser.exchanges.length, other.place.dataset.code], ['waits', 1, 'already_used']);
    answer();
    await browser.pass(1000);
    assert.deepEqual([end.said, browser.exchanges.length], ['ok ada', 1]);
  });

  test('A7: both at the same time', async () => {
    for (const first of ['popup', 'other']) {
      const browser = new Browser();
      const host = await browser.host();
      const end = ending(host.client().signIn());
      const [popup] = host.opened;
      if (first === 'popup') browser.callback(popup, 'code=abc');
      anotherWindow(browser, popup);
      if (first === 'other') browser.callback(popup, 'code=abc');
      await browser.pass(5000);
      assert.deepEqual([end.said, browser.exchanges.length], ['ok ada', 1], first);
    }
  });

  test('A7: two windows with the record, by redirect: one exchanges, the other says that it was used', async () => {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client({ flow: 'redirect' }).signIn());
    await browser.pass();
    const pages = [browser.callback(host, 'code=abc'), browser.callback(host, 'code=abc')];
    await browser.pass(1000);
    assert.equal(browser.exchanges.length, 1);
    assert.deepEqual(pages.map(({ place }) => place.dataset.code), [undefined, 'already_used']);
    assert.deepEqual(pages.map((page) => [page.did('leave').length, page.did('close').length]), [[1, 0], [0, 0]]);
  });

  test('A7 C2: what a lock is called does not give the state away', async () => {
    const { browser, page, key } = await exchanging('popup');
    const { held } = await browser.locks.for(page).query();
    assert.deepEqual(held.map(({ name }) => name).sort(), [key.slice(0, 36), `${key.slice(0, 36)}?`]);
    assert.equal(key.length, 58);
  });

  test('A7: a browser without locks, or that refuses them, signs in all the same', async () => {
    const no = () => Promise.reject(new DOMException('', 'SecurityError'));
    const refused = { request: no, query: no };
    for (const locks of [undefined, {}, refused]) {
      const more = { navigator: { value: { userAgent: '', locks } } };
      const browser = new Browser();
      const host = await browser.host({ more });
      for (const session of [{ session: {} }, {}]) {
        const end = ending(host.client().signIn());
        browser.callback(host.opened.at(-1), 'code=abc', { more, ...session });
        await browser.pass(1000);
        assert.equal(end.said, 'ok ada');
      }
    }
  });
});

test('C4: while the popup exchanges, a page that gave up still hears how it ended', async () => {
  const { browser, host, end, page, answer } = await exchanging('popup');
  host.hasFocus = false;
  await browser.pass(500);
  Object.assign(host.opened[0] ?? {}, { closed: true });
  host.hasFocus = true;
  await browser.pass(10_000);
  assert.equal(end.said, 'cancelled');
  answer();
  await browser.pass(1000);
  assert.deepEqual(page.did('close'), [[]], 'it was heard');
});

test('C5 B9: a window that may not close itself says that it is over', async () => {
  const { browser, page, answer } = await exchanging('popup');
  answer();
  await browser.pass(1000);
  assert.match(page.place.children[0].textContent, /close this window/);
  assert.equal(page.place.dataset.code, undefined);
});

describe('a host that finishes itself, in a popup', () => {
  /** @param {boolean} waits whether the page that opened it is still there */
  async function handedOver(waits) {
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client({ handoff: true }).signIn());
    const [popup] = host.opened;
    const key = PREFIX + stateOf(popup);
    if (!waits) host.unload();
    const page = browser.callback(popup, 'code=abc');
    return { browser, host, end, key, page };
  }

  test('A7 A22: a code that nobody took in its thirty seconds is handed to nobody else', async () => {
    const { browser, key, page } = await handedOver(false);
    await browser.pass(29_500);
    assert.deepEqual([page.did('leave'), page.did('close'), page.session[NOTE]], [[], [], undefined]);
    await browser.pass(1000);
    assert.deepEqual(page.did('leave'), [['https://app.example/desk?tab=2']]);
    const note = new URLSearchParams(page.session[NOTE]);
    assert.deepEqual(['code', 'handoff', 'response'].map((name) => note.get(name)), ['expired', '1', null]);
    assert.equal(page.session[key], undefined, 'B8: nor is the verifier');
    assert.deepEqual({ ...browser.shared.items }, {}, 'B8');
    const landed = await browser.host({ session: { ...page.session } });
    await assert.rejects(landed.client({ handoff: true }).handleCallback(), { code: 'expired' });
    assert.deepEqual({ ...landed.session }, {});
  });

  test('A7 C1: a page that is loaded anew in the meantime gets it, with the verifier', async () => {
    const { browser, host, key, page } = await handedOver(false);
    await browser.pass(20_000);
    const late = /** @type {any[]} */ ([]);
    const again = await browser.host({ session: { ...host.session } });
    assert.equal(await again.client({ handoff: true, onLateSignIn: (/** @type {any} */ it) => late.push(it.handoff) }).handleCallback(), null);
    await browser.pass(1500);
    assert.deepEqual(late.map(({ code, codeVerifier }) => [code, codeVerifier.length]), [['abc', 43]]);
    assert.deepEqual([page.did('close').length, page.session[key], page.session[NOTE]], [1, undefined, undefined]);
  });

  test('A22: a no is told, and otherwise noted, after three seconds', async () => {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client({ handoff: true }).signIn());
    host.unload();
    const page = browser.callback(host.opened[0], 'error=access_denied');
    await browser.pass(3500);
    assert.deepEqual(['code', 'handoff'].map((name) => new URLSearchParams(page.session[NOTE]).get(name)), ['cancelled', '1']);
    assert.equal(page.did('leave').length, 1);
  });
});
