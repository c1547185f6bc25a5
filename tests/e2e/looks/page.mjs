/**
 * Pages that show the button in every look and state at once, under the strictest policy.
 *
 * A state is drawn without a sign-in, by the function that draws the element (`draw` of www/src/engine/engine.js), so the
 * page loads the sources instead of the package; the engine is the package's.
 * @module
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { file } from '../../../www/demo/server/files.mjs';

/** What the demo's server is asked to answer. @typedef {NonNullable<import('../../../www/demo/server.mjs').DemoOptions['pages']>} Pages */

/**
 * One button; `activity` is its state. Or who is signed in in its place: `person` of PEOPLE, `leaving` while they go.
 * @typedef {{ attributes?: Record<string, string>, activity?: string, person?: string, leaving?: true }} Cell
 * @typedef {{ title: string, ground: 'light' | 'dark' | 'scheme', cells: Cell[] }} Section `scheme`: the page's own ground
 */

export const THEMES = ['black', 'white', 'outline', 'auto'];
export const TYPES = ['button', 'icon', 'link'];
export const SIZES = ['large', 'medium', 'small'];
export const SHAPES = ['pill', 'rounded', 'square'];
export const ACTIVITIES = ['idle', 'loading', 'waiting', 'finishing', 'signed_in'];

/** With a picture, without one, and with more of a name than there is room for. @type {Record<string, { name: string, username: string, profileImageUrl?: string }>} */
export const PEOPLE = {
  ada: { name: 'Ada Lovelace', username: 'ada_example', profileImageUrl: '/person.svg' },
  noor: { name: 'Noor', username: 'noor' },
  long: { name: 'Augusta Ada King, Countess of Lovelace and Analyst', username: 'a_handle_of_15_c', profileImageUrl: '/person.svg' },
};

/** A face from afar, in colours without gradients, whose edges are the same on every machine. */
const PERSON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#f6c177" d="M0 0h64v64H0z"/><circle cx="32" cy="25" r="12" fill="#7a4a2b"/><path fill="#2b4f7a" d="M8 64a24 22 0 0 1 48 0z"/></svg>`;

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
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; background: Canvas; color: CanvasText; scrollbar-width: none }
body { margin: 0 }
h1, h2 { margin: 12px 16px 4px; font-size: 15px }
section { padding: 4px 0 16px }
.light { background: #fff; color: #0f1419; color-scheme: light }
.dark { background: #000; color: #e7e9ea; color-scheme: dark }
.cells { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px }
main { padding: 8px 0 }
.cell { padding: 8px 16px; min-width: 0; text-align: center }
.cell.tall { min-height: 120px; text-align: start }
.wordless :is(h1, h2) { visibility: hidden }
.wordless sign-in-with-x::part(label) { display: none }
.wordless sign-in-with-x::part(notice) { width: 200px; height: 66px; font-size: 0 }
.wordless sign-in-with-x::part(identity) { width: 184px }
.wordless sign-in-with-x::part(avatar), .wordless sign-in-with-x::part(name), .wordless sign-in-with-x::part(handle) { font-size: 0 }
.wordless sign-in-with-x::part(sign-out) { width: 60px; font-size: 0 }
.row { display: flex; justify-content: space-between }
main.card { padding: 0; border: 1px solid #d0d7de; border-radius: 12px; overflow: hidden; --sign-in-with-x-font: Roboto, system-ui, sans-serif }
main.card.dark { border-color: #30363d }
.card.dark, .card .dark { background: #16181c }
.line { display: grid; grid-template-columns: repeat(4, 1fr); padding: 10px 4px }
.line:first-child { padding-top: 18px }
.line:last-child { padding-bottom: 18px }
.line.uneven { grid-template-columns: 228px 304px 1fr 1fr }
.uneven .place:nth-child(2) .cell { flex: 1 }
.place { display: flex; justify-content: center; align-items: center; min-width: 0; min-height: 56px }
.place .cell { padding: 0 8px }
`;

/** Runs in the page: draws each button in its state, and stands still for whoever looks. */
const SCRIPT = `
import { init } from '/www/src/engine/load.js';
import { draw } from '/www/src/engine/engine.js';
import { show } from '/www/src/identity.js';
const elements = [...document.querySelectorAll('sign-in-with-x')];
await init({ wasm: '/pkg/sign-in-with-x.wasm' });
await import('/www/src/define.js');
const until = async (check) => { while (!elements.every(check)) await new Promise((done) => setTimeout(done, 10)); };
await until((element) => element.shadowRoot?.querySelector('button'));
const people = ${JSON.stringify(PEOPLE)};
for (const element of elements) {
  const { profileImageUrl, ...person } = people[element.dataset.person] ?? {};
  if (person.name) element.session = { user: { id: '1', ...person, ...(profileImageUrl && { profileImageUrl: location.origin + profileImageUrl }) }, scopes: [] };
}
await until(({ dataset, shadowRoot }) => !dataset.person || shadowRoot.querySelector(people[dataset.person].profileImageUrl ? '[part=avatar] img' : '[part=avatar]'));
for (const { dataset, shadowRoot } of elements) if (dataset.leaving === '') shadowRoot.querySelector('[part=sign-out]').setAttribute('aria-busy', 'true');
for (const element of elements) {
  const { activity } = element.dataset;
  if (!activity) continue;
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  draw(element.shadowRoot, { ...attributes, disabled: element.hasAttribute('disabled'), activity });
  // As the element does: the notice's looks come with it.
  show(element.shadowRoot, null, () => {});
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
export function html({ attributes = {}, activity, person, leaving }) {
  const all = Object.entries({
    ...attributes,
    ...(activity && { 'data-activity': activity }),
    ...(person && { 'data-person': person }),
    ...(leaving && { 'data-leaving': '' }),
  });
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
    if (path === '/person.svg') return answer(PERSON, 'image/svg+xml');
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

/** The browser has been told what the person's system asks for. @param {import('selenium-webdriver').WebDriver} driver @param {import('../harness/engines.mjs').Media} media */
export async function assertMedia(driver, media) {
  for (const [name, usual] of [['prefers-color-scheme', 'light'], ['prefers-reduced-motion', 'no-preference'], ['forced-colors', 'none']]) {
    const query = `(${name}: ${/** @type {Record<string, string>} */ (media)[name] ?? usual})`;
    assert.ok(await driver.executeScript('return matchMedia(arguments[0]).matches', query), query);
  }
}
