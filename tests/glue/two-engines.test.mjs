// Two engines from one crate: a page loads the one that answers what is asked until the click, and from the click on, or where
// a sign-in may end, the whole.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bytes, clickBytes } from './engine.mjs';
import { Browser, NOTE, ending, options, stateOf } from './fake/browser.mjs';
import { compilesLater, forbidsWasm } from './fake/compiling.mjs';

/** The other one is in the script. */
const WHOLE = 'sign-in-with-x.wasm';

/** Which engines a window has asked for. @param {any} host @returns {string[]} */
const asked = (host) => host.did('fetch').map(([url]) => String(url).split('/').at(-1)).filter((/** @type {string} */ name) => name.endsWith('.wasm'));

/** A host as a page finds it. @param {any} [shown] */
async function fresh(shown) {
  const browser = new Browser();
  const host = await browser.host({ loaded: false, ...shown });
  return { browser, host };
}

/** Until an engine that was asked for has been compiled, which takes a moment of real time. @param {any} host @param {Browser} browser */
async function complete(host, browser) {
  await host.library.whole();
  for (let turn = 0; turn < 5; turn++) await browser.pass();
}

describe('what is loaded', () => {
  test('E11: until the click the small one, which is in the script, in the task that asks for it; and nothing of the rest', async () => {
    const { host } = await fresh();
    const loading = host.library.init();
    assert.match(host.library.createPkcePair().codeVerifier, /^[\w-]{43}$/);
    await loading;
    assert.equal(await host.client().handleCallback(), null);
    assert.match(host.library.createPkcePair().codeVerifier, /^[\w-]{43}$/);
    assert.deepEqual(asked(host), []);
  });

  test('D1 E11: the click opens the window on its final address, and then asks for the rest in the same task', async () => {
    const { browser, host } = await fresh();
    await host.library.init();
    const end = ending(host.client().signIn());
    assert.match(host.did('open')[0]?.[0], /^https:\/\/x\.com\/i\/oauth2\/authorize\?/);
    assert.deepEqual(asked(host), [WHOLE]);
    assert.ok(host.log.findIndex(([what]) => what === 'open') < host.log.findLastIndex(([what]) => what === 'fetch'));
    await complete(host, browser);
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
  });

  test('E2: where a browser compiles no more than four kilobytes in a task (Chromium below 114), the small one all the same, a little later', async () => {
    const { host } = await fresh();
    const { compile } = compilesLater(host);
    const loading = host.library.init({ fallback: 'never' });
    assert.throws(host.library.createPkcePair, { code: 'not_initialised' });
    compile();
    await loading;
    assert.match(host.library.createPkcePair().codeVerifier, /^[\w-]{43}$/);
    assert.deepEqual(asked(host), []);
  });

  for (const [what, shown] of /** @type {[string, any][]} */ ([
    ['an address with a code', { address: `${options.redirectUri}?state=${'S'.repeat(43)}&code=abc` }],
    ['an address of OAuth 1.0a', { address: `${options.redirectUri}?denied=abc` }],
    ['a note', { session: { [NOTE]: 'v=1' } }],
    ['a record', { session: { [`sign-in-with-x:${'S'.repeat(43)}`]: 'v=1' } }],
  ])) {
    test(`E11: ${what}: the whole at once, and not the small one`, async () => {
      const { host } = await fresh(shown);
      await host.library.init();
      assert.deepEqual(asked(host), [WHOLE]);
    });
  }

  test('E5: a host that says which file gets that, and the whole of it', async () => {
    const { host } = await fresh();
    await host.library.init({ wasm: bytes });
    assert.deepEqual(asked(host), []);
    await assert.rejects(new Browser().window('https://app.example/').runLibrary().init({ wasm: clickBytes, fallback: 'never' }), { code: 'wasm_unavailable' });
  });
});

describe('between the two', () => {
  test('E5: which engine the host names counts, though that of an element is ready', async () => {
    const { host } = await fresh();
    await host.library.init();
    await host.library.init({ wasm: 'https://files.example/x.wasm' });
    assert.deepEqual(host.did('fetch').map(([url]) => url), ['https://files.example/x.wasm']);
    await host.library.init({ wasm: 'https://files.example/other.wasm' });
    assert.equal(host.did('fetch').length, 1, 'there is one');
  });

  test('E1: fallback: "always" counts from the click on, though the engine of an element is ready', async () => {
    const { browser, host } = await fresh();
    await host.library.init();
    await host.library.init({ fallback: 'always' });
    const end = ending(host.client().signIn());
    await complete(host, browser);
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([end.said, asked(host)], ['ok ada', []]);
  });

  test('H1: wrong options are refused at once, without the rest', async () => {
    const { host } = await fresh();
    await host.library.init();
    await assert.rejects(host.client({ clientSecret: 'x' }).handleCallback(), { code: 'invalid_config', reason: 'secret' });
    assert.deepEqual(asked(host), []);
  });

  test('D10: where nothing can be stored the whole engine is given the attempt, and the page exchanges', async () => {
    const { browser, host } = await fresh();
    await host.library.init();
    host.storageFault = 'off';
    const end = ending(host.client().signIn());
    await complete(host, browser);
    const [popup] = host.opened;
    browser.callback(popup, 'code=abc', { session: {} });
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.match(browser.exchanges[0].codeVerifier, /^[\w-]{43}$/);
  });

  for (const [what, stop] of /** @type {[string, (client: any, controller: AbortController) => void][]} */ ([
    ['cancelled', (client) => client.cancel()],
    ['destroyed', (client) => client.destroy()],
    ['aborted', (_, controller) => controller.abort()],
  ])) {
    test(`C8 D12: ${what} before the rest is there: the window closes, and nothing is left`, async () => {
      const { browser, host } = await fresh();
      await host.library.init();
      const [client, controller] = [host.client(), new AbortController()];
      const end = ending(client.signIn({ signal: controller.signal }));
      stop(client, controller);
      if (what === 'cancelled') assert.equal(host.opened[0]?.wasClosed, true, 'at once');
      else assert.deepEqual({ ...host.session }, {}, 'at once');
      await browser.pass();
      assert.equal(end.said, 'cancelled');
      await complete(host, browser);
      assert.equal(host.opened[0]?.wasClosed, true);
      assert.deepEqual({ ...host.session }, {});
    });
  }

  test('C4: the person goes on after a cancel that was before the rest was there', async () => {
    const { browser, host } = await fresh();
    await host.library.init();
    const late = /** @type {string[]} */ ([]);
    const client = host.client({ onLateSignIn: (/** @type {any} */ it) => late.push(it.user.username) });
    const end = ending(client.signIn());
    client.cancel();
    await complete(host, browser);
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([end.said, late], ['cancelled', ['ada']]);
  });

  test('E7: a connection that is gone for a moment loses nothing', async () => {
    const { browser, host } = await fresh();
    await host.library.init({ fallback: 'never' });
    let fails = 2;
    browser.engine = () => (fails-- > 0 ? new Response('', { status: 503 }) : new Response(bytes));
    const end = ending(host.client().signIn());
    for (let second = 0; second < 5; second++) await browser.pass(1000);
    await complete(host, browser);
    assert.equal(asked(host).filter((name) => name === WHOLE).length, 3);
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
  });

  test('E1: one that never comes is said; the popup exchanges by itself, and goes on in its window', async () => {
    const { browser, host } = await fresh();
    await host.library.init({ fallback: 'never' });
    browser.engine = () => new Response('', { status: 404 });
    const end = ending(host.client().signIn());
    for (let second = 0; second < 30; second++) await browser.pass(1000);
    assert.equal(end.said, 'wasm_unavailable');
    const page = browser.callback(host.opened[0], 'code=abc');
    for (let second = 0; second < 5; second++) await browser.pass(1000);
    assert.deepEqual([browser.exchanges.length, page.did('leave')], [1, [['https://app.example/desk?tab=2']]]);
  });

  for (const [what, answer] of /** @type {[string, () => Response][]} */ ([
    ['is missing', () => new Response('', { status: 404 })],
    ['is cut off', () => new Response(bytes.subarray(0, bytes.length >> 1))],
    ['is the small one', () => new Response(clickBytes)],
  ])) {
    test(`E1: the small one works, and the whole one’s file ${what}: the translation waits for the popup in its place`, async () => {
      const { browser, host } = await fresh();
      await host.library.init();
      browser.engine = answer;
      const end = ending(host.client().signIn());
      await complete(host, browser);
      browser.callback(host.opened[0], 'code=abc');
      await browser.pass(1000);
      assert.equal(end.said, 'ok ada');
      assert.deepEqual([asked(host), host.opened.length, browser.exchanges.length], [[WHOLE], 1, 1]);
    });
  }

  test('E1 E2: the small one cannot run: the translation stands for both, and the whole one is not asked for', async () => {
    const { browser, host } = await fresh();
    forbidsWasm(host);
    await host.library.init();
    const end = ending(host.client().signIn());
    await browser.pass();
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.deepEqual(asked(host), []);
  });

  test('B2: the address is clean before the whole engine is asked for by the client', async () => {
    const { browser, host } = await fresh();
    await host.library.init();
    browser.engine = () => new Promise(() => {});
    host.location.href = `${options.redirectUri}?state=${'S'.repeat(43)}&code=abc`;
    ending(host.client().handleCallback());
    assert.equal(host.location.href, options.redirectUri, 'in the same task');
    for (const theirs of ['?code=SAVE50', '?state=open', '?code=SAVE50&stateful=1', '?denied=']) {
      host.location.href = `https://app.example/elsewhere${theirs}`;
      ending(host.client().handleCallback());
      assert.equal(host.location.search, theirs, 'the host’s own stays');
    }
  });

  test('B8: records of links that were made pile up in no tab', async () => {
    const { browser, host } = await fresh();
    await host.library.init();
    let newest = '';
    for (let n = 0; n < 20; n++) {
      newest = host.client().authorizationUrl();
      await browser.pass(1);
    }
    await complete(host, browser);
    assert.ok(Object.keys(host.session).length <= 8);
    assert.ok(host.session[`sign-in-with-x:${new URL(newest).searchParams.get('state')}`], 'the newest is there');
  });

  test('B5: the record goes from engine to engine by no way but the call', async () => {
    const { browser, host } = await fresh();
    await host.library.init();
    const end = ending(host.client().signIn());
    const verifier = new URLSearchParams(host.session[`sign-in-with-x:${stateOf(host.opened[0])}`]).get('code_verifier') ?? '';
    assert.match(verifier, /^[\w-]{43}$/);
    await complete(host, browser);
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.ok(!JSON.stringify(host.log).includes(verifier));
  });
});
