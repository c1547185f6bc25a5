/** `node tests/e2e/permissions.mjs` makes the README's picture of what an App may do, from the element itself. */
import { writeFile } from 'node:fs/promises';
import { By } from 'selenium-webdriver';
import { onStage } from './looks/stage.mjs';

/** Ground, text, and what is asked for. @type {[ground: string, text: string, scope: string][]} */
const CARDS = [
  ['#ffffff', '#0f1419', 'tweet.read users.read users.email offline.access'],
  ['#16181c', '#eff1f2', 'tweet.read users.read tweet.write media.write'],
];

/** Runs in the demo's page, whose policy allows styles by CSSOM only. */
const DRAW = `
const done = arguments[1];
import('/pkg/permissions-define.js').then(() => {
  const grid = Object.assign(document.createElement('div'), { id: 'cards' });
  Object.assign(grid.style, { display: 'grid', gridTemplateColumns: '1fr 1fr', width: '920px', border: '1px solid #d0d7de', borderRadius: '12px', overflow: 'hidden', font: '15px system-ui' });
  for (const [background, color, scope] of arguments[0]) {
    const card = Object.assign(document.createElement('sign-in-with-x-permissions'), { scope });
    Object.assign(card.style, { padding: '28px 32px 24px', background, color });
    grid.append(card);
  }
  document.body.replaceChildren(grid);
  done();
});`;

const picture = await onStage({}, ({ url, session }) =>
  session({}, async (driver) => {
    await driver.get(url);
    await driver.executeAsyncScript(DRAW, CARDS);
    return driver.findElement(By.id('cards')).takeScreenshot();
  }),
);
await writeFile(new URL('../../www/demo/permissions.png', import.meta.url), picture, 'base64');
console.log('www/demo/permissions.png');
