/** `node tests/e2e/buttons.mjs` makes the README's picture of what the button can look like, from the button itself. */
import { writeFile } from 'node:fs/promises';
import { By } from 'selenium-webdriver';
import { startDemo } from '../../www/demo/server.mjs';
import { startSimulator } from '../../www/simulator/index.js';
import { freePort, startDriver } from './harness/driver.mjs';

/** Each row: its ground, and the attributes of its buttons. @type {[ground: string, buttons: Record<string, string>[]][]} */
const ROWS = [
  ['#ffffff', [{}, { theme: 'outline' }, { shape: 'rounded' }, { shape: 'square' }]],
  ['#16181c', [{ theme: 'white' }, { theme: 'white', shape: 'rounded' }, { theme: 'white', size: 'medium' }, { theme: 'white', type: 'icon' }]],
  ['#ffffff', [{ size: 'medium', text: 'continue_with' }, { size: 'small', text: 'signup_with', theme: 'outline' }, { type: 'icon' }, { type: 'link', text: 'login_with' }]],
];

/** Runs in the demo's page, whose policy allows styles by CSSOM only. */
const DRAW = `
const grid = Object.assign(document.createElement('div'), { id: 'buttons' });
Object.assign(grid.style, { width: '920px', border: '1px solid #d0d7de', borderRadius: '12px', overflow: 'hidden' });
for (const [ground, buttons] of arguments[0]) {
  const row = document.createElement('div');
  Object.assign(row.style, { display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', justifyItems: 'center', alignItems: 'center', padding: '20px 8px', background: ground, color: '#0f1419' });
  for (const attributes of buttons) {
    const button = document.createElement('sign-in-with-x');
    for (const [name, value] of Object.entries(attributes)) button.setAttribute(name, value);
    row.append(button);
  }
  grid.append(row);
}
document.body.replaceChildren(grid);`;

const DRAWN = `return [...document.querySelectorAll('#buttons sign-in-with-x')].every(({ shadowRoot }) => shadowRoot?.querySelector('button'))`;

const simulator = await startSimulator();
const demo = await startDemo({ port: await freePort(), simulator });
const browser = await startDriver('chromium');
try {
  const { driver, close } = await browser.open();
  try {
    const chrome = /** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver);
    await chrome.sendDevToolsCommand('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] });
    await driver.get(demo.url);
    await driver.executeScript(DRAW, ROWS);
    await driver.wait(() => driver.executeScript(DRAWN), 10_000, 'the buttons are drawn');
    const picture = await driver.findElement(By.id('buttons')).takeScreenshot();
    await writeFile(new URL('../../www/demo/buttons.png', import.meta.url), picture, 'base64');
  } finally {
    await close();
  }
} finally {
  await browser.close();
  await demo.close();
  await simulator.close();
}
console.log('www/demo/buttons.png');
