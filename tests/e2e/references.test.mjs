/**
 * The button looks as it did: pictures of it are compared with those in references/, pixel by pixel, in Chromium.
 *
 * Its words are not on them, because fonts and their edges differ by machine; everything else is: ground, border, shape,
 * mark, ring, notice, grounds, directions, forced colours. A change that is meant: `npm run gallery -- --references`, and look.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { test } from './harness/scenario.mjs';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { at } from '../../www/tools/paths.mjs';
import { underTest, useBrowser } from './harness.mjs';
import { looksAt } from './looks/page.mjs';
import { CARDS, cardBodies, cardPicture, wordsOf } from './looks/readme-card.mjs';
import { bodies, picture, SHEETS } from './looks/sheets.mjs';

const world = useBrowser();
const skip = !underTest.devTools && 'pictures are kept for Chromium';

/** How far a pixel's colour may be off, of 1, in the measure of pixelmatch; what only smooths an edge does not count. */
const THRESHOLD = 0.1;
/** How many pixels may be: versions of Chromium round the corners of a curve otherwise. A border's colour is hundreds. */
const PIXELS = 40;

/**
 * @param {string} name
 * @param {Buffer} now
 * @param {URL} known the file of how it was
 * @param {[left: number, top: number, right: number, bottom: number][]} [blind] what is not looked at
 */
async function compare(name, now, known, blind = []) {
  const [seen, old] = [PNG.sync.read(now), PNG.sync.read(await readFile(known))];
  const { width, height } = old;
  const same = seen.width === width && seen.height === height;
  for (const image of same ? [seen, old] : []) {
    for (const [left, top, right, bottom] of blind) for (let y = top; y < bottom; y += 1) image.data.fill(0, (y * width + left) * 4, (y * width + right) * 4);
  }
  const difference = new PNG({ width, height });
  const pixels = same ? pixelmatch(seen.data, old.data, difference.data, width, height, { threshold: THRESHOLD }) : Infinity;
  if (pixels <= PIXELS) return;
  const folder = at('target', 'gallery');
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/${name}-now.png`, now);
  if (same) await writeFile(`${folder}/${name}-difference.png`, PNG.sync.write(difference));
  assert.fail(`${name}: ${same ? `${pixels} pixels` : `${seen.width} × ${seen.height} instead of ${width} × ${height}`}; see ${folder}/${name}-*.png`);
}

for (const sheet of SHEETS) {
  test(`F6 F8 F13: themes, shapes, states and who is signed in look as on the reference picture: ${sheet.name}`, { skip }, async (t) => {
    const { driver, demo, engine } = await world(t, { media: sheet.media, pages: looksAt(bodies([sheet], { reference: true })) });
    await compare(sheet.name, await picture(driver, engine, demo.url, sheet), new URL(`references/${sheet.name}.png`, import.meta.url));
  });
}

for (const card of CARDS) {
  test(`F8 F13: the README’s picture, ${card.name}, shows the button of today; its words may be of another font`, { skip }, async (t) => {
    const { driver, demo, engine } = await world(t, { media: card.media, pages: looksAt(cardBodies()) });
    const now = await cardPicture(/** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver), engine, demo.url, card);
    const words = await wordsOf(driver);
    assert.ok(words.length > 10, `${words.length} words`);
    await compare(`buttons-${card.name}`, now, new URL(`../../www/demo/buttons-${card.name}.png`, import.meta.url), words);
  });
}

test('F8: the pictures of the README are there, have words for those who do not see them, and are small', { skip }, async () => {
  const readme = await readFile(at('README.md'), 'utf8');
  const pictures = [...readme.matchAll(/!\[([^\]]*)\]\(([^)]+\.\w+)\)|<img [^>]*?src="([^"]+)"[^>]*? alt="([^"]*)"/g)].map(([, alt, path, source, words]) => ({ path: path ?? source, words: alt ?? words }));
  const others = [...readme.matchAll(/srcset="([^"]+)"/g)].map(([, path]) => ({ path, words: 'those of its <img>' }));
  assert.ok(pictures.length >= 3 && others.length >= 1, 'they were found');
  for (const { path, words } of [...pictures, ...others]) {
    assert.ok(String(words).length > 10, `${path}: its words`);
    assert.ok((await stat(at(String(path)))).size <= 150 * 1024, `${path}: its size`);
  }
});
