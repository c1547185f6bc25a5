/**
 * Pages that show the button in every look and state at once, under the strictest policy.
 *
 * A state is drawn without a sign-in, by the function that draws the element (`draw` of www/src/engine/engine.js), so the
 * page loads the sources instead of the package; the engine is the package's.
 * @module
 */

import { readFile } from 'node:fs/promises';
import { file } from '../../../www/demo/server/files.mjs';

/** What the demo's server is asked to answer. @typedef {NonNullable<import('../../../www/demo/server.mjs').DemoOptions['pages']>} Pages */

/**
 * One button; `activity` is its state.
 * @typedef {{ attributes?: Record<string, string>, activity?: string }} Cell
 * @typedef {{ title: string, ground: 'light' | 'dark' | 'scheme', cells: Cell[] }} Section `scheme`: the page's own ground
 */

export const THEMES = ['black', 'white', 'outline', 'auto'];
export const TYPES = ['button', 'icon', 'link'];
export const SIZES = ['large', 'medium', 'small'];
export const SHAPES = ['pill', 'rounded', 'square'];
export const ACTIVITIES = ['idle', 'loading', 'waiting', 'finishing', 'signed_in'];

/**
 * F1, F2: nothing but the site's own files, no inline style, no markup from text. pbs.twimg.com is where X keeps the
 * pictures of people.
 */
export const STRICT = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' https://pbs.twimg.com",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const WWW = new URL('../../../www/', import.meta.url);
const PKG = new URL('../../../pkg/', import.meta.url);

/** Grounds as X's own pages have them, light and dark. */
const SHEET = `
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; background: Canvas; color: CanvasText }
body { margin: 0 }
h1, h2 { margin: 12px 16px 4px; font-size: 15px }
section { padding: 4px 0 16px }
.light { background: #fff; color: #0f1419; color-scheme: light }
.dark { background: #000; color: #e7e9ea; color-scheme: dark }
.cells { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px }
main { padding: 8px 0 }
.cell { padding: 8px 16px; min-width: 0; text-align: center }
.cell.tall { min-height: 120px }
.wordless :is(h1, h2) { visibility: hidden }
.wordless sign-in-with-x::part(label) { display: none }
.wordless sign-in-with-x::part(notice) { width: 200px; height: 66px; font-size: 0 }
.row { display: flex; justify-content: space-between }
`;

/** Runs in the page: draws each button in its state, and stands still for whoever looks. */
const SCRIPT = `
import { init } from '/www/src/engine/load.js';
import { draw } from '/www/src/engine/engine.js';
const elements = [...document.querySelectorAll('sign-in-with-x')];
await init({ wasm: '/pkg/sign-in-with-x.wasm' });
await import('/www/src/define.js');
const drawn = (element) => element.shadowRoot?.querySelector('button');
while (!elements.every(drawn)) await new Promise((done) => setTimeout(done, 10));
for (const element of elements) {
  const { activity } = element.dataset;
  if (!activity) continue;
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  draw(element.shadowRoot, { ...attributes, disabled: element.hasAttribute('disabled'), activity });
}
const animations = () => elements.flatMap(({ shadowRoot }) => shadowRoot.getAnimations());
// What appears after a while is there (in WebKit \`finish()\` leaves it hidden); what turns for ever stands still.
for (const animation of animations()) {
  if (animation.effect.getComputedTiming().iterations === Infinity) animation.pause(), (animation.currentTime = 100);
  else animation.cancel();
}
document.documentElement.dataset.ready = '';
`;

/** @param {Cell} cell */
function html({ attributes = {}, activity }) {
  const all = Object.entries({ ...attributes, ...(activity ? { 'data-activity': activity } : {}) });
  const tag = `<sign-in-with-x${all.map(([name, value]) => ` ${name}="${value}"`).join('')}></sign-in-with-x>`;
  return `<div class="cell${activity === 'waiting' ? ' tall' : ''}">${tag}</div>`;
}

/**
 * @param {Section[]} sections
 * @param {{ dir?: 'ltr' | 'rtl', wordless?: boolean }} [how] wordless: without what a machine's fonts decide
 */
export function looks(sections, { dir = 'ltr', wordless = false } = {}) {
  const parts = sections.map(({ title, ground, cells }) => `<section class="${ground}"><h2>${title}</h2><div class="cells">${cells.map(html).join('\n')}</div></section>`);
  return document(`<main${wordless ? ' class="wordless"' : ''}><h1>Looks</h1>${parts.join('\n')}</main>`, dir);
}

/** @param {string} body @param {string} [dir] */
export const document = (body, dir = 'ltr') =>
  `<!doctype html><html lang="en" dir="${dir}"><head><meta charset="utf-8"><title>Looks</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/looks.css"><script type="module" src="/looks.js"></script></head><body>${body}</body></html>`;

/** @param {string} body @param {string} [type] @param {Record<string, string>} [headers] */
const answer = (body, type = 'text/html; charset=utf-8', headers = { 'Content-Security-Policy': STRICT }) => ({ body, type, headers });

/**
 * Serves these pages and what they load.
 * @param {Record<string, string>} bodies HTML by path
 * @returns {Pages}
 */
export function looksAt(bodies) {
  return async (path) => {
    const body = bodies[path];
    if (body !== undefined) return answer(body);
    if (path === '/looks.css') return answer(SHEET, 'text/css; charset=utf-8');
    if (path === '/looks.js') return answer(SCRIPT, 'text/javascript; charset=utf-8');
    if (path === '/favicon.ico') return { body: '', status: 204 };
    if (/^\/www\/(?:src|generated)\/[\w/-]+\.js$/.test(path)) {
      return answer(await readFile(new URL(path.slice('/www/'.length), WWW), 'utf8'), 'text/javascript; charset=utf-8');
    }
    return undefined;
  };
}

/** A file of the package, as another address serves it. @param {string} name */
export async function packed(name) {
  const found = await file(PKG, name);
  // The server takes bytes as well; its type says text, which is all that pages are.
  return found ? { type: found.type, body: /** @type {string} */ (/** @type {unknown} */ (found.bytes)) } : undefined;
}

/** The page has drawn everything. @param {import('selenium-webdriver').WebDriver} driver @param {string} url */
export async function visit(driver, url) {
  await driver.get(url);
  await driver.wait(() => driver.executeScript(`return document.documentElement.dataset.ready === ''`).catch(() => false), 20_000, `waiting for ${url}`);
}
