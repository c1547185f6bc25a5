/**
 * Contact sheets: what is on them, and in which circumstances each is taken.
 * @module
 */

import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { ACTIVITIES, looks, SHAPES, SIZES, THEMES, TYPES, visit } from './page.mjs';

/** @typedef {import('./page.mjs').Section} Section */

/** @type {Record<string, unknown>} the languages by their tags */
const phrases = JSON.parse(readFileSync(new URL('../../../www/src/languages/phrases.json', import.meta.url), 'utf8'));

/** The themes that suit a ground. @param {'light' | 'dark'} ground */
const suitable = (ground) => THEMES.filter((theme) => theme !== (ground === 'light' ? 'white' : 'black'));

/** Who is signed in, in the button's place. @param {Record<string, string>} attributes @returns {import('./page.mjs').Cell[]} */
const chips = (attributes) => [{ attributes, person: 'ada' }, { attributes, person: 'noor', leaving: true }, { attributes, person: 'long' }];

/** Everything; a section is no higher than any engine's window. @param {'light' | 'dark'} ground @returns {Section[]} */
const all = (ground) => [
  ...suitable(ground).flatMap((theme) =>
    SIZES.map((size) => ({
      title: `${theme}, ${size}`,
      ground,
      cells: [
        ...ACTIVITIES.flatMap((activity) => TYPES.map((type) => ({ attributes: { theme, size, type }, activity }))),
        ...TYPES.map((type) => ({ attributes: { theme, size, type, disabled: '' } })),
      ],
    })),
  ),
  {
    title: 'Shapes, widths, alignment',
    ground,
    cells: SHAPES.flatMap((shape) => ['left', 'center'].map((alignment) => ({ attributes: { theme: 'outline', shape, width: 'fluid', 'logo-alignment': alignment } }))),
  },
  ...suitable(ground).map((theme) => ({ title: `${theme}: who is signed in`, ground, cells: SIZES.flatMap((size) => chips({ theme, size })) })),
  {
    title: 'link, shapes, wide: who is signed in',
    ground,
    cells: [...chips({ type: 'link' }), ...SHAPES.map((shape) => ({ attributes: { theme: 'outline', shape, width: 'fluid' }, person: 'ada' }))],
  },
];

/** A button in each language. @param {'light' | 'dark'} ground @returns {Section[]} */
const inLanguages = (ground) => {
  const tags = Object.keys(phrases);
  const half = Math.ceil(tags.length / 2);
  return [tags.slice(0, half), tags.slice(half)].map((part) => ({
    title: `${part[0]} to ${part.at(-1)}`,
    ground,
    cells: part.map((locale) => ({ attributes: { locale, theme: ground === 'light' ? 'black' : 'white' } })),
  }));
};

/** A small set, for the references. @param {'light' | 'dark'} ground @returns {Section[]} */
const few = (ground) => [
  {
    title: '',
    ground,
    cells: [
      ...suitable(ground).flatMap((theme) => SIZES.map((size) => ({ attributes: { theme, size, width: '184' } }))),
      ...SHAPES.map((shape) => ({ attributes: { theme: 'outline', shape, width: '184', 'logo-alignment': 'center' } })),
      ...SIZES.map((size) => ({ attributes: { theme: 'outline', type: 'icon', size } })),
      ...['finishing', 'signed_in'].map((activity) => ({ attributes: { theme: 'outline', width: '184' }, activity })),
      { attributes: { theme: 'outline', width: '184', disabled: '' } },
      ...SIZES.map((size) => ({ attributes: { theme: 'outline', size }, person: 'ada' })),
      ...SHAPES.map((shape) => ({ attributes: { theme: ground === 'light' ? 'black' : 'white', shape }, person: 'noor' })),
      { attributes: { type: 'link' }, person: 'ada' },
      { attributes: { theme: 'outline', width: '184' }, activity: 'loading' },
      { attributes: { theme: 'outline', width: '184' }, activity: 'waiting' },
      { attributes: { theme: 'outline', type: 'icon' }, activity: 'waiting' },
    ],
  },
];

/**
 * @typedef {{ name: string, ground: 'light' | 'dark', dir?: 'ltr' | 'rtl', media?: import('../harness/engines.mjs').Media, languages?: true }} Sheet
 */

/** @type {Sheet[]} */
export const SHEETS = [
  { name: 'light', ground: 'light' },
  { name: 'dark', ground: 'dark', media: { 'prefers-color-scheme': 'dark' } },
  { name: 'light-rtl', ground: 'light', dir: 'rtl' },
  { name: 'dark-rtl', ground: 'dark', dir: 'rtl', media: { 'prefers-color-scheme': 'dark' } },
  { name: 'forced-colours', ground: 'light', media: { 'forced-colors': 'active' } },
  { name: 'forced-colours-dark', ground: 'dark', media: { 'forced-colors': 'active', 'prefers-color-scheme': 'dark' } },
];

/** Fonts differ by machine more than anything else, so nothing is compared with these. @type {Sheet[]} */
export const LANGUAGES = [
  { name: 'languages', ground: 'light', languages: true },
  { name: 'languages-rtl', ground: 'light', dir: 'rtl', languages: true },
];

/** What an engine can show. @template {Sheet} S @param {import('../harness/engines.mjs').Engine} engine @param {S[]} sheets */
export const sheetsFor = (engine, sheets) => sheets.filter(({ media }) => engine.forcedColours || !media?.['forced-colors']);

/** HTML by path. @param {Sheet[]} sheets @param {{ reference?: boolean }} [how] without words, whose fonts differ by machine */
export const bodies = (sheets, { reference = false } = {}) =>
  Object.fromEntries(
    sheets.map(({ name, ground, dir = 'ltr', languages }) => [`/looks/${name}`, looks((reference ? few : languages ? inLanguages : all)(ground), { dir, wordless: reference })]),
  );

/**
 * A picture of one sheet, as PNG, in a session that was opened with the sheet's media.
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {import('../harness/engines.mjs').Engine} engine
 * @param {string} site
 * @param {Sheet} sheet
 */
export async function picture(driver, engine, site, { name }) {
  // As wide as the sheet, on any machine, and then as high: a picture ends where the window does.
  await resize(driver, engine, 8000);
  await visit(driver, `${site}/looks/${name}`);
  await resize(driver, engine, Number(await driver.executeScript('return document.documentElement.scrollHeight')));
  if (engine.devTools) return Buffer.from(await driver.findElement({ css: 'main' }).takeScreenshot(), 'base64');
  // Other windows cannot be made so high: there it is one picture of each section, laid below each other.
  const pictures = [];
  for (const part of await driver.findElements({ css: 'section' })) {
    // Cut out here, because WebKit's own pictures of an element are black where the page ends; and after two frames,
    // because its first one may be blank.
    const [top, height] = /** @type {number[]} */ (await driver.executeAsyncScript(`
      const [section, done] = arguments;
      section.scrollIntoView({ block: 'center' });
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const { top, bottom } = section.getBoundingClientRect();
        const first = Math.max(0, Math.round(top));
        done([first, Math.floor(Math.min(innerHeight, bottom) - first)]);
      }));`, part));
    const whole = PNG.sync.read(Buffer.from(await driver.takeScreenshot(), 'base64'));
    const cut = new PNG({ width: whole.width, height: Number(height) });
    PNG.bitblt(whole, cut, 0, Number(top), cut.width, cut.height, 0, 0);
    pictures.push(cut);
  }
  return stacked(pictures);
}

/** @param {PNG[]} pictures */
function stacked(pictures) {
  const sheet = new PNG({ width: Math.max(...pictures.map(({ width }) => width)), height: pictures.reduce((sum, { height }) => sum + height, 0) });
  let top = 0;
  for (const one of pictures) {
    PNG.bitblt(one, sheet, 0, 0, one.width, one.height, 0, top);
    top += one.height;
  }
  return PNG.sync.write(sheet);
}

/** @param {import('selenium-webdriver').WebDriver} driver @param {import('../harness/engines.mjs').Engine} engine @param {number} height */
async function resize(driver, engine, height) {
  if (!engine.devTools) return;
  const chrome = /** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver);
  await chrome.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width: 1104, height, deviceScaleFactor: 1, mobile: false });
}
