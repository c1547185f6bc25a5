/**
 * `npm run gallery`: pictures of every theme, size, type and state, as contact sheets in target/gallery, one for each
 * colour scheme and direction. `npm run gallery -- --engine firefox` (or webkit) takes those that the engine can show.
 * `npm run gallery -- --references` takes the small ones anew that tests/e2e/references.test.mjs compares with.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemo } from '../../www/demo/server.mjs';
import { startSimulator } from '../../www/simulator/index.js';
import { main } from '../../www/tools/main.mjs';
import { at } from '../../www/tools/paths.mjs';
import { freePort, startDriver } from './harness/driver.mjs';
import { engineNamed } from './harness/engines.mjs';
import { looksAt } from './looks/page.mjs';
import { bodies, picture, sheetsFor } from './looks/sheets.mjs';

await main(import.meta.url, async (args) => {
  const { engine, references } = parseArgs({ args, options: { engine: { type: 'string', default: 'chromium' }, references: { type: 'boolean', default: false } } }).values;
  const name = references ? 'chromium' : String(engine);
  const sheets = sheetsFor(engineNamed(name));
  const folder = references ? at('tests', 'e2e', 'references') : at('target', 'gallery');
  await mkdir(folder, { recursive: true });
  const simulator = await startSimulator();
  const demo = await startDemo({ port: await freePort(), simulator, pages: looksAt(bodies(sheets, { reference: references })) });
  const browser = await startDriver(name);
  try {
    const { driver, close } = await browser.open();
    try {
      for (const sheet of sheets) {
        const file = join(folder, `${references ? '' : `${name}-`}${sheet.name}.png`);
        await writeFile(file, await picture(driver, browser.engine, demo.url, sheet));
        console.log(file);
      }
    } finally {
      await close();
    }
  } finally {
    await browser.close();
    await demo.close();
    await simulator.close();
  }
});
