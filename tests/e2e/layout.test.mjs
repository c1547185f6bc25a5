/** That things on the demo's and the simulator's pages keep their distance, measured where browsers draw them. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { useBrowser } from './harness.mjs';

const world = useBrowser();

test('the notice of a waiting button stays in its card, and takes no room before it is seen', async (t) => {
  const { driver, person } = await world(t);
  await person.visit();
  const lane = `document.querySelector('sign-in-with-x').closest('.lane').getBoundingClientRect()`;
  const before = await driver.executeScript(`return ${lane}.height`);
  await person.press('popup');
  await person.home();
  /** @type {(script: string) => Promise<any>} */
  const inPage = (script) => driver.executeScript(`const notice = document.querySelector('sign-in-with-x').shadowRoot.querySelector('[part=notice]'); ${script}`);
  const early = await inPage(`return notice.checkVisibility({ visibilityProperty: true }) ? null : ${lane}.height`);
  // A slow machine may come too late to see it.
  if (early !== null) assert.equal(early, before);
  await driver.wait(() => inPage('return notice.checkVisibility({ visibilityProperty: true })'), 15_000, 'the notice appears');
  const [inner, outer] = await inPage(`return [notice.getBoundingClientRect(), ${lane}].map(({ left, top, right, bottom }) => ({ left, top, right, bottom }))`);
  assert.ok(inner.left > outer.left && inner.top > outer.top, 'it begins in its card');
  assert.ok(inner.right < outer.right && inner.bottom < outer.bottom, 'it ends in its card');
});

test('the simulator’s card does not touch its banner in a low window', async (t) => {
  const { driver, person } = await world(t);
  await driver.manage().window().setRect({ width: 800, height: 509 });
  await person.visit();
  await person.press('redirect');
  await driver.wait(() => driver.executeScript(`return document.querySelector('#authorize') !== null`), 15_000, 'X’s page');
  const [gap, below, width] = await driver.executeScript(`
    const [banner, card, page] = ['.banner', '.card', 'body'].map((css) => document.querySelector(css).getBoundingClientRect());
    return [card.top - banner.bottom, page.bottom - card.bottom, innerWidth]`);
  assert.ok(width > 560, 'narrower, the card would be the page');
  assert.ok(gap >= 24, `${gap} pixels above`);
  assert.ok(below >= 24, `${below} pixels below`);
});
