// A page that begins: with a callback in its address, with a note, after Back, after a reload, or with nothing.
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

/** The next page of the same tab. @param {Browser} browser @param {any} before @param {any} [shown] */
const next = (browser, before, shown) => browser.host({ session: { ...before.session }, ...shown });

describe('after a redirect', () => {
  test('B2: the address is cleaned where the callback leads to, with or without the slash of a bare origin, and nowhere else', async () => {
    for (const [redirectUri, address, cleaned] of /** @type {const} */ ([
      ['https://app.example/auth/x/callback', 'https://app.example/auth/x/callback?code=a&state=b', true],
      ['https://app.example', 'https://app.example/?code=a&state=b', true],
      // Another flow's, whose page reads it there.
      ['https://app.example/auth/x/callback', 'https://app.example/auth/x/callback/?code=a&state=b', false],
      ['https://app.example/auth', 'https://app.example/?code=a&state=b', false],
    ])) {
      const host = await new Browser().host({ address });
      ending(host.client({ redirectUri }).handleCallback());
      assert.equal(host.did('replaceState').length > 0, cleaned, `${redirectUri} ${address}`);
    }
  });

  test('B8: the landing page takes the callback page’s note, once', async () => {
    const { browser, host, end } = await gone();
    const page = browser.callback(host, 'code=abc');
    await browser.pass();
    assert.deepEqual(page.did('leave'), [['https://app.example/desk?tab=2']]);
    const landed = await next(browser, page);
    const client = landed.client();
    assert.equal((await client.handleCallback())?.user?.username, 'ada');
    await browser.pass();
    assert.equal(await client.handleCallback(), null);
    assert.deepEqual({ ...landed.session }, {});
    assert.equal(end.said, 'waits');
  });

  for (const [what, more, others] of /** @type {[string, object, object[]][]} */ ([
    ['an exchange', {}, [{ scopes: 'users.read' }, { handoff: true }, { clientId: 'another' }, { redirectUri: 'https://app.example/other' }]],
    ['a host that finishes itself', { handoff: true }, [{}, { handoff: true, scopes: 'users.read' }]],
    ['more scopes', { scopes: 'users.read tweet.read tweet.write' }, [{}]],
  ])) {
    test(`A6: the note of ${what} is for the configuration that asked`, async () => {
      const { browser, host } = await gone(more);
      const page = browser.callback(host, 'code=abc');
      await browser.pass();
      const landed = await next(browser, page);
      for (const other of others) {
        assert.equal(await landed.client(other).handleCallback(), null, JSON.stringify(other));
        assert.ok(landed.session[NOTE], JSON.stringify(other));
      }
      const result = await landed.client(more).handleCallback();
      assert.equal(result?.handoff?.code ?? result?.user?.username, 'handoff' in more ? 'abc' : 'ada');
      assert.deepEqual({ ...landed.session }, {});
    });
  }

  test('A19: a date that is set by a day meanwhile', async () => {
    for (const jump of [86_400_000, -86_400_000]) {
      const { browser, host } = await gone();
      browser.clock.date += jump;
      const page = browser.callback(host, 'code=abc');
      await browser.pass();
      assert.equal(new URLSearchParams(page.session[NOTE]).get('status'), '200', String(jump));
      const landed = await next(browser, page);
      assert.equal((await landed.client().handleCallback())?.user?.username, 'ada');
    }
  });

  test('A19: a steady clock that begins anew, in another process', async () => {
    const { browser, host } = await gone();
    browser.steady = 0;
    const page = browser.callback(host, 'code=abc');
    await browser.pass();
    assert.equal(new URLSearchParams(page.session[NOTE]).get('status'), '200');
  });

  test('D10: storage that refuses is noticed before anybody leaves', async () => {
    for (const fault of /** @type {const} */ (['off', 'full', 'forgets'])) {
      const browser = new Browser();
      const host = await browser.host();
      host.storageFault = fault;
      const end = ending(host.client({ flow: 'redirect' }).signIn());
      await browser.pass();
      assert.equal(end.said, 'storage_unavailable', fault);
      assert.deepEqual([host.did('leave'), host.did('open')], [[], []]);
      assert.throws(() => host.client().authorizationUrl(), { code: 'storage_unavailable' });
    }
  });

  test('D10: a popup goes on in memory', async () => {
    for (const fault of /** @type {const} */ (['off', 'full', 'forgets'])) {
      const browser = new Browser();
      const host = await browser.host();
      host.storageFault = fault;
      const end = ending(host.client().signIn());
      const [popup] = host.opened;
      const page = browser.callback(popup, 'code=abc', { session: {} });
      await browser.pass(1000);
      assert.equal(end.said, 'ok ada', fault);
      assert.deepEqual(page.did('close'), [[]]);
    }
  });

  test('D10: a blocked popup does not leave either, where nothing is stored', async () => {
    const browser = new Browser();
    const host = await browser.host();
    host.storageFault = 'off';
    host.opens = () => null;
    const end = ending(host.client().signIn());
    await browser.pass();
    assert.equal(end.said, 'storage_unavailable');
    assert.deepEqual(host.did('leave'), []);
  });
});

describe('Back', () => {
  test('D9 D12: a page out of the back-forward cache has `cancelled`, and a button that works', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const client = host.client({ flow: 'redirect' });
    const end = ending(client.signIn());
    host.dispatch('pageshow', { persisted: false });
    await browser.pass();
    assert.equal(end.said, 'waits', 'an ordinary load says nothing');
    host.dispatch('pageshow', { persisted: true });
    await browser.pass();
    assert.equal(end.said, 'cancelled');
    assert.deepEqual({ ...host.session }, {}, 'B8');
    await browser.pass(2000);
    ending(client.signIn());
    assert.equal(host.did('leave').length, 2);
  });

  test('D9 D12: a page that is loaded again by Back has `cancelled`, once', async () => {
    const { browser, host } = await gone();
    await browser.pass(50);
    const back = await next(browser, host, { navigation: 'back_forward' });
    const client = back.client();
    await assert.rejects(client.handleCallback(), { code: 'cancelled' });
    assert.deepEqual({ ...back.session }, {}, 'B8');
    await browser.pass();
    assert.equal(await client.handleCallback(), null);
  });

  test('D12: a reload, or another visit, says nothing, and a late answer still counts', async () => {
    for (const navigation of ['reload', 'navigate']) {
      const { browser, host } = await gone();
      const again = await next(browser, host, { navigation });
      assert.equal(await again.client().handleCallback(), null);
      assert.equal(Object.keys(again.session).length, 1, navigation);
    }
  });

  test('D12: Back without a sign-in says nothing, nor to another client’s page', async () => {
    const { browser, host } = await gone();
    await browser.pass(50);
    const other = await next(browser, host, { navigation: 'back_forward' });
    assert.equal(await other.client({ clientId: 'another' }).handleCallback(), null);
    const empty = await browser.host({ navigation: 'back_forward' });
    assert.equal(await empty.client().handleCallback(), null);
  });

  test('D12: a link that the page has made meanwhile is not taken for the attempt', async () => {
    const browser = new Browser();
    const page = await browser.host({ navigation: 'back_forward' });
    const client = page.client();
    await browser.pass(50);
    const url = client.authorizationUrl();
    assert.equal(await client.handleCallback(), null);
    const callback = browser.callback({ url, session: page.session }, 'code=abc');
    await browser.pass();
    assert.equal(callback.did('leave').length, 1);
  });

  test('D12: Back ends the attempt that left, and not the link that the page has made since', async () => {
    const { browser, host } = await gone();
    await browser.pass(50);
    const page = await next(browser, host, { navigation: 'back_forward' });
    const client = page.client();
    await browser.pass(50);
    const url = client.authorizationUrl();
    await assert.rejects(client.handleCallback(), { code: 'cancelled' });
    assert.deepEqual(Object.keys(page.session), [`sign-in-with-x:${stateOf({ url })}`]);
    await browser.pass();
    assert.equal(await client.handleCallback(), null, 'nor later');
    assert.equal(Object.keys(page.session).length, 1);
  });

  test('D12: a date that is set meanwhile makes no link older than the page', async () => {
    for (const jump of [86_400_000, -86_400_000]) {
      const browser = new Browser();
      const page = await browser.host({ navigation: 'back_forward' });
      const client = page.client();
      await browser.pass(50);
      client.authorizationUrl();
      browser.clock.date += jump;
      assert.equal(await client.handleCallback(), null);
      assert.equal(Object.keys(page.session).length, 1);
    }
  });

  test('D9 D12: a page out of the back-forward cache goes on as it is; what was about to leave is stopped by cancel() alone', async () => {
    for (const [stop, stopped] of /** @type {[(client: any, host: any) => void, number][]} */ ([
      [(client) => client.cancel(), 1],
      [(client) => client.destroy(), 1],
      [(_, host) => host.dispatch('pageshow', { persisted: true }), 0],
    ])) {
      const browser = new Browser();
      const host = await browser.host();
      const client = host.client({ flow: 'redirect' });
      const end = ending(client.signIn());
      stop(client, host);
      stop(client, host);
      await browser.pass();
      assert.deepEqual([end.said, host.did('stop').length, Object.keys(host.session)], ['cancelled', stopped, []], String(stop));
    }
  });

  test('D12: a popup that waits is not ended by its page’s Back', async () => {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client().signIn());
    host.unload();
    const back = await next(browser, host, { navigation: 'back_forward' });
    const late = /** @type {string[]} */ ([]);
    assert.equal(await back.client({ onLateSignIn: (/** @type {any} */ it) => late.push(it.user.username) }).handleCallback(), null);
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual(late, ['ada']);
  });
});

describe('a reload while the popup is at X', () => {
  /** @param {object} [more] options */
  async function reloaded(more) {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client(more).signIn());
    host.unload();
    await browser.pass(5000);
    const page = await next(browser, host, { navigation: 'reload' });
    const late = /** @type {any[]} */ ([]);
    const client = page.client({ onLateSignIn: (/** @type {any} */ it) => late.push(it), ...more });
    assert.equal(await client.handleCallback(), null);
    return { browser, page, client, late, popup: host.opened[0] };
  }

  test('D9: the reloaded page hears the result', async () => {
    const { browser, page, client, late, popup } = await reloaded();
    await browser.pass();
    assert.equal(await client.handleCallback(), null);
    assert.equal(browser.channels.open.size, 1, 'once, however often it is asked');
    const callback = browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.deepEqual(late.map(({ user, returnTo }) => [user.username, returnTo]), [['ada', '/desk?tab=2']]);
    assert.deepEqual([callback.did('close').length, { ...page.session }, page.listeners, browser.channels.open.size], [1, {}, 0, 0]);
  });

  test('D9: also where it has to exchange the code itself', async () => {
    const { browser, late, popup } = await reloaded();
    browser.callback(popup, 'code=abc', { session: {} });
    await browser.pass(1000);
    assert.deepEqual([late.length, browser.exchanges.length], [1, 1]);
  });

  test('D9 A7: to a page that did not open the popup a code is told twice before it takes it', async () => {
    const { browser, late, popup, page } = await reloaded();
    const callback = browser.callback(popup, 'code=abc', { session: {} });
    await browser.pass(400);
    assert.deepEqual([late.length, browser.exchanges.length, page.did('postMessage').length], [0, 0, 0]);
    await browser.pass(200);
    assert.deepEqual([late.length, browser.exchanges.length, callback.did('close').length], [1, 1, 1]);
  });

  test('D9: how it ended it takes at once', async () => {
    for (const query of ['code=abc', 'error=access_denied']) {
      const { browser, late, popup } = await reloaded();
      const callback = browser.callback(popup, query);
      await browser.pass(50);
      assert.deepEqual([late.length, callback.did('close').length], [query === 'code=abc' ? 1 : 0, 1]);
    }
  });

  test('A7 D9: a copy of the tab leaves the code to the page that opened the popup', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const end = ending(host.client().signIn());
    const copy = await next(browser, host);
    const late = /** @type {any[]} */ ([]);
    assert.equal(await copy.client({ onLateSignIn: (/** @type {any} */ it) => late.push(it) }).handleCallback(), null);
    browser.callback(host.opened[0], 'code=abc', { session: {} });
    await browser.pass(2000);
    assert.equal(end.said, 'ok ada');
    assert.deepEqual([late, browser.exchanges.length, copy.did('fetch').length], [[], 1, 0]);
  });

  test('A6 D9: another configuration of the same client takes no popup over', async () => {
    const { browser, page, popup } = await reloaded();
    page.unload();
    const again = await next(browser, page);
    const late = /** @type {string[]} */ ([]);
    const hears = (/** @type {string} */ name) => ({ onLateSignIn: () => late.push(name) });
    for (const [name, options] of Object.entries({ scopes: { scopes: 'users.read' }, handoff: { handoff: true }, exchange: { exchange: '/other' }, right: {} })) {
      assert.equal(await again.client({ ...options, ...hears(name) }).handleCallback(), null);
      assert.equal(browser.channels.open.size, name === 'right' ? 1 : 0, name);
    }
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.deepEqual(late, ['right']);
  });

  test('D9: a host that finishes itself gets code and verifier', async () => {
    const { browser, late, popup } = await reloaded({ handoff: true });
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.equal(late[0].handoff.code, 'abc');
    assert.equal(late[0].handoff.codeVerifier.length, 43);
  });

  test('D9 C1: what was said before the page listened is there already', async () => {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client().signIn());
    host.unload();
    const [popup] = host.opened;
    browser.shared.items.setItem(`sign-in-with-x:${stateOf(popup)}`, 'sign-in-with-x/1?v=1&status=200&id=1&username=ada&asked=users.read');
    const page = await next(browser, host);
    const late = /** @type {string[]} */ ([]);
    await page.client({ onLateSignIn: (/** @type {any} */ it) => late.push(it.user.username) }).handleCallback();
    await browser.pass();
    assert.deepEqual(late, ['ada']);
    assert.deepEqual({ ...browser.shared.items }, {}, 'and taken away');
  });

  test('D9: a no tells nobody, and ten minutes are the end', async () => {
    const no = await reloaded();
    no.browser.callback(no.popup, 'error=access_denied');
    await no.browser.pass(1000);
    assert.deepEqual([no.late, no.page.listeners, no.browser.clock.running], [[], 0, 0]);
    const never = await reloaded();
    await never.browser.pass(596_000);
    assert.deepEqual([never.late, never.page.listeners, never.browser.clock.running, { ...never.page.session }], [[], 0, 0, {}]);
  });

  test('D9 C4: whoever clicks again after the reload signs in by either window', async () => {
    const { browser, client, late, popup } = await reloaded();
    const end = ending(client.signIn());
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([end.said, late], ['ok ada', []]);
  });

  test('C2: a window that nobody can compare is not believed', async () => {
    const { browser, page, late } = await reloaded();
    const data = 'sign-in-with-x/1?v=1&status=200&id=1&username=evil';
    for (const source of [null, undefined, {}, page.globals]) page.dispatch('message', { source, origin: 'https://app.example', data });
    await browser.pass(1000);
    assert.deepEqual(late, []);
  });

  test('C8 D9: a client that is destroyed before it has looked listens to nothing', async () => {
    const browser = new Browser();
    const host = await browser.host();
    ending(host.client().signIn());
    host.unload();
    const page = await next(browser, host);
    const client = page.client();
    const looked = client.handleCallback();
    client.destroy();
    assert.equal(await looked, null);
    assert.deepEqual([page.listeners, browser.channels.open.size, Object.keys(page.session).length], [0, 0, 1]);
  });

  test('C8 D9: destroy() ends that too', async () => {
    const { browser, page, client, late, popup } = await reloaded();
    client.destroy();
    await browser.pass();
    assert.deepEqual([page.listeners, browser.channels.open.size, browser.clock.running], [0, 0, 0]);
    // The record stays for whoever comes next: an element that is put elsewhere, or the next page.
    const other = page.client({ onLateSignIn: (/** @type {any} */ it) => late.push(it) });
    assert.equal(await other.handleCallback(), null);
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.deepEqual(late.map(({ user }) => user.username), ['ada']);
  });
});

describe('a sign-in that comes back in another browser', () => {
  const wish = (/** @type {Browser} */ browser) => String(new URLSearchParams({ v: '1', restart: '1', created_at: String(browser.clock.now()), redirect_uri: options.redirectUri }));

  test('D7: it is named, and one tap on the callback page begins anew', async () => {
    const { browser, host } = await gone();
    // Another browser: no storage, and nobody who waits.
    const elsewhere = new Browser();
    const page = elsewhere.callback(host, 'code=abc', { session: {} });
    await elsewhere.pass(5000);
    assert.equal(page.place.dataset.code, 'started_elsewhere');
    assert.equal(elsewhere.exchanges.length, 0, 'the binding holds');
    const again = page.place.children.find(({ textContent }) => textContent === 'Try again');
    assert.equal(again.href, '/');
    again.onclick();
    assert.deepEqual([...new URLSearchParams(page.session[NOTE]).keys()], ['v', 'restart', 'created_at', 'redirect_uri']);
    const home = await next(elsewhere, page, { address: 'https://app.example/' });
    const end = ending(home.client().handleCallback());
    await elsewhere.pass();
    assert.equal(end.said, 'waits');
    assert.match(home.did('leave')[0]?.[0], /^https:\/\/x\.com\//);
    assert.equal(home.session[NOTE], undefined);
    assert.equal(browser.exchanges.length, 0);
  });

  test('D7: of several clients that hear the wish, one goes', async () => {
    const browser = new Browser();
    const home = await browser.host({ session: { [NOTE]: wish(browser) } });
    const [one, two] = [home.client(), home.client()];
    const ends = [ending(one.handleCallback()), ending(two.handleCallback())];
    await browser.pass();
    assert.equal(home.did('leave').length, 1);
    assert.deepEqual(ends.map(({ said }) => said).sort(), ['ok', 'waits']);
  });

  test('A6 D7: the wish is for whoever comes back to the same address, whatever it asks for', async () => {
    const browser = new Browser();
    const home = await browser.host({ session: { [NOTE]: wish(browser) } });
    assert.equal(await home.client({ redirectUri: 'https://app.example/other/callback' }).handleCallback(), null);
    assert.deepEqual([home.did('leave').length, Object.keys(home.session)], [0, [NOTE]]);
    ending(home.client({ clientId: 'another', scopes: 'users.read', handoff: true }).handleCallback());
    await browser.pass();
    assert.equal(home.did('leave').length, 1);
    assert.equal(home.session[NOTE], undefined);
  });

  test('D7: the wish is good for a minute', async () => {
    const browser = new Browser();
    const note = wish(browser);
    await browser.pass(61_000);
    const home = await browser.host({ session: { [NOTE]: note } });
    assert.equal(await home.client().handleCallback(), null);
    assert.deepEqual([home.did('leave'), { ...home.session }], [[], {}]);
  });
});
