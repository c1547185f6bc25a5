/** F6: size of targets, room for larger text, narrow windows, less motion, colours that the system forces. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useBrowser } from './harness.mjs';
import { emulate } from './looks/media.mjs';
import { ACTIVITIES, document, looks, looksAt, SHAPES, SIZES, THEMES, TYPES, visit } from './looks/page.mjs';

const world = useBrowser();
const TEXTS = ['signin_with', 'signup_with', 'continue_with', 'connect_to', 'login_with'];

/** Every size, type and text, and a waiting one, whose notice has controls too. */
const sections = SIZES.flatMap((size) => [
  {
    title: size,
    ground: /** @type {const} */ ('light'),
    cells: [
      ...TYPES.flatMap((type) => TEXTS.map((text) => ({ attributes: { size, type, text } }))),
      ...SHAPES.map((shape) => ({ attributes: { size, shape, width: '180' } })),
      { attributes: { size }, activity: 'waiting' },
    ],
  },
]);

/** WCAG 2.2 §1.4.12: what a person's own sheet may do to any text. */
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}';

/** Runs in the page. What of a text lies outside its button, and which control is how small. */
const MEASURE = `(spacing) => {
  const found = { small: [], cut: [], controls: 0 };
  for (const { shadowRoot: root } of document.querySelectorAll('sign-in-with-x')) {
    if (spacing) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(spacing);
      root.adoptedStyleSheets.push(sheet);
    }
    for (const control of root.querySelectorAll('button')) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      found.controls += 1;
      const box = control.getBoundingClientRect();
      const name = root.host.outerHTML + ' ' + control.textContent + ' ' + box.width + ' × ' + box.height;
      if (box.width < 24 || box.height < 24) found.small.push(name);
      const text = document.createRange();
      text.selectNodeContents(control.querySelector('[part=label]') ?? control);
      const inner = text.getBoundingClientRect();
      // Half a pixel is how browsers round; an icon shows no words.
      if (inner.width && (inner.left < box.left - 0.5 || inner.right > box.right + 0.5 || inner.top < box.top - 0.5 || inner.bottom > box.bottom + 0.5)) found.cut.push(name);
    }
    for (const part of root.querySelectorAll('[part=notice], [part=button]')) {
      if (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1) found.cut.push(root.host.outerHTML + ' ' + part.part);
    }
  }
  return found;
}`;

test('F6: every control is 24 pixels or more, and wider text is not cut off', async (t) => {
  const { driver, demo, witness } = await world(t, { pages: looksAt({ '/looks': looks(sections) }) });
  await visit(driver, `${demo.url}/looks`);
  for (const spacing of ['', SPACING]) {
    const { small, cut, controls } = await witness.inPage(MEASURE, spacing);
    assert.deepEqual({ small, cut }, { small: [], cut: [] }, spacing);
    assert.equal(controls, sections.flatMap(({ cells }) => cells).length + 2 * SIZES.length);
  }
});

/** Buttons at the left, in the middle and at the right, wide and narrow, each with its notice. @param {string[]} attributes */
const row = (attributes) =>
  `<div class="row">${attributes.map((all) => `<sign-in-with-x data-activity="waiting" ${all}></sign-in-with-x>`).join('')}</div>`;
const NARROW = document(`<main>${['', 'size="small" type="icon"', 'width="fluid"', 'type="link"'].map((all) => row([all]) + row(['hidden', all])).join('')}
${row(['type="icon"', 'type="icon"', 'type="icon"'])}${TEXTS.map((text) => row([`text="${text}"`])).join('')}</main>`);
const HEADER = document(`<header class="row"><p>Host</p><sign-in-with-x data-activity="waiting"></sign-in-with-x></header>`);

/** Runs in the page: what hangs over the edges of a frame. */
const OVERHANG = `async (path, dir) => {
  const frame = Object.assign(document.createElement('iframe'), { src: path, width: 320, height: 640 });
  document.body.replaceChildren(frame);
  while (frame.contentDocument?.documentElement?.dataset.ready === undefined) await new Promise((done) => setTimeout(done, 20));
  const inside = frame.contentDocument;
  inside.documentElement.dir = dir;
  frame.contentWindow.scrollTo(0, 0);
  const over = [];
  // The notice may: CSS anchor positioning would keep it in, and WebKitGTK then never shows it beside a popup.
  for (const { shadowRoot } of inside.querySelectorAll('sign-in-with-x')) shadowRoot.querySelector('[part=notice]').hidden = true;
  const width = inside.documentElement.clientWidth;
  if (inside.documentElement.scrollWidth > width) over.push('the page: ' + inside.documentElement.scrollWidth);
  for (const { shadowRoot, outerHTML, hidden } of inside.querySelectorAll('sign-in-with-x')) {
    for (const part of shadowRoot.querySelectorAll('[part=button]')) {
      const { left, right } = part.getBoundingClientRect();
      if (hidden ? right > left : left < 0 || right > width || left === right) over.push(part.part + ' ' + left + '–' + right + ' of ' + width + ' ' + outerHTML);
    }
  }
  return over;
}`;

test('F6: in a window 320 pixels wide nothing but the waiting notice hangs over its edges; what is hidden is not there', async (t) => {
  const pages = looksAt({ '/narrow': NARROW, '/header': HEADER });
  const { driver, demo, witness } = await world(t, {
    pages: (path, config) => (path === '/outer' ? { body: '<!doctype html><title>Outer</title>' } : pages(path, config)),
  });
  await driver.get(`${demo.url}/outer`);
  for (const path of ['/narrow', '/header']) {
    for (const dir of ['ltr', 'rtl']) assert.deepEqual(await witness.inPage(OVERHANG, path, dir), [], `${path} ${dir}`);
  }
});

test('F6: with less motion nothing fades, and what turns turns slowly; forced colours leave button, mark and ring to be seen', async (t) => {
  const cells = THEMES.flatMap((theme) => ACTIVITIES.map((activity) => ({ attributes: { theme }, activity })));
  const { driver, demo, engine } = await world(t, { pages: looksAt({ '/looks': looks([{ title: 'All', ground: 'scheme', cells }]) }) });
  const styles = () =>
    driver.executeScript(`return [...document.querySelectorAll('sign-in-with-x')].map(({ shadowRoot }) => {
      const [button, mark, spinner] = ['[part=button]', '[part=mark]', '.spinner'].map((css) => getComputedStyle(shadowRoot.querySelector(css)));
      return { fade: button.transitionDuration, turn: spinner.animationDuration, ground: button.backgroundColor, words: button.color, border: button.borderTopColor, mark: mark.fill };
    })`).then((list) => /** @type {Record<string, string>[]} */ (list));
  await visit(driver, `${demo.url}/looks`);
  const usual = await styles();
  assert.ok(usual.every(({ fade, turn }) => fade === '0.15s' && turn === '0.8s'), JSON.stringify(usual[0]));
  // Only Chromium can be told what the person's system asks for.
  if (!engine.devTools) return;
  await emulate(driver, engine, { 'prefers-reduced-motion': 'reduce' });
  const calm = await styles();
  assert.ok(calm.every(({ fade, turn }) => fade === '0s' && turn === '4s'), JSON.stringify(calm[0]));
  await emulate(driver, engine, { 'forced-colors': 'active' });
  const forced = await styles();
  const system = await driver.executeScript(`
    const probe = document.body.appendChild(document.createElement('button'));
    const { backgroundColor, color } = getComputedStyle(probe);
    return { ground: backgroundColor, words: color };`);
  for (const look of forced) {
    assert.deepEqual({ ground: look.ground, words: look.words, mark: look.mark }, { ...Object(system), mark: Object(system).words });
    assert.notEqual(look.border, look.ground);
  }
});
