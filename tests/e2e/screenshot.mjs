/**
 * `node tests/e2e/screenshot.mjs` makes the picture of the README: the demo while X's consent window is open.
 *
 * A headless browser takes one picture of each window and then one of both, laid over each other as on a desktop.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { person as personAt } from './harness/person.mjs';
import { onStage } from './looks/stage.mjs';

/** The windows in CSS pixels; the picture is 1200 × 760. */
const PAGE = { width: 1440, height: 912 };
const POPUP = { width: 516, height: 720 };
const SCALE = 1200 / PAGE.width;

/**
 * @param {import('selenium-webdriver/chrome.js').Driver} driver
 * @param {{ width: number, height: number }} size
 */
async function settle(driver, size) {
  await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: SCALE, mobile: false });
  await driver.sendDevToolsCommand('Emulation.setScrollbarsHidden', { hidden: true });
  await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] });
}

/** @param {string} page @param {string} popup PNG as base64 */
const desktop = (page, popup) => `<!doctype html>
<style>
  body { margin: 0 }
  img { display: block; width: 100% }
  .window { position: absolute; right: 42px; bottom: 36px; width: ${POPUP.width}px; border-radius: 14px; overflow: hidden; background: #e9ecee;
    box-shadow: 0 0 0 1px rgb(15 20 25 / 14%), 0 30px 80px -10px rgb(15 20 25 / 45%) }
  .window p { margin: 0; padding: 12px; display: flex; gap: 6px }
  .window i { width: 12px; height: 12px; border-radius: 50%; background: #b8c1c7 }
</style>
<img src="data:image/png;base64,${page}" alt="">
<div class="window"><p><i></i><i></i><i></i></p><img src="data:image/png;base64,${popup}" alt=""></div>`;

/** @param {import('selenium-webdriver/chrome.js').Driver} driver @param {string} demo */
async function takePictures(driver, demo) {
  const person = personAt(driver, demo);
  await settle(driver, PAGE);
  await person.visit();
  await person.press('popup');
  await settle(driver, POPUP);
  const popup = await driver.takeScreenshot();
  await person.home();
  // The pointer lies on the button that was pressed, which would show it as hovered.
  await driver.actions().move({ x: 4, y: 4 }).perform();
  // A picture of something that moves would be another one each time.
  await driver.executeScript(`
    const trees = [document, ...[...document.querySelectorAll('sign-in-with-x')].map(({ shadowRoot }) => shadowRoot)];
    for (const animation of trees.flatMap((tree) => tree.getAnimations())) animation.cancel();`);
  const page = await driver.takeScreenshot();

  const folder = await mkdtemp(join(tmpdir(), 'sign-in-with-x-screenshot-'));
  try {
    const file = join(folder, 'desktop.html');
    await writeFile(file, desktop(page, popup));
    await driver.get(pathToFileURL(file).href);
    return await driver.takeScreenshot();
  } finally {
    await rm(folder, { recursive: true });
  }
}

const picture = await onStage({}, ({ url, session }) => session({}, (driver) => takePictures(driver, url)));
await writeFile(new URL('../../www/demo/screenshot.png', import.meta.url), picture, 'base64');
console.log('www/demo/screenshot.png');
