/**
 * The README's picture of what the button can look like: one card, on a light ground and on a dark one.
 *
 * Each button has a width of its own, so that nothing but the words is up to a machine's fonts; where those are is
 * told beside the picture, and a comparison leaves it out (references.test.mjs).
 * @module
 */

import { document, html, visit } from './page.mjs';

/** @typedef {import('./page.mjs').Cell} Cell */
/** @typedef {{ name: 'light' | 'dark', media?: import('../harness/engines.mjs').Media }} Card */

/** @type {Card[]} */
export const CARDS = [{ name: 'light' }, { name: 'dark', media: { 'prefers-color-scheme': 'dark' } }];

/** In CSS pixels; the picture has twice as many, for screens that show them. */
const WIDTH = 920;
const SCALE = 2;

/**
 * Rows of four places. A place of several buttons stands for one.
 * @param {string} bold the theme that stands out from the card's ground @param {string} other the one for the band across it
 * @returns {(Cell | Cell[])[][]}
 */
const rows = (bold, other) => [
  [
    { attributes: { theme: bold, width: '188' } },
    { attributes: { theme: bold, shape: 'rounded', width: '188' } },
    { attributes: { theme: 'outline', width: '188' } },
    { attributes: { theme: 'outline', shape: 'square', width: '188' } },
  ],
  [
    { attributes: { theme: other, width: '188' } },
    { attributes: { theme: other, shape: 'rounded', width: '188' } },
    { attributes: { theme: other, size: 'medium', text: 'continue_with', width: '188' } },
    [
      { attributes: { theme: other, type: 'icon' } },
      { attributes: { theme: other, type: 'icon', shape: 'rounded', size: 'medium' } },
      { attributes: { theme: other, type: 'icon', size: 'small' } },
    ],
  ],
  [
    { attributes: { theme: bold, size: 'medium', locale: 'de', width: '188' } },
    { attributes: { theme: bold, size: 'medium', locale: 'ja', width: '188' } },
    { attributes: { theme: 'outline', size: 'medium', locale: 'ar', text: 'continue_with', width: '188' } },
    { attributes: { theme: 'outline', size: 'medium', locale: 'hi', width: '200' } },
  ],
  [
    { attributes: { theme: bold, width: '188' }, activity: 'finishing' },
    { attributes: { theme: 'outline', width: 'fluid' }, person: 'ada' },
    { attributes: { type: 'link', text: 'login_with', width: '172' } },
    { attributes: { theme: 'outline', size: 'small', text: 'signup_with', width: '160' } },
  ],
];

/** HTML by path. */
export const cardBodies = () =>
  Object.fromEntries(
    CARDS.map(({ name }) => {
      const dark = name === 'dark';
      const lines = rows(dark ? 'white' : 'black', dark ? 'black' : 'white').map((row, index) => {
        const ground = (index === 1) === dark ? 'light' : 'dark';
        const places = row.map((place) => `<div class="place">${[place].flat().map((cell) => html(cell)).join('')}</div>`);
        return `<div class="line ${ground}${index === 3 ? ' uneven' : ''}">${places.join('')}</div>`;
      });
      return [`/card/${name}`, document(`<main class="card ${name}">${lines.join('\n')}</main>`)];
    }),
  );

/**
 * @param {import('selenium-webdriver/chrome.js').Driver} driver in a session that was opened with the card's media
 * @param {unknown} _engine only Chromium's picture is kept
 * @param {string} site
 * @param {Card} card
 */
export async function cardPicture(driver, _engine, site, { name }) {
  await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width: WIDTH, height: 600, deviceScaleFactor: SCALE, mobile: false });
  await visit(driver, `${site}/card/${name}`);
  return Buffer.from(await driver.findElement({ css: 'main' }).takeScreenshot(), 'base64');
}

/**
 * Where a font may show, in the picture's pixels: from a mark to the inner edge of its button, all of a chip's inside that
 * comes after the picture of the person, and all of a link, whose mark stands beside its words wherever they begin.
 * @param {import('selenium-webdriver').WebDriver} driver which has just taken the picture
 * @returns {Promise<[left: number, top: number, right: number, bottom: number][]>}
 */
export const wordsOf = (driver) =>
  driver.executeScript(`return [...document.querySelectorAll('sign-in-with-x')].flatMap(({ type, shadowRoot }) => {
    const part = (name) => shadowRoot.querySelector('[part=' + name + ']')?.getBoundingClientRect();
    const chip = part('identity');
    const { left, top, right, bottom } = chip ?? part('button');
    // Nothing of a border; nor of the round end of one, but for a chip, whose way out may begin anywhere.
    const [end, edge] = chip ? [2, 1] : [12, 2];
    const first = chip ? part('avatar') : part('mark');
    const rtl = first.left > (left + right) / 2;
    const hidden = type === 'icon' || (!chip && getComputedStyle(shadowRoot.querySelector('[part=label]')).opacity === '0');
    const words = hidden ? [] : type === 'link' ? [left, right] : rtl ? [left + end, first.left - 2] : [first.right + 2, right - end];
    return words.length ? [[words[0], top + edge, words[1], bottom - edge].map((side) => Math.round(side * ${SCALE}))] : [];
  })`);
