/**
 * The button looks as it did: pictures of it are compared with those in references/, pixel by pixel, in Chromium.
 *
 * Its words are not on them, because fonts and their edges differ by machine; everything else is: ground, border, shape,
 * mark, ring, notice, grounds, directions, forced colours. A change that is meant: `npm run gallery -- --references`, and look.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { at } from '../../www/tools/paths.mjs';
import { underTest, useBrowser } from './harness.mjs';
import { looksAt } from './looks/page.mjs';
import { bodies, picture, sheetsFor } from './looks/sheets.mjs';

const world = useBrowser();
const sheets = sheetsFor(underTest);

/** How far a pixel's colour may be off, of 1, in the measure of pixelmatch; what only smooths an edge does not count. */
const THRESHOLD = 0.1;
/** How many pixels may be: versions of Chromium round the corners of a curve otherwise. A border's colour is hundreds. */
const PIXELS = 40;

test('F6 F8 F13: themes, shapes, states, directions and forced colours look as on the reference pictures', { skip: !underTest.devTools && 'pictures are kept for Chromium' }, async (t) => {
  const { driver, demo, engine } = await world(t, { pages: looksAt(bodies(sheets, { reference: true })) });
  const off = [];
  for (const sheet of sheets) {
    const now = await picture(driver, engine, demo.url, sheet);
    const [seen, known] = [PNG.sync.read(now), PNG.sync.read(await readFile(new URL(`references/${sheet.name}.png`, import.meta.url)))];
    const { width, height } = known;
    const same = seen.width === width && seen.height === height;
    const difference = new PNG({ width, height });
    const pixels = same ? pixelmatch(seen.data, known.data, difference.data, width, height, { threshold: THRESHOLD }) : Infinity;
    if (pixels <= PIXELS) continue;
    const folder = at('target', 'gallery');
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}/${sheet.name}-now.png`, now);
    if (same) await writeFile(`${folder}/${sheet.name}-difference.png`, PNG.sync.write(difference));
    off.push(`${sheet.name}: ${same ? `${pixels} pixels` : `${seen.width} × ${seen.height} instead of ${width} × ${height}`}; see ${folder}/${sheet.name}-*.png`);
  }
  assert.deepEqual(off, []);
});
