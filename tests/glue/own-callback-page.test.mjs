// A page of the host's own that is the callback page too, as in a single-page app.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Browser, ending, NOTE, options, stateOf, user } from './fake/browser.mjs';

/** A host that has left for X. @param {object} [more] options */
async function gone(more) {
  const browser = new Browser();
  const host = await browser.host();
  const end = ending(host.client({ flow: 'redirect', ...more }).signIn());
  await browser.pass();
  return { browser, host, end };
}

describe('a page of the host’s own as the callback', () => {
  const spa = options.redirectUri;

  /** @param {any} from @param {string} query @param {any} [shown] */
  const address = (from, query, shown) => ({ address: `${spa}?state=${stateOf(from)}&${query}`, session: { ...from.session }, ...shown });

  /** A page that waits, and a window of its own that comes back to the host's page. @param {string} query @param {{ more?: object, shown?: any, waits?: boolean }} [given] */
  async function back(query, { more = {}, shown = {}, waits = true } = {}) {
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client(more).signIn());
    if (!waits) host.unload();
    const page = await browser.host(address(host.opened[0], query, shown));
    const states = /** @type {string[]} */ ([]);
    const client = new page.library.Client(/** @type {any} */ ({ ...options, ...more }), (state) => states.push(state));
    const own = ending(client.handleCallback());
    const said = () => page.did('postMessage').map(([, message]) => new URLSearchParams(message.replace('sign-in-with-x/1?', '')));
    return { browser, host, end, page, own, states, said };
  }

  test('C1 C3: in a popup it exchanges, tells the page that waits how it ended, and closes', async () => {
    const { browser, host, end, page, own, said } = await back('code=secret-code');
    await browser.pass(200);
    assert.deepEqual([end.said, own.said], ['ok ada', 'ok']);
    assert.deepEqual(JSON.parse(JSON.stringify(end.result)), { user, scopes: ['users.read'], returnTo: '/desk?tab=2' });
    assert.equal(own.result, null);
    assert.equal(page.location.href, spa, 'B2');
    assert.deepEqual([page.did('close').length, browser.exchanges.length, page.did('fetch').length, host.did('fetch').length], [1, 1, 1, 0]);
    assert.ok(said().length > 0);
    for (const note of said()) {
      assert.deepEqual([...note.keys()].slice(0, 2), ['v', 'created_at']);
      assert.equal(note.get('created_at')?.length, 13);
      assert.doesNotMatch(String(note), /secret|verifier/);
    }
    assert.deepEqual([{ ...page.session }, { ...host.session }, { ...browser.shared.items }], [{}, {}, {}], 'B8');
  });

  for (const [what, query, answer, ends] of /** @type {[string, string, object, string][]} */ ([
    ['a no', 'error=access_denied', {}, 'cancelled'],
    ['an error of X’s', 'error=server_error&error_description=later', {}, 'provider_error server_error'],
    ['a backend that refuses', 'code=abc', { error: 'invalid_grant', hint: 'Sign in again.' }, 'exchange_failed invalid_grant'],
  ])) {
    test(`C1 A22: in a popup ${what} is told, and the window closes`, async () => {
      const browser = new Browser();
      browser.backend = () => Response.json(answer, { status: 400 });
      const host = await browser.host();
      const result = host.client().signIn();
      const end = ending(result);
      const page = await browser.host(address(host.opened[0], query));
      const own = ending(page.client().handleCallback());
      await browser.pass(200);
      assert.deepEqual([end.said, own.said, own.result, page.did('close').length], [ends, 'ok', null, 1]);
      if ('hint' in answer) await assert.rejects(result, { description: 'Sign in again.' });
      assert.deepEqual([{ ...page.session }, { ...host.session }], [{}, {}], 'B8');
    });
  }

  test('A22: in a popup that nobody waits for a failure is this page’s after three seconds', async () => {
    const { browser, own, page } = await back('error=access_denied', { waits: false });
    await browser.pass(2500);
    assert.equal(own.said, 'waits');
    await browser.pass(1000);
    assert.deepEqual([own.said, page.did('close'), { ...page.session }], ['cancelled', [], {}]);
  });

  test('C5: when nobody waits any more it finishes by itself', async () => {
    const { browser, own, page, states } = await back('code=abc', { waits: false });
    await browser.pass(2500);
    assert.deepEqual([own.said, browser.exchanges.length], ['waits', 1], 'there may be a page that is just loading');
    await browser.pass(1000);
    assert.equal(own.said, 'ok ada');
    assert.deepEqual([page.did('close'), browser.exchanges.length, { ...page.session }, states], [[], 1, {}, ['finishing', 'signed_in']]);
  });

  test('C1 A7: in a popup of a host that finishes itself the code is for the page that waits', async () => {
    const { browser, end, own, page, said } = await back('code=abc', { more: { handoff: true } });
    await browser.pass(200);
    assert.deepEqual([end.said, own.said, own.result], ['ok abc', 'ok', null]);
    assert.equal(end.result.handoff.codeVerifier.length, 43);
    for (const note of said()) assert.ok(!String(note).includes(end.result.handoff.codeVerifier));
    assert.deepEqual([page.did('close').length, browser.exchanges.length, { ...page.session }], [1, 0, {}]);
  });

  test('A7 A22: a code that such a page did not take in thirty seconds is nobody’s', async () => {
    const { browser, own, page, states } = await back('code=abc', { more: { handoff: true }, waits: false });
    await browser.pass(29_500);
    assert.equal(own.said, 'waits');
    await browser.pass(1000);
    assert.deepEqual([own.said, page.did('close'), { ...page.session }, states.at(-1)], ['expired', [], {}, 'idle']);
  });

  test('C1 S3: in a popup without its record it hands the callback over for a second', async () => {
    const { browser, host, end, own, page, said } = await back('code=abc', { shown: { session: {} } });
    await browser.pass(200);
    assert.deepEqual([end.said, own.said, own.result], ['ok ada', 'ok', null]);
    assert.deepEqual([page.did('close').length, page.did('fetch').length, host.did('fetch').length], [1, 0, 1]);
    const [note] = said();
    assert.deepEqual([...(note?.keys() ?? [])], ['v', 'created_at', 'response']);
    assert.equal(note?.get('response'), `?state=${stateOf(host.opened[0])}&code=abc`);
    assert.equal(note?.get('created_at')?.length, 13);
  });

  test('D7 C1: where nobody takes it, it was started elsewhere', async () => {
    const { browser, own, page } = await back('code=abc', { shown: { session: {} }, waits: false });
    await browser.pass(900);
    assert.equal(own.said, 'waits');
    await browser.pass(300);
    assert.deepEqual([own.said, page.did('close'), browser.exchanges.length], ['started_elsewhere', [], 0]);
    assert.equal(page.location.href, spa, 'B2');
  });

  test('A7: in a popup that comes second with its code it exchanges nothing, and closes', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client().signIn());
    const [popup] = host.opened;
    browser.callback(popup, 'code=abc', { session: {} });
    await browser.pass(500);
    assert.equal(end.said, 'ok ada');
    const page = await browser.host(address(popup, 'code=abc'));
    assert.equal(await page.client().handleCallback(), null);
    assert.deepEqual([page.did('close'), page.did('fetch'), browser.exchanges.length, { ...page.session }], [[[]], [], 1, {}]);
    assert.equal(page.location.href, spa, 'B2');
  });

  test('A7: another window with its code, while the popup exchanges, is told so and spoils nothing', async () => {
    /** @type {(response: Response) => void} */ let answer = () => {};
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client().signIn());
    browser.backend = () => new Promise((resolve) => (answer = resolve));
    const page = await browser.host(address(host.opened[0], 'code=abc'));
    const own = ending(page.client().handleCallback());
    await browser.pass(100);
    const other = await browser.host(address(host.opened[0], 'code=abc', { session: {} }));
    const second = ending(other.client().handleCallback());
    await browser.pass(2000);
    assert.deepEqual([end.said, second.said, other.did('close'), other.location.href], ['waits', 'already_used', [], spa]);
    answer(Response.json({ user, scopes: ['users.read'] }));
    await browser.pass(1000);
    assert.deepEqual([end.said, own.said, browser.exchanges.length], ['ok ada', 'ok', 1]);
  });

  test('A9 D4: of several attempts, only the one whose damaged callback it is hears of it', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const ends = [ending(host.client().signIn()), ending(host.client().signIn())];
    const { session } = host.opened[1] ?? assert.fail();
    const page = await browser.host({ address: `${spa}?state=${stateOf(host.opened[1])}&code=a&code=b`, session: { ...session } });
    ending(page.client().handleCallback());
    await browser.pass(2500);
    assert.deepEqual(ends.map(({ said }) => said), ['waits', 'invalid_callback repeated']);
  });

  test('C4 D9: a page that has refused a callback still hears its popups late', async () => {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client().signIn());
    host.unload();
    const late = /** @type {any[]} */ ([]);
    const page = await browser.host({ address: `${spa}?state=${'A'.repeat(43)}&code=abc`, session: { ...host.session } });
    const client = page.client({ onLateSignIn: (/** @type {any} */ it) => late.push(it.user.username) });
    const own = ending(client.handleCallback());
    await browser.pass(5000);
    assert.equal(own.said, 'state_mismatch');
    assert.equal(await client.handleCallback(), null);
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual(late, ['ada']);
  });

  test('A6 C1: a redirect’s note of a failure is no news for a popup that waits', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client().signIn());
    const note = new URLSearchParams({ v: '1', created_at: String(browser.clock.now()), code: 'invalid_callback', error: 'repeated', client_id: options.clientId, redirect_uri: options.redirectUri, asked: 'tweet.read users.read' });
    const page = await browser.host({ session: { ...host.session, [NOTE]: String(note) } });
    const own = ending(page.client().handleCallback());
    await browser.pass(4000);
    assert.deepEqual([own.said, end.said, page.did('close')], ['invalid_callback repeated', 'waits', []]);
  });

  for (const [what, query, refusal] of /** @type {const} */ ([
    ['is damaged', 'code=abc&code=def', /^invalid_callback repeated$/],
    ['carries a token', 'access_token=secret', /^invalid_callback token$/],
    ['is for another attempt', 'code=abc', /^state_mismatch$/],
  ])) {
    test(`A5 A9 A22: in a popup, that its callback ${what} is told to the page that waits`, async () => {
      const browser = new Browser();
      const host = await browser.host();
      const end = ending(host.client().signIn());
      const { session } = host.opened[0] ?? assert.fail();
      const state = what === 'is for another attempt' ? 'A'.repeat(43) : stateOf(host.opened[0]);
      const page = await browser.host({ address: `${spa}?state=${state}&${query}`, session: { ...session } });
      const own = ending(page.client().handleCallback());
      await browser.pass(2500);
      assert.match(end.said, refusal);
      assert.deepEqual([own.said, page.did('close'), browser.exchanges.length], ['ok', [[]], 0]);
      for (const [, message] of page.did('postMessage')) assert.ok(!message.includes('secret'), message);
    });
  }

  test('A9 A22: nobody there to be told: the page itself says what is wrong', async () => {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client().signIn());
    const { session } = host.opened[0] ?? assert.fail();
    host.unload();
    const page = await browser.host({ address: `${spa}?state=${stateOf(host.opened[0])}&code=a&code=b`, session: { ...session } });
    const own = ending(page.client().handleCallback());
    await browser.pass(3500);
    assert.deepEqual([own.said, page.did('close')], ['invalid_callback repeated', []]);
  });

  test('A6 C1: an address from elsewhere makes no popup of this window', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client().signIn());
    const [popup] = host.opened;
    const page = await browser.host({ session: { ...popup?.session } });
    assert.equal((await page.client().handleCallback(`${spa}?state=${stateOf(popup)}&code=abc`))?.user?.username, 'ada');
    await browser.pass(1000);
    assert.deepEqual([end.said, page.did('close'), page.did('postMessage')], ['waits', [], []]);
  });

  for (const flow of ['popup', 'redirect']) {
    test(`A6 D4: of several configurations of one client, the one that asked answers (${flow})`, async () => {
      const browser = new Browser();
      const host = await browser.host();
      const end = ending(host.client({ flow }).signIn());
      await browser.pass();
      const from = flow === 'popup' ? host.opened[0] : host;
      const others = [{ scopes: 'users.read' }, { handoff: true }, { exchange: '/other/exchange' }];
      const page = await browser.host(address(from, 'code=abc'));
      for (const other of others) {
        assert.equal(await page.client(other).handleCallback(), null, JSON.stringify(other));
        assert.equal(page.location.href, spa, 'B2: it is kept for the right one, and not in the address');
        assert.equal(Object.keys(page.session).length, 1);
      }
      const ends = [...others, {}].map((other) => ending(page.client(other).handleCallback()));
      await browser.pass(1000);
      const ok = flow === 'popup' ? 'ok' : 'ok ada';
      assert.deepEqual(ends.map(({ said }) => said), ['ok', 'ok', 'ok', ok]);
      assert.deepEqual([end.said, browser.exchanges.length, page.location.href], [flow === 'popup' ? 'ok ada' : 'waits', 1, spa]);
      assert.equal(browser.exchanges[0].url, '/auth/x/exchange');
    });
  }

  test('A6: to another client it is an answer to nothing of its own', async () => {
    const { browser, host } = await gone();
    const page = await browser.host(address(host, 'code=abc'));
    const end = ending(page.client({ clientId: 'another' }).handleCallback());
    await browser.pass(2000);
    assert.equal(end.said, 'state_mismatch');
    assert.equal(browser.exchanges.length, 0);
  });

  test('A7: a component that mounts twice, and a second look', async () => {
    const { browser, host } = await gone();
    const page = await browser.host(address(host, 'code=abc'));
    const client = page.client();
    const url = page.location.href;
    const looks = [client, client, page.client(), page.client({ flow: 'popup' })].map((it) => it.handleCallback());
    const [one, two, three, four] = await Promise.all(looks);
    assert.ok(one === two && one === three);
    // With other options it is another's: one of them had it.
    assert.equal(four, null);
    assert.equal(one?.user?.username, 'ada');
    // Later there is nothing to be found; but who names the address is told.
    await browser.pass();
    assert.equal(await client.handleCallback(), null);
    await assert.rejects(client.handleCallback(url), { code: 'already_used' });
    assert.equal(browser.exchanges.length, 1);
  });

  for (const [scheme, warns] of /** @type {const} */ ([['http://127.0.0.1:3000', true], ['https://app.example', false]])) {
    test(`B3: on ${scheme} the developer is ${warns ? 'told' : 'not told'} what that leaves behind`, async () => {
      const browser = new Browser();
      const redirectUri = `${scheme}/auth/x/callback`;
      const host = await browser.host({ address: `${scheme}/` });
      ending(host.client({ redirectUri, flow: 'redirect' }).signIn());
      const page = await browser.host({ address: `${redirectUri}?state=${stateOf(host)}&code=abc`, session: { ...host.session } });
      const client = page.client({ redirectUri });
      assert.equal((await client.handleCallback())?.user?.username, 'ada');
      assert.equal(page.did('warn').length, warns ? 1 : 0);
      assert.ok(page.did('warn').every(([text]) => /performance/.test(text) && !/abc/.test(text)));
      await browser.pass();
      await client.handleCallback();
      assert.equal(page.did('warn').length, warns ? 1 : 0, 'only where there was something to clean');
    });
  }

  test('A10: a page without a callback is left alone', async () => {
    const browser = new Browser();
    const page = await browser.host({ address: 'https://app.example/?code=SAVE50&state=california' });
    assert.equal(await page.client().handleCallback(), null);
    assert.deepEqual([page.did('replaceState'), page.listeners, browser.channels.open.size], [[], 0, 0]);
  });
});
