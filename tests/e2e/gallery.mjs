/**
 * `npm run gallery`: pictures of every theme, size, type and state, and of who is signed in, as contact sheets in
 * target/gallery, one for each colour scheme and direction; and of every language. All engines, or `-- --engine firefox`;
 * each takes the sheets that it can show. The fonts that the languages need are installed first, where that may be done.
 *
 * `npm run gallery -- --references` takes the small ones anew that tests/e2e/references.test.mjs compares with;
 * `npm run gallery -- --readme` those that the README shows.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main } from '../../www/tools/main.mjs';
import { at } from '../../www/tools/paths.mjs';
import { ensureFonts } from '../../www/tools/setup/fonts.mjs';
import { ENGINES, engineNamed } from './harness/engines.mjs';
import { looksAt } from './looks/page.mjs';
import { CARDS, cardBodies, cardPicture } from './looks/readme-card.mjs';
import { bodies, LANGUAGES, picture, SHEETS, sheetsFor } from './looks/sheets.mjs';
import { onStage } from './looks/stage.mjs';

await main(import.meta.url, async (args) => {
  const { engine, references, readme } = parseArgs({
    args,
    options: { engine: { type: 'string' }, references: { type: 'boolean', default: false }, readme: { type: 'boolean', default: false } },
  }).values;
  if (references) return take('chromium', SHEETS, bodies(SHEETS, { reference: true }), at('tests', 'e2e', 'references'), '', picture);
  await ensureFonts();
  if (readme) return take('chromium', CARDS, cardBodies(), at('www', 'demo'), 'buttons-', cardPicture);
  for (const name of engine ? [engine] : Object.keys(ENGINES)) {
    const sheets = sheetsFor(engineNamed(name), [...SHEETS, ...LANGUAGES]);
    await take(name, sheets, bodies(sheets), at('target', 'gallery'), `${name}-`, picture);
  }
});

/**
 * @template {{ name: string, media?: import('./harness/engines.mjs').Media }} S
 * @param {string} engine
 * @param {S[]} sheets
 * @param {Record<string, string>} pages HTML by path
 * @param {string} folder
 * @param {string} prefix of the files' names
 * @param {(driver: import('./looks/stage.mjs').Chrome, engine: import('./harness/engines.mjs').Engine, url: string, sheet: S) => Promise<Buffer>} shoot
 */
async function take(engine, sheets, pages, folder, prefix, shoot) {
  await mkdir(folder, { recursive: true });
  await onStage({ engine, pages: looksAt(pages) }, async ({ engine, url, session }) => {
    for (const sheet of sheets) {
      const file = join(folder, `${prefix}${sheet.name}.png`);
      await writeFile(file, await session({ media: sheet.media }, (driver) => shoot(driver, engine, url, sheet)));
      console.log(file);
    }
  });
}
