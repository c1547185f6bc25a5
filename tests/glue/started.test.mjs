// Sign-ins that the backend begins: OAuth 1.0a, and OAuth 2.0 without a secret in the page.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Browser, ending, NOTE, options, user } from './fake/browser.mjs';

const OAUTH1 = '/auth/x/oauth1/start';
const YES = 'oauth_token=canary-request&oauth_verifier=canary-proof';
const PREFIX = 'sign-in-with-x:';

/** Without the other window's classes. @param {unknown} value */
const plain = (value) => JSON.parse(JSON.stringify(value));

/** The state in the address that a window was sent to. @param {any} from */
const nameOf = (from) => new URL(from.url ?? from.did('leave').at(-1)[0], 'https://app.example').searchParams.get('state') ?? '';

/** X sends a window back by OAuth 1.0a, which adds no state. @param {Browser} browser @param {any} from @param {string} query @param {any} [shown] */
const back = (browser, from, query, shown = {}) => {
  const window = browser.window(`${options.redirectUri}?${query}`, { session: { ...from.session }, ...shown });
  window.runCallback();
  return window;
};

/** What OAuth 1.0a's backend answers: nobody has given scopes. @param {Browser} browser */
const answering = (browser) => {
  browser.backend = () => Response.json({ user, scopes: [], returnTo: '/elsewhere' });
};

/** A page with a popup on the backend's start. */
const waiting = async (more = {}) => {
  const browser = new Browser();
  answering(browser);
  const host = await browser.host();
  const client = host.client({ start: OAUTH1, ...more });
  const end = ending(client.signIn());
  await browser.pass();
  return { browser, host, client, end, popup: host.opened[0] };
};

describe('OAuth 1.0a by popup', () => {
  test('D1 G9: it opens on the backend’s start in the click itself, and the page keeps no secret', async () => {
    const { host, popup } = await waiting();
    assert.match(host.did('open')[0]?.[0], /^\/auth\/x\/oauth1\/start\?redirect_uri=https%3A%2F%2Fapp\.example%2Fauth%2Fx%2Fcallback&state=[\w-]{43}$/);
    const record = new URLSearchParams(popup.session[PREFIX + nameOf(popup)]);
    assert.deepEqual([record.get('finish'), record.get('exchange'), record.get('code_verifier'), record.get('scope')], ['start', OAUTH1, '', '']);
    assert.equal(host.did('fetch').length, 0);
  });

  test('G9 A7: the callback page posts the verifier and the attempt’s name, once, and the page hears', async () => {
    const { browser, host, end, popup } = await waiting();
    const callback = back(browser, popup, YES);
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.deepEqual(plain([end.result.scopes, end.result.returnTo]), [[], '/desk?tab=2']);
    assert.equal(browser.exchanges.length, 1);
    const [{ url, init, ...body }] = browser.exchanges;
    assert.equal(url, 'https://app.example/auth/x/oauth1/exchange');
    assert.equal(init.headers['X-Requested-With'], 'sign-in-with-x');
    assert.deepEqual(body, { oauthToken: 'canary-request', oauthVerifier: 'canary-proof', state: nameOf(popup) });
    assert.deepEqual(callback.did('close').length, 1);
    assert.deepEqual([{ ...callback.session }, { ...host.session }], [{}, {}], 'B8');
    for (const [, message] of callback.did('postMessage')) assert.doesNotMatch(message, /canary/, 'B5');
  });

  test('B6: denied is the person’s no', async () => {
    const { browser, end, popup } = await waiting();
    back(browser, popup, 'denied=canary-request');
    await browser.pass(1000);
    assert.deepEqual([end.said, browser.exchanges.length], ['cancelled', 0]);
  });

  test('A22: what the backend could not begin is told as an error', async () => {
    const { browser, end, popup } = await waiting();
    back(browser, popup, `error=rate_limited&error_description=Later.&state=${nameOf(popup)}`);
    await browser.pass(1000);
    assert.equal(end.said, 'provider_error rate_limited');
  });

  test('G4: what the backend refuses is told as an error', async () => {
    const { browser, end, popup } = await waiting();
    browser.backend = () => Response.json({ error: 'invalid_grant', hint: 'Sign in again.' }, { status: 400 });
    back(browser, popup, YES);
    await browser.pass(1000);
    assert.equal(end.said, 'exchange_failed invalid_grant');
  });

  test('A6: a code is no answer to it', async () => {
    const { browser, end, popup } = await waiting();
    back(browser, popup, `code=c&state=${nameOf(popup)}`);
    await browser.pass(1000);
    assert.deepEqual([end.said, browser.exchanges.length], ['state_mismatch', 0]);
  });

  test('D4 D5: two popups at once, each is the newest of its window', async () => {
    const browser = new Browser();
    answering(browser);
    const host = await browser.host();
    const ends = [];
    for (const scopes of ['tweet.read', 'users.read']) {
      ends.push(ending(host.client({ start: OAUTH1, scopes }).signIn()));
      await browser.pass(2000);
    }
    const [first, second] = host.opened;
    back(browser, second, YES);
    await browser.pass(1000);
    back(browser, first, YES);
    await browser.pass(1000);
    assert.deepEqual(ends.map(({ said }) => said), ['ok ada', 'ok ada']);
    assert.deepEqual(browser.exchanges.map(({ state }) => state), [nameOf(second), nameOf(first)]);
  });

  test('D4: a double click opens one window', async () => {
    const { host, client } = await waiting();
    client.signIn().catch(() => {});
    assert.equal(host.did('open').length, 1);
  });

  test('A5 D7: in a window that began none, nothing is exchanged, and there is another try', async () => {
    const { browser } = await waiting();
    for (const query of [YES, 'denied=canary-request']) {
      const stranger = back(browser, { session: {} }, query);
      await browser.pass(2000);
      assert.equal(stranger.place.dataset.code, 'started_elsewhere');
    }
    assert.equal(browser.exchanges.length, 0);
  });

  test('D10: where nothing is stored nobody leaves', async () => {
    const browser = new Browser();
    const host = await browser.host();
    host.storageFault = 'off';
    const end = ending(host.client({ start: OAUTH1 }).signIn());
    await browser.pass();
    assert.deepEqual([end.said, host.did('open').length], ['storage_unavailable', 0]);
  });

  test('D1: a click before the engine opens an empty window, which gets the record by hand', async () => {
    const browser = new Browser();
    answering(browser);
    const host = await browser.host({ loaded: false });
    const end = ending(host.client({ start: OAUTH1 }).signIn());
    assert.equal(host.did('open')[0]?.[0], '');
    await host.library.init();
    await host.library.whole();
    for (let turn = 0; turn < 20; turn++) await browser.pass();
    const [popup] = host.opened;
    assert.match(popup?.url ?? '', /^\/auth\/x\/oauth1\/start\?/);
    back(browser, popup, YES);
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
  });
});

describe('OAuth 1.0a by redirect', () => {
  test('G9: there and back, and the page hears of it where it lands', async () => {
    const browser = new Browser();
    answering(browser);
    const host = await browser.host();
    host.client({ start: OAUTH1, flow: 'redirect' }).signIn().catch(() => {});
    await browser.pass();
    assert.match(host.did('leave')[0]?.[0], /^\/auth\/x\/oauth1\/start\?/);
    const callback = back(browser, host, YES);
    await browser.pass(1000);
    assert.deepEqual(callback.did('leave'), [['https://app.example/desk?tab=2']]);
    const landed = await browser.host({ session: { ...callback.session } });
    const result = await landed.client({ start: OAUTH1 }).handleCallback();
    assert.deepEqual(plain(result), { user, scopes: [], returnTo: '/desk?tab=2' });
    assert.deepEqual({ ...landed.session }, {});
    assert.equal(browser.exchanges.length, 1);
  });

  test('A6: the note is none of a configuration’s without start', async () => {
    const browser = new Browser();
    answering(browser);
    const host = await browser.host();
    host.client({ start: OAUTH1, flow: 'redirect' }).signIn().catch(() => {});
    await browser.pass();
    const callback = back(browser, host, YES);
    await browser.pass(1000);
    const landed = await browser.host({ session: { ...callback.session } });
    assert.equal(await landed.client().handleCallback(), null);
    assert.ok(landed.session[NOTE]);
  });
});

describe('OAuth 1.0a on a page of the host’s own', () => {
  /** @param {string} query @param {Record<string, string>} session @param {Browser} browser */
  const arrive = async (query, session, browser) => {
    const host = await browser.host({ address: `${options.redirectUri}?${query}`, session });
    const end = ending(host.client({ start: OAUTH1 }).handleCallback());
    await browser.pass(5000);
    return { host, end };
  };

  test('B2 G9: by redirect it cleans the address, and posts', async () => {
    const browser = new Browser();
    answering(browser);
    const before = await browser.host();
    before.client({ start: OAUTH1, flow: 'redirect' }).signIn().catch(() => {});
    await browser.pass();
    const { host, end } = await arrive(YES, { ...before.session }, browser);
    assert.equal(end.said, 'ok ada');
    assert.equal(host.location.href, options.redirectUri);
    const [{ url, init, ...body }] = browser.exchanges;
    assert.equal(new URL(url, options.redirectUri).pathname, '/auth/x/oauth1/exchange');
    assert.equal(init.method, 'POST');
    assert.equal(body.oauthToken, 'canary-request');
    assert.equal(body.oauthVerifier, 'canary-proof');
    assert.equal(body.state, nameOf(before));
    assert.ok(!('codeVerifier' in body) && !('code' in body));
  });

  test('C1 G9: in a popup it tells the page that waits, and closes', async () => {
    const { browser, end, popup } = await waiting();
    const { host } = await arrive(YES, { ...popup.session }, browser);
    assert.equal(end.said, 'ok ada');
    assert.equal(host.did('close').length, 1);
    assert.equal(browser.exchanges.length, 1);
  });

  test('B6: denied, too', async () => {
    const { browser, end, popup } = await waiting();
    await arrive('denied=canary-request', { ...popup.session }, browser);
    assert.equal(end.said, 'cancelled');
  });

  test('A10: without an attempt it is somebody else’s page, and an answer to none', async () => {
    const browser = new Browser();
    const none = await arrive('lang=de', {}, browser);
    assert.equal(none.end.result, null);
    const stray = await arrive(YES, {}, browser);
    assert.equal(stray.end.said, 'started_elsewhere');
    assert.equal(browser.exchanges.length, 0);
  });
});

describe('OAuth 2.0 that the backend begins', () => {
  test('G4 A2: the page posts the code with its state, and has no verifier', async () => {
    const { browser, end, popup, host } = await waiting({ start: '/auth/x/start?return_to=/inbox' });
    browser.backend = () => Response.json({ user, scopes: ['users.read'] });
    assert.match(host.did('open')[0]?.[0], /^\/auth\/x\/start\?return_to=\/inbox&redirect_uri=/);
    const state = nameOf(popup);
    const window = browser.window(`${options.redirectUri}?code=c&state=${state}`, { session: { ...popup.session } });
    window.runCallback();
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    assert.deepEqual(plain(end.result.scopes), ['users.read']);
    const [{ url, init, ...body }] = browser.exchanges;
    assert.deepEqual([url, init.method], ['https://app.example/auth/x/exchange', 'POST']);
    assert.deepEqual(body, { code: 'c', state, redirectUri: options.redirectUri, clientId: 'client' });
  });

  test('C1: a window without a record hands the answer over, and the page posts the same', async () => {
    const { browser, end, popup } = await waiting({ start: '/auth/x/start' });
    browser.backend = () => Response.json({ user, scopes: ['users.read'] });
    const state = nameOf(popup);
    browser.window(`${options.redirectUri}?code=c&state=${state}`).runCallback();
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
    const [{ url, init, ...body }] = browser.exchanges;
    assert.deepEqual([new URL(url, options.redirectUri).pathname, init.method], ['/auth/x/exchange', 'POST']);
    assert.deepEqual(body, { code: 'c', state, redirectUri: options.redirectUri, clientId: 'client' });
  });
});
