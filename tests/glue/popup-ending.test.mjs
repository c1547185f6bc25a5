// How a wait ends, who hears of it, and what is left of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Browser, ending, options, stateOf } from './fake/browser.mjs';

/** A host with a client that keeps what comes late, and what it shows. @param {object} [more] options */
async function begun(more) {
  const browser = new Browser();
  const host = await browser.host();
  const late = /** @type {string[]} */ ([]);
  const client = host.client({ onLateSignIn: (/** @type {any} */ result) => late.push(result.user?.username ?? result.handoff.code), ...more });
  const end = ending(client.signIn());
  return { browser, host, client, end, late, popup: host.opened[0] };
}

/** What of a wait is left in a browser. A page gives its claim on a code back by a timer, which is none of the wait's. @param {Browser} browser @param {any} host */
const left = (browser, host) => ({ listeners: host.listeners, channels: browser.channels.open.size, timers: browser.clock.running - browser.locks.heldBy(host), records: Object.keys(host.session).length });
const nothing = { listeners: 0, channels: 0, timers: 0, records: 0 };

describe('C4: `closed` is a hint', () => {
  test('C4: X cuts the tie: the wait goes on while the person types over there', async () => {
    const { browser, host, end, popup } = await begun();
    host.hasFocus = false;
    Object.assign(popup ?? {}, { closed: true });
    await browser.pass(300_000);
    assert.equal(end.said, 'waits');
    browser.callback(popup, 'code=abc');
    await browser.pass(1000);
    assert.equal(end.said, 'ok ada');
  });

  for (const [what, open, grace] of /** @type {const} */ ([['whose tie is cut', 0, 5000], ['that stays tied', 4000, 1000]])) {
    test(`C4: a window ${what} counts as closed ${grace / 1000} s after the person is back`, async () => {
      const { browser, host, end, popup } = await begun();
      host.hasFocus = false;
      await browser.pass(open);
      Object.assign(popup ?? {}, { closed: true });
      await browser.pass(10_000);
      host.hasFocus = true;
      await browser.pass(grace);
      assert.equal(end.said, 'waits');
      await browser.pass(500);
      assert.equal(end.said, 'cancelled');
    });
  }

  for (const [what, giveUp, said] of /** @type {[string, (world: Awaited<ReturnType<typeof begun>>) => Promise<void> | void, string][]} */ ([
    ['cancel()', ({ client }) => client.cancel(), 'cancelled'],
    ['a timeout', ({ browser }) => browser.pass(20_500), 'timeout'],
    ['a window that seemed closed', async ({ browser, host, popup }) => {
      host.hasFocus = false;
      Object.assign(popup ?? {}, { closed: true });
      await browser.pass(1000);
      host.hasFocus = true;
      await browser.pass(6000);
    }, 'cancelled'],
  ])) {
    test(`C4: after ${what} a late answer is heard, once`, async () => {
      const world = await begun({ timeout: 20_000 });
      const { browser, host, end, late, popup } = world;
      await giveUp(world);
      await browser.pass();
      assert.equal(end.said, said);
      assert.equal(popup?.wasClosed, true);
      assert.deepEqual({ ...host.session }, {}, 'B8: the record is gone');
      browser.callback(popup, 'code=abc');
      await browser.pass(1000);
      assert.deepEqual(late, ['ada']);
      assert.deepEqual(left(browser, host), nothing);
      browser.callback(popup, 'code=abc');
      await browser.pass(5000);
      assert.deepEqual(late, ['ada']);
    });

    test(`C4: after ${what} a late failure tells nobody`, async () => {
      const world = await begun({ timeout: 20_000 });
      const { browser, host, late, popup } = world;
      await giveUp(world);
      const page = browser.callback(popup, 'error=access_denied');
      await browser.pass(1000);
      assert.deepEqual(late, []);
      assert.deepEqual(page.did('close'), [[]], 'but it was heard');
      assert.deepEqual(left(browser, host), nothing);
    });
  }

  test('C4: what was given up is over after ten minutes', async () => {
    const { browser, host, client } = await begun();
    client.cancel();
    await browser.pass(601_000);
    assert.deepEqual(left(browser, host), nothing);
  });

  test('C4: a late answer that cannot be exchanged is no news', async () => {
    const { browser, client, late, popup } = await begun();
    client.cancel();
    browser.backend = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    browser.callback(popup, 'code=abc', { session: {} });
    await browser.pass(1000);
    assert.deepEqual([late, browser.exchanges.length], [[], 1]);
  });
});

describe('C8: nothing is left', () => {
  test('C8: while it waits there is something', async () => {
    const { browser, host } = await begun();
    const now = left(browser, host);
    assert.ok(now.listeners > 0 && now.channels === 1 && now.timers === 1 && now.records === 1);
  });

  for (const [what, end] of /** @type {[string, (world: Awaited<ReturnType<typeof begun>>, controller: AbortController) => void][]} */ ([
    ['an abort', (_, controller) => controller.abort()],
    ['destroy()', ({ client }) => client.destroy()],
    ['destroy() after cancel()', ({ client }) => (client.cancel(), client.destroy())],
    ['an abort after cancel()', ({ client }, controller) => (client.cancel(), controller.abort())],
    ['destroy() twice', ({ client }) => (client.destroy(), client.destroy())],
  ])) {
    test(`C8: after ${what}: no listener, channel, timer or record, and no late answer`, async () => {
      const browser = new Browser();
      const host = await browser.host();
      const late = /** @type {unknown[]} */ ([]);
      const client = host.client({ onLateSignIn: (/** @type {unknown} */ it) => late.push(it) });
      const controller = new AbortController();
      let onSignal = 0;
      const { addEventListener, removeEventListener } = controller.signal;
      controller.signal.addEventListener = function (/** @type {any[]} */ ...args) {
        onSignal += 1;
        args[2]?.signal?.addEventListener('abort', () => (onSignal -= 1));
        return Reflect.apply(addEventListener, this, args);
      };
      const ended = ending(client.signIn({ signal: controller.signal }));
      end(/** @type {any} */ ({ client }), controller);
      await browser.pass();
      assert.equal(ended.said, 'cancelled');
      assert.deepEqual(left(browser, host), nothing);
      assert.equal(onSignal, 0, 'nor on the host’s signal');
      assert.ok(removeEventListener);
      browser.callback(host.opened[0], 'code=abc');
      await browser.pass(5000);
      assert.deepEqual(late, []);
    });
  }

  for (const [what, query] of [['a success', 'code=abc'], ['a no', 'error=access_denied']]) {
    test(`C8: after ${what}`, async () => {
      const { browser, host, popup, end } = await begun();
      browser.callback(popup, query ?? '');
      await browser.pass(1000);
      assert.notEqual(end.said, 'waits');
      assert.deepEqual(left(browser, host), nothing);
    });
  }

  test('C8: after a redirect that was cancelled, or ended by Back', async () => {
    for (const stop of /** @type {((client: any, host: any, controller: AbortController) => void)[]} */ ([
      (client) => client.cancel(),
      (client) => client.destroy(),
      (_, __, controller) => controller.abort(),
      (_, host) => host.dispatch('pageshow', { persisted: true }),
    ])) {
      const browser = new Browser();
      const host = await browser.host();
      const [client, controller] = [host.client({ flow: 'redirect' }), new AbortController()];
      const end = ending(client.signIn({ signal: controller.signal }));
      stop(client, host, controller);
      await browser.pass();
      assert.equal(end.said, 'cancelled');
      assert.deepEqual(left(browser, host), nothing, String(stop));
    }
  });

  test('C8: people who try again and again leave no more than a few windows to listen to', async () => {
    const { browser, host, client } = await begun();
    for (let n = 0; n < 20; n++) {
      await browser.pass(1500);
      ending(client.signIn());
    }
    assert.equal(host.opened.length, 21);
    assert.ok(browser.channels.open.size <= 4, String(browser.channels.open.size));
    client.destroy();
    assert.deepEqual(left(browser, host), nothing);
  });
});

describe('A22: every promise comes to an end', () => {
  /** A client that shows its states, and what the page does in one of them, once. @param {string} when @param {(client: any) => void} act @param {object} [more] */
  async function acting(when, act, more) {
    const browser = new Browser();
    const host = await browser.host();
    const states = /** @type {string[]} */ ([]);
    const late = /** @type {string[]} */ ([]);
    /** @type {string | undefined} */ let awaited = when;
    const client = new host.library.Client(
      { ...options, onLateSignIn: (result) => void late.push(result.user?.username ?? ''), ...more },
      (state) => {
        states.push(state);
        if (state !== awaited) return;
        awaited = undefined;
        act(client);
      },
    );
    return { browser, host, client, states, late };
  }

  for (const [state, first] of /** @type {const} */ ([['waiting', 'ok ada'], ['finishing', 'ok ada'], ['signed_in', 'ok ada'], ['idle', 'cancelled']])) {
    for (const wait of [0, 1500]) {
      test(`D4 A22: signIn() from within the event \`${state}\`${wait ? ', too late for a double click' : ''}`, async () => {
        /** @type {ReturnType<typeof ending> | undefined} */ let inner;
        const { browser, host, client } = await acting(state, (it) => (inner = ending(it.signIn())));
        const outer = ending(client.signIn());
        await browser.pass(wait);
        browser.callback(host.opened[0], state === 'idle' ? 'error=access_denied' : 'code=abc', { session: {} });
        await browser.pass(1000);
        // Whatever is open by now gets its answer too.
        if (host.opened[1]) browser.callback(host.opened[1], 'code=abc');
        await browser.pass(1000);
        const replaced = wait > 0 && (state === 'finishing' || state === 'signed_in');
        assert.equal(outer.said, replaced ? 'cancelled' : first);
        assert.equal(inner?.said, 'ok ada');
        client.destroy();
        assert.deepEqual(left(browser, host), nothing);
      });
    }
  }

  test('D4 A22: signIn() from within the event of the attempt that it replaces is the one attempt', async () => {
    /** @type {Promise<any> | undefined} */ let inner;
    const { browser, host, client } = await acting('idle', (it) => (inner = it.signIn()));
    const first = ending(client.signIn());
    await browser.pass(2000);
    const outer = client.signIn();
    const [one, two] = [ending(outer), ending(inner ?? assert.fail())];
    assert.equal(outer, inner);
    assert.equal(host.opened.length, 2, 'the first one, and one more');
    browser.callback(host.opened[1], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([first.said, one.said, two.said], ['cancelled', 'ok ada', 'ok ada']);
    assert.deepEqual(left(browser, host).records, 0);
  });

  test('C8 A22: destroy() from within that event begins nothing', async () => {
    const { browser, host, client } = await acting('idle', (it) => it.destroy());
    const first = ending(client.signIn());
    await browser.pass(2000);
    const second = ending(client.signIn());
    await browser.pass();
    assert.deepEqual([first.said, second.said, host.opened.length], ['cancelled', 'cancelled', 1]);
    assert.deepEqual(left(browser, host), nothing);
  });

  for (const [what, act] of /** @type {[string, (client: any) => void][]} */ ([['cancel()', (it) => it.cancel()], ['destroy()', (it) => it.destroy()]])) {
    test(`D12 A22: ${what} while a redirect is \`loading\` keeps the page here`, async () => {
      const { browser, host, client, states } = await acting('loading', act, { flow: 'redirect' });
      const end = ending(client.signIn());
      await browser.pass();
      assert.deepEqual([end.said, host.did('leave'), states.at(-1)], ['cancelled', [], 'idle']);
      assert.deepEqual(left(browser, host), nothing);
      if (what === 'destroy()') return;
      ending(client.signIn());
      assert.equal(host.did('leave').length, 1, 'and the next click goes');
    });
  }

  test('D4: signIn() while a redirect is `loading` is the same attempt', async () => {
    /** @type {Promise<any> | undefined} */ let inner;
    const { host, client } = await acting('loading', (it) => (inner = it.signIn()), { flow: 'redirect' });
    assert.equal(client.signIn(), inner);
    assert.equal(host.did('leave').length, 1);
  });

  for (const wait of [0, 2000]) {
    test(`D4 A22: a signal that is aborted already is refused, and what runs for ${wait} ms runs on`, async () => {
      const { browser, host, client, end } = await begun();
      await browser.pass(wait);
      const refused = ending(client.signIn({ signal: AbortSignal.abort() }));
      await browser.pass();
      assert.deepEqual([refused.said, end.said, host.opened.length, host.opened[0]?.wasClosed], ['cancelled', 'waits', 1, false]);
      browser.callback(host.opened[0], 'code=abc');
      await browser.pass(1000);
      assert.equal(end.said, 'ok ada');
    });
  }

  /** A page that is just exchanging the code, and a backend that takes its time. */
  async function finishing() {
    const world = await acting('', () => {});
    const { browser, host, client } = world;
    /** @type {(response: Response) => void} */ let answer = () => {};
    browser.backend = () => new Promise((resolve) => (answer = resolve));
    const end = ending(client.signIn());
    browser.callback(host.opened[0], 'code=abc', { session: {} });
    await browser.pass(200);
    assert.equal(world.states.at(-1), 'finishing');
    return { ...world, end, answer: (status = 200) => (answer(Response.json({ user: { id: '1', username: 'ada' } }, { status })), browser.pass()) };
  }

  test('C4: cancel() while it finishes is `cancelled`, and the success is heard late', async () => {
    const { browser, host, client, end, late, states, answer } = await finishing();
    client.cancel();
    await browser.pass();
    assert.deepEqual([end.said, states.at(-1), late], ['cancelled', 'idle', []]);
    await answer();
    assert.deepEqual([end.said, states.at(-1), late], ['cancelled', 'signed_in', ['ada']]);
    assert.deepEqual(left(browser, host), nothing);
  });

  test('C4: cancel() while it finishes, and a failure that nobody needs to know', async () => {
    const { client, end, late, states, answer } = await finishing();
    client.cancel();
    await answer(400);
    assert.deepEqual([end.said, states.at(-1), late], ['cancelled', 'idle', []]);
  });

  test('C8: destroy() while it finishes: nothing is heard any more', async () => {
    const { client, end, late, answer } = await finishing();
    client.destroy();
    await answer();
    assert.deepEqual([end.said, late], ['cancelled', []]);
  });

  test('D4: signIn() while it finishes: the newer popup is closed when the older one has answered', async () => {
    const { browser, host, client, end, late, answer } = await finishing();
    await browser.pass(2000);
    const second = ending(client.signIn());
    assert.equal(host.opened[1]?.wasClosed, false);
    await answer();
    assert.deepEqual([end.said, second.said, late, host.opened[1]?.wasClosed], ['cancelled', 'ok ada', [], true]);
    assert.equal(left(browser, host).records, 0);
  });

  test('A22: what the host’s own onLateSignIn throws is the host’s', async () => {
    const unhandled = /** @type {any[]} */ ([]);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (thrown) => void unhandled.push(thrown));
    try {
      const { browser, host, client, states } = await acting('', () => {}, { onLateSignIn: () => { throw new Error('the host’s'); } });
      const end = ending(client.signIn());
      client.cancel();
      browser.callback(host.opened[0], 'code=abc');
      await browser.pass(1000);
      assert.equal(end.said, 'cancelled');
      assert.deepEqual(unhandled.map(({ message }) => message), ['the host’s']);
      assert.equal(states.at(-1), 'signed_in');
      assert.deepEqual(left(browser, host), nothing);
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const other of others) process.on('unhandledRejection', other);
    }
  });

  test('A22: an engine that knows nothing of an attempt any more ends its wait', async () => {
    const { browser, host, client, states } = await acting('', () => {});
    const end = ending(client.signIn());
    const key = `sign-in-with-x:${stateOf(host.opened[0])}`;
    assert.throws(() => host.library.ask('popupEvent', { key, event: 'abort' }), { code: 'cancelled' });
    await browser.pass(500);
    assert.deepEqual([end.said, states.at(-1), host.opened[0]?.wasClosed], ['internal', 'idle', true]);
    assert.deepEqual(left(browser, host), nothing);
  });

  test('C8 D9: however many popups are taken over, the one that is waited for is heard', async () => {
    const browser = new Browser();
    const before = await browser.host();
    for (let n = 0; n < 6; n++) ending(before.client().signIn());
    before.unload();
    const late = /** @type {string[]} */ ([]);
    const host = await browser.host({ session: { ...before.session } });
    const client = host.client({ onLateSignIn: (/** @type {any} */ it) => late.push(it.user.username) });
    const end = ending(client.signIn());
    assert.equal(await client.handleCallback(), null);
    await browser.pass();
    assert.equal(end.said, 'waits');
    assert.ok(browser.channels.open.size <= 4, String(browser.channels.open.size));
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([end.said, late], ['ok ada', []]);
    client.destroy();
    assert.deepEqual([host.listeners, browser.channels.open.size, browser.clock.running], [0, 0, 0]);
  });
});

describe('D4: one attempt for each intent', () => {
  test('D4: a double click shares one attempt', async () => {
    const { browser, host, client } = await begun();
    const [one, two] = [client.signIn(), client.signIn()];
    assert.equal(one, two);
    assert.equal(host.opened.length, 1);
    browser.callback(host.opened[0], 'code=abc');
    await browser.pass(1000);
    assert.equal((await one).user?.username, 'ada');
  });

  for (const which of [0, 1]) {
    test(`D4 C4: a later click begins anew; the person finishes in window ${which + 1}`, async () => {
      const { browser, host, client, end, late } = await begun();
      await browser.pass(2000);
      const second = ending(client.signIn());
      await browser.pass();
      assert.equal(end.said, 'cancelled');
      assert.equal(host.opened.length, 2);
      browser.callback(host.opened[which], 'code=abc');
      await browser.pass(1000);
      assert.equal(second.said, 'ok ada');
      assert.deepEqual(late, []);
      assert.ok(host.opened.every(({ wasClosed }) => wasClosed), 'both windows are closed, where that is possible');
      // Whoever finishes in the other one too hears of it apart.
      browser.callback(host.opened[1 - which], 'code=abc');
      await browser.pass(1000);
      assert.deepEqual(late, ['ada']);
      assert.deepEqual(left(browser, host), nothing);
    });
  }

  test('D4 C4: a failure in a window that was given up does not end the newer attempt', async () => {
    const { browser, host, client } = await begun();
    await browser.pass(2000);
    const second = ending(client.signIn());
    browser.callback(host.opened[0], 'error=access_denied');
    await browser.pass(1000);
    assert.equal(second.said, 'waits');
    browser.callback(host.opened[1], 'code=abc');
    await browser.pass(1000);
    assert.equal(second.said, 'ok ada');
  });

  test('D4: the host ends an attempt that a newer one has replaced: the newer one goes on', async () => {
    const browser = new Browser();
    const host = await browser.host();
    const [client, controller] = [host.client(), new AbortController()];
    const first = ending(client.signIn({ signal: controller.signal }));
    await browser.pass(2000);
    const second = ending(client.signIn());
    controller.abort();
    await browser.pass();
    assert.deepEqual([first.said, second.said], ['cancelled', 'waits']);
    browser.callback(host.opened[1], 'code=abc');
    await browser.pass(1000);
    assert.equal(second.said, 'ok ada');
  });

  test('D4 C4: a late code that cannot be exchanged does not end the newer attempt either', async () => {
    const { browser, host, client } = await begun();
    await browser.pass(2000);
    const second = ending(client.signIn());
    browser.backend = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    browser.callback(host.opened[0], 'code=old', { session: {} });
    await browser.pass(1000);
    assert.deepEqual([second.said, browser.exchanges.length], ['waits', 1]);
    browser.backend = () => Response.json({ user: { id: '1', username: 'ada' } });
    browser.callback(host.opened[1], 'code=abc');
    await browser.pass(1000);
    assert.equal(second.said, 'ok ada');
  });

  test('D4: two clients of one page do not hear each other’s answers', async () => {
    const { browser, host, end } = await begun();
    const other = ending(host.client().signIn());
    browser.callback(host.opened[1], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([end.said, other.said], ['waits', 'ok ada']);
    browser.callback(host.opened[0], 'error=access_denied');
    await browser.pass(1000);
    assert.deepEqual([end.said, other.said], ['cancelled', 'ok ada']);
  });

  test('D4: buttons of one client tell one story', async () => {
    const { client, end, browser, host } = await begun();
    client.cancel();
    client.cancel();
    await browser.pass();
    assert.equal(end.said, 'cancelled');
    assert.equal(host.opened.length, 1);
  });
});

test('D5: several tabs sign in at once, and each gets its own answer', async () => {
  const browser = new Browser();
  browser.backend = ({ code }) => Response.json({ user: { id: '1', username: code } });
  const tabs = await Promise.all(Array.from({ length: 5 }, () => browser.host()));
  const ends = tabs.map((tab) => ending(tab.client().signIn()));
  const states = tabs.map((tab) => stateOf(tab.opened[0]));
  assert.equal(new Set(states).size, 5);
  // In another order than they began.
  for (const n of [3, 0, 4, 2, 1]) browser.callback(tabs[n]?.opened[0], `code=person_${n}`);
  await browser.pass(1000);
  assert.deepEqual(ends.map((end) => end.said), [0, 1, 2, 3, 4].map((n) => `ok person_${n}`));
});
