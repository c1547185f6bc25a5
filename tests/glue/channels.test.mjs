// From the window that comes back from X to the page that waits: three ways, whichever is heard first; and what is not heard.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Browser, ending, PREFIX, stateOf } from './fake/browser.mjs';

const OK = 'sign-in-with-x/1 ok';
const noChannels = { BroadcastChannel: { value: undefined } };
// Firefox throws where storage is switched off.
const refusedChannels = { BroadcastChannel: { value: class { constructor() { throw new DOMException('', 'SecurityError'); } } } };
const noShared = { localStorage: { get: () => { throw new DOMException('', 'SecurityError'); } } };

/** A host that waits for its popup. @param {import('./fake/window.mjs').Shown} [shown] @param {object} [more] options */
async function waiting(shown, more) {
  const browser = new Browser();
  const host = await browser.host(shown);
  const client = host.client(more);
  const end = ending(client.signIn());
  const [popup] = host.opened;
  const key = PREFIX + stateOf(popup);
  /** A tie that nobody has cut. */
  const opener = { postMessage: (/** @type {unknown} */ data, /** @type {string} */ target) => {
    posted.push([data, target]);
    if (target === 'https://app.example') host.dispatch('message', { source: popup, origin: 'https://app.example', data });
  } };
  const posted = /** @type {any[]} */ ([]);
  return { browser, host, client, end, popup, key, opener, posted };
}

describe('C1: an answer arrives', () => {
  for (const [what, shown] of /** @type {[string, any][]} */ ([
    ['there are no channels', noChannels],
    ['channels are refused', refusedChannels],
    ['there is a channel only', noShared],
    ['all is there', {}],
  ])) {
    test(`C1: where ${what}, and the tie is cut`, async () => {
      const { browser, end, popup, posted } = await waiting({ more: shown });
      const page = browser.callback(popup, 'code=abc', { more: shown });
      await browser.pass(1000);
      assert.equal(end.said, 'ok ada');
      assert.deepEqual(page.did('close'), [[]]);
      assert.deepEqual([browser.exchanges.length, posted.length, browser.channels.open.size], [1, 0, 0]);
      assert.deepEqual({ ...browser.shared.items }, {}, 'B8: nothing stays');
      assert.deepEqual({ ...page.session }, {}, 'B8: nothing stays');
    });
  }

  test('C1: by postMessage alone, to this origin and no other', async () => {
    const shown = { ...refusedChannels, ...noShared };
    const { browser, end, popup, opener, posted } = await waiting({ more: shown });
    browser.callback(popup, 'code=abc', { more: shown, opener });
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.ok(posted.length > 0 && posted.every(([, target]) => target === 'https://app.example'));
  });

  test('C1 S3: the popup has no storage, so the page that waits exchanges', async () => {
    const { browser, end, popup } = await waiting();
    const page = browser.callback(popup, 'code=abc', { session: {} });
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.deepEqual([page.did('fetch').length, browser.exchanges.length], [0, 1]);
    assert.equal(browser.exchanges[0].code, 'abc');
    assert.deepEqual(page.did('close'), [[]]);
  });

  test('C1 A9 A22: what is too long to be sent ends the wait all the same', async () => {
    const { browser, end, popup } = await waiting();
    const page = browser.callback(popup, `code=abc&x=${'x'.repeat(8192)}`, { session: {} });
    await browser.pass(1000);
    assert.match(end.said, /^invalid_callback/);
    assert.deepEqual([page.did('close'), browser.exchanges], [[[]], []]);
    for (const [, message] of page.did('postMessage')) assert.ok(message.length < 200, message);
  });

  test('C1: on all ways at once it is heard once', async () => {
    const { browser, end, popup, opener, host } = await waiting();
    const page = browser.callback(popup, 'code=abc', { opener });
    await browser.pass(2000);
    assert.equal(end.said, 'ok ada');
    assert.equal(browser.exchanges.length, 1);
    assert.equal(host.did('postMessage').filter(([, message]) => message === OK).length, 1);
    assert.deepEqual([page.did('leave'), page.listeners, browser.clock.running], [[], 0, 0]);
  });

  test('C1 C4: a page that waits and is busy for ten seconds still gets the answer, and the popup closes', async () => {
    const { browser, end, popup } = await waiting({ more: noShared });
    browser.channels.muted = true;
    const page = browser.callback(popup, 'code=abc', { more: noShared });
    await browser.pass(10_000);
    assert.deepEqual([end.said, page.did('leave'), page.did('close')], ['waits', [], []]);
    browser.channels.muted = false;
    await browser.pass(300);
    assert.deepEqual([end.said, page.did('leave'), page.did('close')], ['ok ada', [], [[]]]);
  });

  test('C1 C4: one that never answers is given up after thirty', async () => {
    const { browser, popup } = await waiting({ more: noShared });
    browser.channels.muted = true;
    const page = browser.callback(popup, 'code=abc', { more: noShared });
    await browser.pass(29_500);
    assert.deepEqual(page.did('leave'), []);
    await browser.pass(1000);
    assert.deepEqual(page.did('leave'), [['https://app.example/desk?tab=2']]);
  });

  test('C1 C4: with every way gone nothing throws, and the popup goes on as after a redirect', async () => {
    const shown = { ...refusedChannels, ...noShared };
    const { browser, host, end, popup } = await waiting({ more: shown });
    host.hasFocus = false;
    Object.assign(popup ?? {}, { closed: true });
    const page = browser.callback(popup, 'code=abc', { more: shown });
    await browser.pass(3500);
    assert.equal(end.said, 'waits');
    assert.deepEqual(page.did('leave'), [['https://app.example/desk?tab=2']]);
    assert.equal(new URLSearchParams(page.session['sign-in-with-x:outcome']).get('username'), 'ada');
    // The page that waits learns nothing, but the wait ends.
    host.hasFocus = true;
    await browser.pass(5500);
    assert.equal(end.said, 'cancelled');
  });

  test('C8 B8: a window that the person closes while it speaks leaves nothing behind', async () => {
    const { browser, host, popup } = await waiting();
    host.unload();
    const page = browser.callback(popup, 'code=abc', { session: {} });
    await browser.pass(800);
    assert.equal(Object.keys(browser.shared.items).length, 1, 'it is spoken on this way too by now');
    page.dispatch('pagehide', {});
    assert.deepEqual([{ ...browser.shared.items }, browser.channels.open.size, browser.clock.running], [{}, 0, 0]);
  });

  test('C1 D9: a page that is just loading hears the next try', async () => {
    const { browser, host, popup } = await waiting();
    const record = { ...host.session };
    host.unload();
    const page = browser.callback(popup, 'code=abc');
    await browser.pass(600);
    const reloaded = await browser.host({ session: record });
    const late = /** @type {any[]} */ ([]);
    assert.equal(await reloaded.client({ onLateSignIn: (/** @type {any} */ result) => late.push(result.user.username) }).handleCallback(), null);
    await browser.pass(1000);
    assert.deepEqual(late, ['ada']);
    assert.deepEqual([page.did('close'), page.did('leave')], [[[]], []]);
  });
});

describe('A14: X’s codes live thirty seconds', () => {
  test('A14: with its record the callback page exchanges at once, and waits for nobody', async () => {
    const { browser, popup } = await waiting();
    const page = browser.callback(popup, 'code=abc');
    await browser.pass();
    const first = page.log.slice(0, page.atOnce).map(([what]) => what);
    assert.ok(first.includes('fetch'));
    const order = page.log.map(([what]) => what);
    assert.ok(order.indexOf('fetch') < order.indexOf('channel'), 'nobody is told before it is done');
    assert.equal(browser.clock.time, 1000, 'no time has passed');
  });

  test('A14: without its record it hands the code over at once', async () => {
    const { browser, popup } = await waiting();
    const page = browser.callback(popup, 'code=abc', { session: {} });
    await browser.pass();
    assert.ok(page.log.slice(0, page.atOnce).some(([what]) => what === 'postMessage'));
  });
});

describe('C3: what crosses', () => {
  for (const [what, query, shown, more, hasCode] of /** @type {[string, string, any, any, boolean][]} */ ([
    ['an exchange', 'code=secret-code', {}, {}, false],
    ['a refusal', 'error=access_denied', {}, {}, false],
    ['a token that has no business there', 'code=secret-code&access_token=secret-token', {}, {}, false],
    ['a token without the record', 'code=secret-code&access_token=secret-token', { session: {} }, {}, false],
    ['a hand-over to the page that waits', 'code=secret-code', { session: {} }, {}, true],
    ['a host that finishes itself', 'code=secret-code', {}, { handoff: true }, true],
  ])) {
    test(`C3: ${what}: no verifier, no token, ${hasCode ? 'the code for whoever exchanges it' : 'and no code'}`, async () => {
      const { browser, host, popup, opener, posted } = await waiting({}, more);
      // Nobody answers, so that every way is tried.
      host.unload();
      const verifier = new URLSearchParams(popup?.session[PREFIX + stateOf(popup)]).get('code_verifier') ?? '';
      assert.equal(verifier.length, 43);
      const stored = /** @type {string[]} */ ([]);
      browser.window('https://app.example/').globals.addEventListener('storage', (/** @type {any} */ { newValue }) => newValue && stored.push(newValue));
      const page = browser.callback(popup, query, { ...shown, opener });
      await browser.pass(5000);
      const spoken = page.did('postMessage').map(([, message]) => message);
      for (const way of [spoken, posted, stored]) assert.ok(way.length > 1);
      const said = [...spoken, ...posted.map(([data]) => data), ...stored];
      for (const message of said) {
        assert.ok(!message.includes(verifier) && !message.includes('secret-token'), message);
        assert.equal(message.includes('secret-code'), hasCode);
      }
    });
  }
});

describe('C2: what is not heard', () => {
  const junk = /** @type {unknown[]} */ ([
    undefined, null, true, 0, 42n, '', 'hello', {}, [], { data: 'sign-in-with-x/1?v=1&status=200' }, new Date(), new Map(), new Uint8Array(9),
    Object.assign([], { 0: 'sign-in-with-x/1?v=1&status=200' }), { toString: 'sign-in-with-x/1?v=1&status=200' }, 'x'.repeat(5_000_000),
    `sign-in-with-x/1?${'v=1&'.repeat(200_000)}`, `sign-in-with-x/1?v=2&${'x'.repeat(2_000_000)}`,
    OK, 'sign-in-with-x/1', 'sign-in-with-x/1?', 'sign-in-with-x/1?v=2&status=200', 'sign-in-with-x/2?v=1&status=200', ' sign-in-with-x/1?v=1&status=200',
    'sign-in-with-x/1?status=200&id=1&username=evil', 'sign-in-with-x/1?v=1&v=1&status=200', 'sign-in-with-x/1?v=1&status=200&x=%', '\ud800', '\u0000',
  ]);
  const right = 'sign-in-with-x/1?v=1&status=200&id=1&username=evil&asked=users.read';

  test('C2: junk of every kind on the attempt’s own channel', async () => {
    const { browser, end, popup, key, host } = await waiting();
    const channel = new (browser.channels.for(() => {}))(key);
    for (const message of junk) channel.postMessage(message);
    await browser.pass(500);
    assert.equal(end.said, 'waits');
    assert.deepEqual(host.did('postMessage'), [], 'and nothing of it is acknowledged');
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
  });

  test('C2: messages from other windows, other origins and nobody', async () => {
    const { browser, host, end, popup } = await waiting();
    for (const [source, origin] of /** @type {[any, string][]} */ ([
      [{}, 'https://app.example'], [null, 'https://app.example'], [undefined, ''], [host.globals, 'https://app.example'],
      [popup, 'https://x.com'], [popup, 'https://app.example.evil.example'], [popup, 'http://app.example'], [popup, 'null'], [popup, ''],
    ])) host.dispatch('message', { source, origin, data: right });
    for (const data of junk) host.dispatch('message', { source: popup, origin: 'https://app.example', data });
    await browser.pass(500);
    assert.equal(end.said, 'waits');
    assert.equal(popup?.wasClosed, false);
  });

  test('C2: other keys and other values in the storage that all windows share', async () => {
    const { browser, host, end, key } = await waiting();
    for (const other of ['', 'x', PREFIX, `${key}x`, PREFIX + 'T'.repeat(43), null]) host.dispatch('storage', { key: other, newValue: right });
    for (const newValue of [null, ...junk]) host.dispatch('storage', { key, newValue });
    await browser.pass(500);
    assert.equal(end.said, 'waits');
  });

  test('C2: another attempt’s channel', async () => {
    const { browser, end } = await waiting();
    new (browser.channels.for(() => {}))(PREFIX + 'T'.repeat(43)).postMessage(right);
    await browser.pass(500);
    assert.equal(end.said, 'waits');
  });

  test('C2 C3: a forged hand-over has nothing exchanged', async () => {
    const { browser, end, key } = await waiting();
    const response = `?code=evil&state=${'T'.repeat(43)}`;
    new (browser.channels.for(() => {}))(key).postMessage(`sign-in-with-x/1?${new URLSearchParams({ v: '1', response })}`);
    await browser.pass(500);
    assert.equal(end.said, 'state_mismatch');
    assert.equal(browser.exchanges.length, 0);
  });

  test('C2: the callback page takes nothing but the acknowledgement', async () => {
    const { browser, popup, key } = await waiting({ more: { ...refusedChannels, ...noShared } });
    const channel = new (browser.channels.for(() => {}))(key);
    const page = browser.callback(popup, 'code=abc');
    await browser.pass(100);
    for (const message of [...junk.filter((it) => it !== OK), right, `${OK} `, { ok: OK }]) channel.postMessage(message);
    // What was taken away was taken away by anybody: only the value says that it was heard.
    for (const newValue of ['', right, `${OK} `, null]) page.dispatch('storage', { key, newValue });
    for (const other of ['x', `${key}x`, null]) page.dispatch('storage', { key: other, newValue: OK });
    await browser.pass(1000);
    assert.deepEqual(page.did('close'), []);
    await browser.pass(3000);
    assert.equal(page.did('leave').length, 1);
  });

  test('C1 C2: by storage it is acknowledged by a value that is put there and taken away', async () => {
    const { browser, popup, key } = await waiting({ more: noChannels });
    const values = /** @type {(string | null)[]} */ ([]);
    browser.window('https://app.example/').globals.addEventListener('storage', (/** @type {any} */ event) => event.key === key && values.push(event.newValue));
    const page = browser.callback(popup, 'code=abc', { more: noChannels });
    await browser.pass(1000);
    assert.match(values[0] ?? '', /^sign-in-with-x\/1\?v=1&created_at=\d{13}&/);
    assert.deepEqual(values.slice(1), [OK, null]);
    assert.deepEqual(page.did('close'), [[]]);
  });

  test('B8: where nothing was put, nothing is', async () => {
    const { browser, popup, end } = await waiting();
    const told = /** @type {any[]} */ ([]);
    browser.window('https://app.example/').globals.addEventListener('storage', (/** @type {any} */ event) => told.push(event));
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([end.said, told], ['ok ada', []]);
  });
});

describe('B8: what a browser left that was killed while it spoke', () => {
  const told = (/** @type {Browser} */ browser, /** @type {number} */ age) => `sign-in-with-x/1?v=1&created_at=${browser.clock.now() - age}&response=%3Fcode%3Dabc`;

  for (const [what, arm] of /** @type {[string, (browser: Browser) => Promise<void>][]} */ ([
    ['a sign-in', async (browser) => void ending((await browser.host()).client().signIn())],
    ['a page that takes a popup over', async (browser) => {
      const host = await browser.host();
      ending(host.client().signIn());
      host.unload();
      browser.shared.items.setItem(`${PREFIX}old`, told(browser, 60_001));
      await (await browser.host({ session: { ...host.session } })).client().handleCallback();
    }],
  ])) {
    test(`B8 C1: ${what} takes it away after a minute, and nothing else`, async () => {
      const browser = new Browser();
      const kept = {
        [`${PREFIX}young`]: told(browser, 60_000),
        [`${PREFIX}ahead`]: told(browser, -86_400_000),
        [`${PREFIX}theme`]: 'dark',
        [`${PREFIX}odd`]: 'created_at=x',
        theirs: told(browser, 999_999),
        [`x${PREFIX}`]: told(browser, 999_999),
      };
      for (const [key, value] of Object.entries({ ...kept, [`${PREFIX}old`]: told(browser, 60_001) })) browser.shared.items.setItem(key, value);
      await arm(browser);
      assert.deepEqual({ ...browser.shared.items }, kept);
    });
  }

  test('C1: a sweep that takes a message away is no acknowledgement', async () => {
    const { browser, host, popup, key } = await waiting({}, {});
    host.unload();
    const page = browser.callback(popup, 'code=abc', { session: {}, more: noChannels });
    await browser.pass(100);
    browser.clock.date += 3_600_000;
    ending((await browser.host()).client().signIn());
    assert.equal(browser.shared.items.getItem(key), null);
    await browser.pass(2000);
    assert.deepEqual([page.did('close'), page.place.dataset.code], [[], 'started_elsewhere']);
  });

  test('B8: a page without that storage signs in all the same', async () => {
    const { browser, end, popup } = await waiting({ more: noShared });
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
  });
});

test('C8 D9: a page shows that it waits for as long as somebody does, and not when it only listens', async () => {
  const shows = async (/** @type {any} */ browser) => (await browser.locks.for({}).query()).held.some((/** @type {{ name: string }} */ { name }) => name.endsWith('?'));
  for (const way of ['answered', 'given up']) {
    const { browser, client, host, popup } = await waiting();
    await browser.pass();
    assert.equal(await shows(browser), true, way);
    if (way === 'answered') browser.callback(popup, 'code=abc');
    else client.cancel();
    await browser.pass(1000);
    assert.equal(await shows(browser), false, way);
    if (way === 'answered') continue;
    const late = await browser.host({ session: { ...host.session, [PREFIX + stateOf(popup)]: popup.session[PREFIX + stateOf(popup)] } });
    await late.client().handleCallback();
    await browser.pass(100);
    assert.equal(await shows(browser), false, 'nor what another page has left');
  }
});
