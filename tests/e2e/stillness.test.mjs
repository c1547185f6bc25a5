/** F12: nothing moves when the button comes, and nothing is asked of anybody for it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMPILES_LATER, tellPage } from './harness/compiling.mjs';
import { test } from './harness/scenario.mjs';
import { useBrowser } from './harness.mjs';

const world = useBrowser();

/**
 * What moves, in the sense of https://web.dev/articles/cls: something that was there in one frame begins elsewhere in the
 * next. Chromium counts that itself; in any engine each frame's places are compared with those of the frame before.
 */
const WATCH = `() => {
  window.moved = [];
  window.framesSeen = 0;
  if (PerformanceObserver.supportedEntryTypes?.includes('layout-shift')) {
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) window.moved.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 120))]);
    }).observe({ type: 'layout-shift', buffered: true });
  }
  let before = new Map();
  const frame = () => {
    const now = new Map();
    for (const element of document.body?.querySelectorAll('*') ?? []) {
      const { x, y, width, height } = element.getBoundingClientRect();
      // Where it is on the page, however far that is scrolled; nothing without a size can be seen to move.
      if (width && height) now.set(element, [x + scrollX, y + scrollY]);
    }
    for (const [element, [x, y]] of now) {
      const [left, top] = before.get(element) ?? [x, y];
      if (Math.abs(left - x) > 1 || Math.abs(top - y) > 1) window.moved.push([left + ',' + top + ' → ' + x + ',' + y, element.outerHTML.slice(0, 120)]);
    }
    before = now;
    window.framesSeen += 1;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}`;

/** What has moved by now, all frames told, and enough of them: a busy machine draws few. @param {import('selenium-webdriver').WebDriver} driver */
async function moved(driver) {
  await driver.executeAsyncScript(`
    const [done] = arguments;
    const known = window.framesSeen;
    const look = () => (window.framesSeen > Math.max(5, known + 2) ? done() : requestAnimationFrame(look));
    look();`);
  return driver.executeScript('return window.moved');
}

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
/** What the README has a page do to keep room. */
const ROOM = /```css\n(sign-in-with-x[^`]*)```/.exec(README)?.[1] ?? '';

/** A page with something below the button. @type {NonNullable<import('./harness/world.mjs').Conditions['pages']>} */
const roomy = async (path, { clientId, redirectUri }) => {
  if (path !== '/host') return undefined;
  const element = `<sign-in-with-x client-id="${clientId}" redirect-uri="${redirectUri}" width="240"><a href="/auth/x/start">Sign in with X</a></sign-in-with-x>`;
  return {
    body: `<!doctype html><html lang="en"><head><title>Host</title><link rel="icon" href="data:,"><style>${ROOM}</style>
<script type="module" src="/pkg/define.js"></script></head><body><h1>Host</h1><div>${element} <b>beside</b></div><p>${'Below. '.repeat(200)}</p></body></html>`,
  };
};

test('F12 A12: the demo’s page does not move when its buttons come, and asks nobody else for anything', async (t) => {
  const { driver, person, witness, demo } = await world(t);
  await witness.beforeEachPage(WATCH);
  await person.visit();
  await witness.quiet();
  assert.deepEqual(await moved(driver), []);
  const others = witness.requests.map(({ url }) => url).filter((url) => !url.startsWith(`${demo.url}/`) && !/^(?:data|about|chrome|blob):/.test(url));
  assert.deepEqual(others, []);
  // Neither a font nor a picture of the package's own.
  assert.deepEqual(witness.requests.filter(({ url }) => /\.(?:woff2?|ttf|otf|png|jpe?g|gif|webp)(?:$|\?)/.test(url)), []);
});

test('F12: with the README’s room the button’s place is the same before and after the engine comes', async (t) => {
  assert.notEqual(ROOM, '');
  const { driver, person, witness } = await world(t, { pages: roomy });
  await witness.beforeEachPage(WATCH);
  await witness.beforeEachPage(COMPILES_LATER);
  await person.arrive('/host');
  const places = () => driver.executeScript(`return ['sign-in-with-x', 'b', 'p'].map((css) => { const { x, y, width, height } = document.querySelector(css).getBoundingClientRect(); return { x, y, width, height } })`);
  await driver.wait(() => driver.executeScript(`return Boolean(customElements.get('sign-in-with-x'))`), 15_000, 'waiting for the element');
  const before = await places();
  await tellPage(driver, 'compile');
  await person.drawn();
  assert.deepEqual(await places(), before);
  await witness.quiet();
  assert.deepEqual(await moved(driver), []);
});
