/**
 * F6: the figures. WCAG 2.2 wants 4.5 for words (1.4.3) and 3 for what is no text: the mark, a border that shows where a
 * control is, a focus indicator (1.4.11). A disabled control needs none; its figure is printed all the same.
 */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { Key } from 'selenium-webdriver';
import { useBrowser } from './harness.mjs';
import { contrast, over } from './looks/colour.mjs';
import { assertMedia, looks, looksAt, visit } from './looks/page.mjs';

const world = useBrowser();
const TEXT = 4.5;
const OTHER = 3;

/** Each theme on the grounds that it is made for. @type {[theme: string, type: string, ground: 'light' | 'dark' | 'scheme'][]} */
const LOOKS = [
  ['black', 'button', 'light'],
  ['white', 'button', 'dark'],
  ['outline', 'button', 'light'],
  ['outline', 'button', 'dark'],
  ['auto', 'button', 'scheme'],
  ['black', 'link', 'light'],
  ['white', 'link', 'dark'],
];

const sections = LOOKS.map(([theme, type, ground]) => ({
  title: `${theme} ${type} on ${ground}`,
  ground,
  cells: [{ attributes: { theme, type } }, { attributes: { theme, type, disabled: '' } }, { attributes: { theme, type }, activity: 'waiting' }, { attributes: { theme, type }, person: 'noor' }],
}));

/** Runs in the page: the colours of the nth section's cell, and of what is behind it. */
const COLOURS = `
  const [section, cell, offer] = arguments;
  const place = document.querySelectorAll('section')[section];
  const root = place.querySelectorAll('sign-in-with-x')[cell].shadowRoot;
  for (const animation of root.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  const part = (name) => getComputedStyle(root.querySelector('[part=' + name + ']'));
  const ground = getComputedStyle(place).backgroundColor;
  const [button, mark, label, notice] = ['button', 'mark', 'label', 'notice'].map(part);
  const focused = getComputedStyle(root.activeElement ?? root.querySelector('button'));
  return {
    ground: ground === 'rgba(0, 0, 0, 0)' ? getComputedStyle(document.documentElement).backgroundColor : ground,
    button: button.backgroundColor, border: button.borderTopColor, opacity: Number(button.opacity),
    words: label.color, mark: mark.fill,
    notice: notice.backgroundColor, noticeBorder: notice.borderTopColor, noticeWords: notice.color,
    chip: root.querySelector('[part=identity]') && Object.fromEntries(['identity', 'avatar', 'name', 'handle', 'sign-out'].map((name) => {
      const { backgroundColor, borderTopColor, color } = part(name);
      return [name, { ground: backgroundColor, border: borderTopColor, words: color }];
    })),
    chipMark: root.querySelector('[part=identity]') && getComputedStyle(root.querySelector('[part=identity] svg')).fill,
    ring: focused.outlineStyle === 'none' ? '' : focused.outlineColor, ringWidth: parseFloat(focused.outlineWidth),
  };`;

/** @type {Record<string, import('./harness/engines.mjs').Media>} */
const SCHEMES = { light: {}, dark: { 'prefers-color-scheme': 'dark' } };

for (const [scheme, media] of Object.entries(SCHEMES)) {
  test(`F6: words, mark, borders, focus ring, notice and who is signed in have their contrast, at rest, hovered and pressed, in a ${scheme} scheme`, async (t) => {
    const { driver, demo } = await world(t, { media, pages: looksAt({ '/looks': looks(sections) }) });
    /** @type {string[]} */
    const failures = [];
    /** @type {string[]} */
    const table = [];
    await visit(driver, `${demo.url}/looks`);
    await assertMedia(driver, media);
    for (const [index, { title, ground }] of sections.entries()) {
      // A section with a ground of its own is the same in both schemes.
      if (scheme === 'dark' && ground !== 'scheme') continue;
      /** @param {number} cell @returns {Promise<Record<string, any>>} */
      const colours = (cell) => driver.executeScript(COLOURS, index, cell);
      /** @param {string} what @param {string} front @param {string} back @param {number} least */
      const compare = (what, front, back, least) => {
        const figure = contrast(front, back);
        table.push(`${figure.toFixed(2).padStart(5)}  ${least ? `≥ ${least}`.padEnd(5) : '     '}  ${title} (${scheme}): ${what}`);
        if (figure < least) failures.push(`${figure.toFixed(2)} instead of ${least}: ${title} (${scheme}): ${what}`);
      };
      const host = await driver.executeScript(`return document.querySelectorAll('section')[arguments[0]].querySelector('sign-in-with-x')`, index);
      const element = /** @type {import('selenium-webdriver').WebElement} */ (host);
      await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
      const corner = { x: 1, y: 1 };

      for (const moment of ['at rest', 'hovered', 'pressed']) {
        if (moment === 'at rest') await driver.actions().move(corner).perform();
        if (moment === 'hovered') await driver.actions().move({ origin: element }).perform();
        if (moment === 'pressed') await driver.actions().press().perform();
        assert.equal(await driver.executeScript(`return arguments[0].shadowRoot.querySelector('button').matches(':hover')`, element), moment !== 'at rest', `${title}: ${moment}`);
        const now = await colours(0);
        const back = over(now.button, now.ground);
        compare(`words ${moment}`, now.words, back, TEXT);
        compare(`mark ${moment}`, now.mark, back, OTHER);
        if (title.startsWith('outline')) {
          compare(`border and ground, ${moment}`, now.border, now.ground, OTHER);
          compare(`border and button, ${moment}`, now.border, back, OTHER);
        } else if (!title.includes('link')) {
          compare(`button and ground, ${moment}`, back, now.ground, OTHER);
        }
      }
      // Let go elsewhere: that is no click.
      await driver.actions().move(corner).release().perform();

      // By the keyboard, as people do who need the ring.
      await driver.executeScript('arguments[0].shadowRoot.querySelector("button").focus()', element);
      await driver.actions().sendKeys(Key.TAB).keyDown(Key.SHIFT).sendKeys(Key.TAB).keyUp(Key.SHIFT).perform();
      const focused = await colours(0);
      assert.ok(focused.ring && focused.ringWidth >= 2, `${title}: a ring is drawn`);
      compare('focus ring and ground', focused.ring, focused.ground, OTHER);
      compare('focus ring and button', focused.ring, over(focused.button, focused.ground), OTHER);

      const off = await colours(1);
      compare('words, disabled', over(off.words, off.ground, off.opacity), over(off.button, off.ground, off.opacity), 0);

      const waiting = await colours(2);
      compare('words of the notice', waiting.noticeWords, waiting.notice, TEXT);
      compare('border of the notice', waiting.noticeBorder, waiting.notice, OTHER);
      compare('focus ring in the notice', focused.ring, waiting.notice, OTHER);

      const out = /** @type {import('selenium-webdriver').WebElement} */ (await driver.executeScript(
        `return document.querySelectorAll('section')[arguments[0]].querySelectorAll('sign-in-with-x')[3].shadowRoot.querySelector('[part=sign-out]')`, index));
      await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', out);
      for (const moment of ['at rest', 'hovered', 'pressed']) {
        await driver.actions().move(moment === 'at rest' ? corner : { origin: out }).perform();
        if (moment === 'pressed') await driver.actions().press().perform();
        const { ground: page, chip, chipMark } = await colours(3);
        const back = over(chip.identity.ground, page);
        compare(`way out ${moment}`, chip['sign-out'].words, over(chip['sign-out'].ground, back), TEXT);
        if (moment !== 'at rest') continue;
        compare('name', chip.name.words, back, TEXT);
        compare('handle', chip.handle.words, back, TEXT);
        compare('initial', chip.avatar.words, over(chip.avatar.ground, back), TEXT);
        compare('mark beside the name', chipMark, back, OTHER);
        compare('focus ring in the chip', focused.ring, back, OTHER);
        if (title.startsWith('outline')) compare('border of the chip', chip.identity.border, page, OTHER);
      }
      await driver.actions().move(corner).release().perform();
    }
    t.diagnostic(`\n${table.join('\n')}`);
    assert.deepEqual(failures, []);
  });
}
