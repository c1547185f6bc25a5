/** C8: what a sign-in sets up it takes down again, and it does not keep a page out of the back/forward cache. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { hostPage, useBrowser } from './harness.mjs';

const world = useBrowser();

/** Runs before the page's own scripts: counts what is open. */
const COUNT = `() => {
  const open = (window.stillOpen = { listeners: 0, channels: 0, intervals: new Set() });
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const known = new WeakMap();
  EventTarget.prototype.addEventListener = function (name, listener, options) {
    const names = known.get(listener ?? this) ?? known.set(listener ?? this, new Set()).get(listener ?? this);
    const signal = options?.signal;
    // Those on elements go with the element.
    const counted = this === window || this === document || this instanceof AbortSignal || (this ?? window) === window;
    if (counted && !names.has(name) && !signal?.aborted) {
      names.add(name);
      open.listeners += 1;
      const gone = () => names.delete(name) && (open.listeners -= 1);
      if (signal) addEventListener.call(signal, 'abort', gone);
      // A signal that was aborted, or that nobody holds any more, holds nobody.
      if (this instanceof AbortSignal) addEventListener.call(this, 'abort', gone);
    }
    return addEventListener.call(this ?? window, name, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (name, listener, options) {
    if (known.get(listener)?.delete(name)) open.listeners -= 1;
    return removeEventListener.call(this ?? window, name, listener, options);
  };
  const Channel = window.BroadcastChannel;
  window.BroadcastChannel = class extends Channel {
    constructor(name) { super(name); open.channels += 1; }
    close() { open.channels -= 1; super.close(); }
  };
  const { setInterval, clearInterval } = window;
  window.setInterval = (...all) => { const id = setInterval(...all); open.intervals.add(id); return id; };
  window.clearInterval = (id) => { open.intervals.delete(id); clearInterval(id); };
  window.openNow = () => ({ listeners: open.listeners, channels: open.channels, intervals: open.intervals.size });
}`;

const pages = /** @type {import('./harness/world.mjs').Conditions['pages']} */ ((path, config) => {
  if (path === '/host') return { body: hostPage(config, [{ flow: 'popup' }]) };
  if (path === '/spa') return { body: hostPage(config, [], { body: `<script type="module">import * as all from '/pkg/index.js'; window.sdk = all; window.config = ${JSON.stringify(config)};</script>` }) };
  // Firefox asks for it again for a page that comes out of the cache.
  if (path === '/favicon.ico') return { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
  return path === '/elsewhere' ? { body: '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">' } : undefined;
});

/** @param {import('./harness/world.mjs').World} here @param {string} path @param {string} ready */
async function visit({ driver, demo }, path, ready) {
  await driver.get(demo.url + path);
  await driver.wait(() => driver.executeScript(`return Boolean(${ready})`).catch(() => false), 15_000, `waiting for ${ready}`);
}

test('C8: five hundred elements that come and go leave no listener', async (t) => {
  const here = await world(t, { pages });
  await here.witness.beforeEachPage(COUNT);
  await visit(here, '/host', `document.querySelector('#x0')?.shadowRoot`);
  const counts = await here.witness.inPage(`async () => {
    const original = document.querySelector('#x0');
    const before = window.openNow();
    for (let n = 0; n < 500; n += 1) {
      const copy = original.cloneNode();
      copy.endpoints = original.endpoints;
      document.body.append(copy);
      if (n % 50 === 0) await new Promise((go) => setTimeout(go, 20));
      copy.remove();
    }
    await new Promise((go) => setTimeout(go, 200));
    return { before, after: window.openNow() };
  }`);
  assert.deepEqual(counts.after, counts.before);
});

for (const end of ['destroy', 'signal']) {
  test(`C8: a hundred attempts that are ended by ${end} leave no listener, channel or timer`, async (t) => {
    const here = await world(t, { pages });
    await here.witness.beforeEachPage(COUNT);
    await visit(here, '/spa', 'window.sdk');
    const counts = await here.witness.inPage(
      `async (end) => {
      const { createSignIn, init } = window.sdk;
      await init({ wasm: '/pkg/sign-in-with-x.wasm' });
      const { clientId, redirectUri, authorize } = window.config;
      // A window that never goes anywhere.
      window.open = () => ({ closed: false, close() {}, document: {} });
      const before = window.openNow();
      const codes = new Set();
      let during;
      for (let n = 0; n < 100; n += 1) {
        const client = createSignIn({ clientId, redirectUri, endpoints: { authorize }, flow: 'popup' });
        const stop = new AbortController();
        const answer = client.signIn({ signal: stop.signal }).catch((error) => codes.add(error.code));
        during = window.openNow();
        if (end === 'destroy') client.destroy();
        else stop.abort();
        await answer;
      }
      return { before, during, after: window.openNow(), codes: [...codes], keys: Object.keys(sessionStorage) };
    }`,
      end,
    );
    assert.ok(counts.during.channels === counts.before.channels + 1 && counts.during.intervals > counts.before.intervals, 'it is counted');
    assert.deepEqual({ ...counts.after, codes: counts.codes, keys: counts.keys }, { ...counts.before, codes: ['cancelled'], keys: [] });
  });
}

test('C8: attempts that were given up are listened to, a few of them, and not for ever more', async (t) => {
  const here = await world(t, { pages });
  await here.witness.beforeEachPage(COUNT);
  await visit(here, '/spa', 'window.sdk');
  const counts = await here.witness.inPage(`async () => {
    const { createSignIn, init } = window.sdk;
    await init({ wasm: '/pkg/sign-in-with-x.wasm' });
    const { clientId, redirectUri, authorize } = window.config;
    window.open = () => ({ closed: false, close() {}, document: {} });
    const before = window.openNow();
    const client = createSignIn({ clientId, redirectUri, endpoints: { authorize }, flow: 'popup' });
    for (let n = 0; n < 50; n += 1) {
      const answer = client.signIn().catch(() => {});
      client.cancel();
      await answer;
    }
    const during = window.openNow();
    client.destroy();
    return { before, during, after: window.openNow() };
  }`);
  assert.ok(counts.during.channels - counts.before.channels <= 4, `${counts.during.channels} channels`);
  assert.deepEqual(counts.after, counts.before);
});

test('C8 D9: a page that has signed somebody in, or has given up, stays in the back/forward cache', async (t) => {
  const here = await world(t, { pages });
  const { driver, demo } = here;
  const keep = `window.addEventListener('pageshow', ({ persisted }) => { window.wasKept = persisted; })`;
  /** @param {() => Promise<unknown>} before */
  const kept = async (before) => {
    await visit(here, '/spa', 'window.sdk');
    await driver.executeScript(keep);
    await before();
    await driver.get(`${demo.url}/elsewhere`);
    await driver.navigate().back();
    await driver.wait(async () => (await driver.getCurrentUrl()) === `${demo.url}/spa`, 15_000);
    return driver.executeScript('return window.wasKept ?? false');
  };
  const bare = await kept(async () => {});
  const given = await kept(() =>
    here.witness.inPage(`async () => {
      const { createSignIn, init } = window.sdk;
      await init({ wasm: '/pkg/sign-in-with-x.wasm' });
      const { clientId, redirectUri, authorize } = window.config;
      window.open = () => ({ closed: false, close() {}, document: {} });
      const client = createSignIn({ clientId, redirectUri, endpoints: { authorize }, flow: 'popup' });
      const answer = client.signIn().catch(() => {});
      client.cancel();
      await answer;
    }`),
  );
  t.diagnostic(`kept without a sign-in: ${bare}, with one that is listened to: ${given}`);
  assert.equal(given, bare);
});
