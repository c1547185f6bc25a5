/**
 * Contact sheets: what is on them, and in which circumstances each is taken.
 * @module
 */

import { PNG } from 'pngjs';
import { emulate } from './media.mjs';
import { ACTIVITIES, looks, SHAPES, SIZES, THEMES, TYPES, visit } from './page.mjs';

/** @typedef {import('./page.mjs').Section} Section */

/** The themes that suit a ground. @param {'light' | 'dark'} ground */
const suitable = (ground) => THEMES.filter((theme) => theme !== (ground === 'light' ? 'white' : 'black'));

/** Everything. @param {'light' | 'dark'} ground @returns {Section[]} */
const all = (ground) => [
  ...suitable(ground).flatMap((theme) => [
    { title: `${theme}: sizes and types`, ground, cells: SIZES.flatMap((size) => TYPES.map((type) => ({ attributes: { theme, size, type } }))) },
    { title: `${theme}: states`, ground, cells: ACTIVITIES.flatMap((activity) => TYPES.map((type) => ({ attributes: { theme, type }, activity }))) },
    { title: `${theme}: disabled`, ground, cells: TYPES.map((type) => ({ attributes: { theme, type, disabled: '' } })) },
  ]),
  {
    title: 'Shapes, widths, alignment',
    ground,
    cells: SHAPES.flatMap((shape) => ['left', 'center'].map((alignment) => ({ attributes: { theme: 'outline', shape, width: 'fluid', 'logo-alignment': alignment } }))),
  },
];

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
      { attributes: { theme: 'outline', width: '184' }, activity: 'waiting' },
      { attributes: { theme: 'outline', type: 'icon' }, activity: 'waiting' },
    ],
  },
];

/**
 * @typedef {{ name: string, ground: 'light' | 'dark', dir?: 'ltr' | 'rtl', media?: Record<string, string> }} Sheet
 * @type {Sheet[]}
 */
export const SHEETS = [
  { name: 'light', ground: 'light' },
  { name: 'dark', ground: 'dark', media: { 'prefers-color-scheme': 'dark' } },
  { name: 'light-rtl', ground: 'light', dir: 'rtl' },
  { name: 'dark-rtl', ground: 'dark', dir: 'rtl', media: { 'prefers-color-scheme': 'dark' } },
  { name: 'forced-colours', ground: 'light', media: { 'forced-colors': 'active' } },
  { name: 'forced-colours-dark', ground: 'dark', media: { 'forced-colors': 'active', 'prefers-color-scheme': 'dark' } },
];

/** What an engine can show: only Chromium can be told the person's settings. @param {import('../harness/engines.mjs').Engine} engine */
export const sheetsFor = (engine) => SHEETS.filter(({ media }) => engine.devTools || !media);

/** HTML by path. @param {Sheet[]} sheets @param {{ reference?: boolean }} [how] without words, whose fonts differ by machine */
export const bodies = (sheets, { reference = false } = {}) =>
  Object.fromEntries(sheets.map(({ name, ground, dir = 'ltr' }) => [`/looks/${name}`, looks(reference ? few(ground) : all(ground), { dir, wordless: reference })]));

/**
 * A picture of one sheet, as PNG.
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {import('../harness/engines.mjs').Engine} engine
 * @param {string} site
 * @param {Sheet} sheet
 */
export async function picture(driver, engine, site, { name, media = {} }) {
  await emulate(driver, engine, media);
  // As wide as the sheet, on any machine, and then as high: a picture ends where the window does.
  await resize(driver, engine, 4000);
  await visit(driver, `${site}/looks/${name}`);
  await resize(driver, engine, Number(await driver.executeScript('return document.documentElement.scrollHeight')));
  if (engine.devTools) return Buffer.from(await driver.findElement({ css: 'main' }).takeScreenshot(), 'base64');
  // Other windows cannot be made so high: there it is one picture of each section, laid below each other.
  const pictures = [];
  for (const part of await driver.findElements({ css: 'section' })) {
    // Cut out here, because WebKit's own pictures of an element are black where the page ends.
    const [top, height] = /** @type {number[]} */ (await driver.executeScript(`
      arguments[0].scrollIntoView({ block: 'center' });
      const { top, bottom } = arguments[0].getBoundingClientRect();
      return [Math.max(0, Math.round(top)), Math.floor(Math.min(innerHeight, bottom) - Math.max(0, Math.round(top)))]`, part));
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
  await chrome.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width: 960, height, deviceScaleFactor: 1, mobile: false });
}
