/** F6: size of targets, room for larger text, narrow windows, less motion, colours that the system forces. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { underTest, useBrowser } from './harness.mjs';
import { ACTIVITIES, assertMedia, document, looks, looksAt, PEOPLE, SHAPES, SIZES, THEMES, TYPES, visit } from './looks/page.mjs';

const world = useBrowser();
const TEXTS = ['signin_with', 'signup_with', 'continue_with', 'connect_to', 'login_with'];

/** Every size, type and text, a waiting one, whose notice has controls too, and who is signed in, with the way out. */
const sections = SIZES.flatMap((size) => [
  {
    title: size,
    ground: /** @type {const} */ ('light'),
    cells: [
      ...TYPES.flatMap((type) => TEXTS.map((text) => ({ attributes: { size, type, text } }))),
      ...SHAPES.map((shape) => ({ attributes: { size, shape, width: '180' } })),
      { attributes: { size }, activity: 'waiting' },
      ...['ada', 'noor', 'long'].flatMap((person) => [{ attributes: { size }, person }, { attributes: { size, width: 'fluid' }, person }]),
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
    // A name may be cut, the handle may not: X's Developer Policy asks for it.
    for (const part of root.querySelectorAll('[part=notice], [part=button], [part=identity], [part=handle]')) {
      if (part.hidden) continue;
      if (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1) found.cut.push(root.host.outerHTML + ' ' + part.part);
    }
  }
  return found;
}`;

test('F6 F8: every control is 24 pixels or more, and wider text is not cut off, nor is a handle', async (t) => {
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
  `<div class="row">${attributes.map((all) => `<sign-in-with-x ${all.includes('data-person') ? '' : 'data-activity="waiting" '}${all}></sign-in-with-x>`).join('')}</div>`;
/** Who is signed in, in the same places. @param {string} person */
const chips = (person) =>
  ['', 'size="small"', 'width="fluid"', 'type="link"'].map((all) => row([`data-person="${person}" ${all}`]) + row(['hidden', `data-person="${person}" ${all}`])).join('');
const NARROW = document(`<main>${['', 'size="small" type="icon"', 'width="fluid"', 'type="link"'].map((all) => row([all]) + row(['hidden', all])).join('')}
${row(['type="icon"', 'type="icon"', 'type="icon"'])}${TEXTS.map((text) => row([`text="${text}"`])).join('')}</main>`);
const HEADER = document(`<header class="row"><p>Host</p><sign-in-with-x data-activity="waiting"></sign-in-with-x></header>`);
const CHIPS = document(`<main>${Object.keys(PEOPLE).map(chips).join('')}</main>`);

/** Runs in the page: what hangs over the edges of a frame. */
const OVERHANG = `async (path, dir, zoom) => {
  const frame = Object.assign(document.createElement('iframe'), { src: path, width: 320 * zoom, height: 640 });
  document.body.replaceChildren(frame);
  while (frame.contentDocument?.documentElement?.dataset.ready === undefined) await new Promise((done) => setTimeout(done, 20));
  const inside = frame.contentDocument;
  inside.documentElement.dir = dir;
  inside.documentElement.style.zoom = zoom;
  frame.contentWindow.scrollTo(0, 0);
  const over = [];
  // The notice may: CSS anchor positioning would keep it in, and WebKitGTK then never shows it beside a popup.
  for (const { shadowRoot } of inside.querySelectorAll('sign-in-with-x')) shadowRoot.querySelector('[part=notice]').hidden = true;
  const { clientWidth: width, scrollWidth } = inside.scrollingElement;
  if (scrollWidth > width) over.push('the page: ' + scrollWidth + ' of ' + width);
  // What rectangles are measured in is the zoom's own pixels in some engines and the window's in others; an edge tells which.
  const edge = inside.documentElement.getBoundingClientRect().right;
  for (const { shadowRoot, outerHTML, hidden } of inside.querySelectorAll('sign-in-with-x')) {
    const chip = shadowRoot.querySelector('[part=identity]');
    for (const part of chip ? [chip, chip.querySelector('[part=handle]'), chip.querySelector('[part=sign-out]')] : [shadowRoot.querySelector('[part=button]')]) {
      const { left, right } = part.getBoundingClientRect();
      if (part.part.contains('handle') && part.scrollWidth > part.clientWidth + 1) over.push('cut: ' + part.textContent + ' ' + outerHTML);
      if (hidden ? right > left : left < -0.1 || right > edge + 0.1 || left === right) over.push(part.part + ' ' + left + '–' + right + ' of ' + edge + ' ' + outerHTML);
    }
  }
  return over;
}`;

test('F6 F8: in a window 320 pixels wide, and at twice the size, nothing but the waiting notice hangs over its edges; what is hidden is not there', async (t) => {
  const pages = looksAt({ '/narrow': NARROW, '/header': HEADER, '/chips': CHIPS });
  const { driver, demo, witness } = await world(t, {
    pages: (path, config) => (path === '/outer' ? { body: '<!doctype html><title>Outer</title>' } : pages(path, config)),
  });
  await driver.get(`${demo.url}/outer`);
  for (const path of ['/narrow', '/header', '/chips']) {
    for (const dir of ['ltr', 'rtl']) {
      for (const zoom of [1, 2]) assert.deepEqual(await witness.inPage(OVERHANG, path, dir, zoom), [], `${path} ${dir} ${zoom}`);
    }
  }
});

/** Every theme in every state, and who is signed in. */
const EVERYTHING = looksAt({
  '/looks': looks([
    {
      title: 'All',
      ground: 'scheme',
      cells: THEMES.flatMap((theme) => [...ACTIVITIES.map((activity) => ({ attributes: { theme }, activity })), { attributes: { theme }, person: 'noor' }]),
    },
  ]),
});

/** Runs in the page: how each looks. */
const STYLES = `return [...document.querySelectorAll('sign-in-with-x')].map(({ shadowRoot: root }) => {
  const [button, mark, spinner] = ['[part=button]', '[part=mark]', '.spinner'].map((css) => getComputedStyle(root.querySelector(css)));
  const colours = { ground: button.backgroundColor, words: button.color, border: button.borderTopColor, mark: mark.fill };
  const chip = root.querySelector('[part=identity]') && Object.fromEntries(['identity', 'name', 'handle', 'sign-out'].map((part) => {
    const { backgroundColor, color, borderTopColor, transitionDuration, animationName } = getComputedStyle(root.querySelector('[part=' + part + ']'));
    return [part, { ground: backgroundColor, words: color, border: borderTopColor, still: transitionDuration === '0s' && animationName === 'none' }];
  }));
  return { fade: button.transitionDuration, turn: spinner.animationDuration, ...colours, chip, chipMark: chip && getComputedStyle(root.querySelector('[part=identity] svg')).fill };
})`;

/** @param {import('node:test').TestContext} t @param {import('./harness/engines.mjs').Media} media */
async function styles(t, media) {
  const { driver, demo } = await world(t, { media, pages: EVERYTHING });
  await visit(driver, `${demo.url}/looks`);
  await assertMedia(driver, media);
  return { driver, list: /** @type {any[]} */ (await driver.executeScript(STYLES)) };
}

/** @type {Record<string, { media: import('./harness/engines.mjs').Media, same: string }>} */
const SCHEMES = {
  light: { media: {}, same: 'black' },
  dark: { media: { 'prefers-color-scheme': 'dark' }, same: 'white' },
};

for (const [scheme, { media, same }] of Object.entries(SCHEMES)) {
  test(`F6: in a ${scheme} scheme the theme "auto" looks like "${same}", and all fades and turns at its usual pace`, async (t) => {
    const { list } = await styles(t, media);
    assert.ok(list.every(({ fade, turn }) => fade === '0.15s' && turn === '0.8s'), JSON.stringify(list[0]));
    const each = list.length / THEMES.length;
    /** @param {string} theme */
    const looksOf = (theme) => list.slice(THEMES.indexOf(theme) * each, (THEMES.indexOf(theme) + 1) * each);
    assert.deepEqual(looksOf('auto'), looksOf(same));
  });
}

test('F6: with less motion nothing fades, and what turns turns slowly', async (t) => {
  const { list } = await styles(t, { 'prefers-reduced-motion': 'reduce' });
  assert.ok(list.every(({ fade, turn }) => fade === '0s' && turn === '4s'), JSON.stringify(list[0]));
  for (const { chip } of list.filter((look) => look.chip)) assert.ok(Object.values(chip).every(({ still }) => still), JSON.stringify(chip));
});

test('F6: forced colours leave button, mark and chip to be seen', { skip: !underTest.forcedColours && 'this engine cannot be told' }, async (t) => {
  const { driver, list } = await styles(t, { 'forced-colors': 'active' });
  const system = await driver.executeScript(`
    const probe = document.body.appendChild(document.createElement('button'));
    const page = getComputedStyle(document.body.appendChild(document.createElement('p')));
    const { backgroundColor, color } = getComputedStyle(probe);
    return { ground: backgroundColor, words: color, text: page.color };`).then((found) => /** @type {Record<string, string>} */ (found));
  for (const look of list) {
    assert.deepEqual({ ground: look.ground, words: look.words, mark: look.mark }, { ground: system.ground, words: system.words, mark: system.words });
    assert.notEqual(look.border, look.ground);
    if (!look.chip) continue;
    const { identity, name, handle, 'sign-out': out } = look.chip;
    assert.deepEqual([name.words, handle.words, look.chipMark], [system.text, system.text, system.text]);
    assert.deepEqual(out.words, system.words);
    assert.notEqual(identity.border, identity.ground);
  }
});
