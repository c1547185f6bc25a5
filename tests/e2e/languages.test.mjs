/** The button's words in other languages, where browsers draw them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from './harness/scenario.mjs';
import { hostAt, hostPage, useBrowser } from './harness.mjs';

const world = useBrowser();

/** @type {Record<string, { script: string, phrases: Record<string, { text: string }> }>} */
const phrases = JSON.parse(readFileSync(new URL('../../www/src/languages/phrases.json', import.meta.url), 'utf8'));
const tags = Object.keys(phrases);

const pkg = new URL('../../pkg/', import.meta.url);
/** The file that the languages come in. */
const FILE = `/pkg/${readdirSync(pkg).find((name) => name.startsWith('chunk-') && readFileSync(new URL(name, pkg), 'utf8').includes('Se connecter avec X'))}`;

/** What each button of the page says: its name for assistive technology, and how it is marked. */
const BUTTONS = `return [...document.querySelectorAll('sign-in-with-x')].map((element) => {
  const button = element.shadowRoot.querySelector('button');
  return [button.getAttribute('aria-label') ?? button.textContent, button.lang, button.dir];
})`;

/** The words as the page has them. @param {string} tag */
const words = (tag) => {
  const { script, phrases: said } = phrases[tag];
  const rtl = script === 'Arab' || script === 'Hebr';
  return [rtl ? said.signin_with.text.replace('X', '\u2068X\u2069') : said.signin_with.text, tag, rtl ? 'rtl' : 'ltr'];
};

for (const type of ['button', 'icon']) {
  test(`F13 F7: in each of 46 languages the name of a button of type "${type}" is its words`, async (t) => {
    const { driver, person } = await world(t, { pages: hostAt(tags.map((locale) => ({ locale, type }))) });
    await person.visitHost();
    assert.deepEqual(await driver.executeScript(BUTTONS), tags.map(words));
  });
}

test('F13: the mark stands before the words in either direction, and the X in its place', async (t) => {
  const looks = [{ locale: 'de' }, { locale: 'ar' }, { locale: 'he', width: '320' }, { locale: 'fa', 'logo-alignment': 'center', width: '320' }, { locale: 'de', width: '320' }];
  const { driver, person } = await world(t, { pages: hostAt(looks) });
  await person.visitHost();
  /** @type {Record<string, number>[]} */
  const places = await driver.executeScript(`return [...document.querySelectorAll('sign-in-with-x')].map(({ shadowRoot }) => {
    const [button, mark, label] = ['button', '[part=mark]', '[part=label]'].map((css) => shadowRoot.querySelector(css));
    const text = label.firstChild;
    const range = new Range();
    range.setStart(text, text.data.indexOf('X'));
    range.setEnd(text, text.data.indexOf('X') + 1);
    const place = (thing) => thing.getBoundingClientRect();
    return { left: place(button).left, right: place(button).right, mark: place(mark).left, markEnd: place(mark).right, label: place(label).left, labelEnd: place(label).right, x: place(range).left, xEnd: place(range).right };
  })`);
  const [german, arabic, hebrew, persian, wide] = places;
  for (const { left, mark, markEnd, label, labelEnd, right } of [german, wide]) assert.ok(left < mark && markEnd < label && labelEnd < right, 'mark, words');
  for (const { left, label, labelEnd, mark, markEnd, right } of [arabic, hebrew, persian]) assert.ok(left < label && labelEnd < mark && markEnd < right, 'words, mark');
  for (const { left, mark, markEnd, right } of [hebrew]) assert.ok(right - markEnd < 24 && mark - left > 200, 'at the leading edge of a wide button');
  // These sentences end with the X, which is on the left of them then.
  for (const { x, label, labelEnd } of [arabic, hebrew, persian]) assert.ok(x - label < labelEnd - x, 'the X ends the sentence');
  assert.ok(Math.abs(german.label - german.left - (arabic.right - arabic.labelEnd)) < 1, 'the same distances, mirrored');
});

test('F13: auto is the language around the button, also outside its shadow roots, or else the person’s', async (t) => {
  /** @type {NonNullable<import('../../www/demo/server.mjs').DemoOptions['pages']>} */
  const pages = (path, config) => {
    if (path !== '/host') return undefined;
    const button = `<sign-in-with-x locale="auto" client-id="${config.clientId}" redirect-uri="${config.redirectUri}"></sign-in-with-x>`;
    const body = `${button}<div lang="ar-EG" dir="rtl"><p lang="">${button}</p><p>${button}</p></div>
<div lang="pt-BR"><template shadowrootmode="open"></template><section></section></div><div lang="cy">${button}</div>
<script>
const inner = document.querySelector('section').attachShadow({ mode: 'open' }).appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
inner.append(document.querySelector('sign-in-with-x').cloneNode(true));
window.inner = inner;
</script>`;
    return { body: hostPage(config, [], { body }).replace('<html lang="en">', '<html lang="zh-HK">') };
  };
  const { driver, person } = await world(t, { pages });
  await person.visitHost();
  const found = await driver.executeScript(BUTTONS);
  assert.deepEqual(found.slice(0, 3), [words('zh-TW'), words('zh-TW'), words('ar')]);
  // Welsh is none of the 46; the document's language is next.
  assert.deepEqual(found[3], words('zh-TW'));
  const [[name, lang, dir]] = await driver.wait(() => driver.executeScript(BUTTONS.replace('document', 'window.inner').replace('element.shadowRoot', '(element.shadowRoot ?? element)')), 15_000);
  assert.deepEqual([name, lang, dir], words('pt'));
  await driver.executeScript(`document.documentElement.lang = 'de'; document.querySelector('sign-in-with-x').locale = 'auto'`);
  assert.deepEqual((await driver.executeScript(BUTTONS))[0], words('de'), 'set again, it is looked up again');
});

/** Notes every text that is ever in a shadow root. */
const WATCH = `<script>
window.said = [];
const { attachShadow } = Element.prototype;
Element.prototype.attachShadow = function (init) {
  const root = attachShadow.call(this, init);
  const note = () => window.said.push(root.querySelector('button')?.textContent);
  new MutationObserver(note).observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
  return root;
};
</script>`;

test('F13 F12: no word of English is ever seen on the way to another language', async (t) => {
  /** @type {(value?: undefined) => void} */ let release = () => {};
  const held = /** @type {Promise<undefined>} */ (new Promise((resolve) => { release = resolve; }));
  t.after(() => release());
  const page = hostAt([], { head: WATCH, body: '' });
  /** @type {NonNullable<import('../../www/demo/server.mjs').DemoOptions['pages']>} */
  const pages = async (path, config) => {
    if (path === FILE) return held;
    const found = await page(path, config);
    const child = `<sign-in-with-x locale="fr" client-id="${config.clientId}" redirect-uri="${config.redirectUri}"><a id="child" href="/">X</a></sign-in-with-x>`;
    return found && { ...found, body: found.body.replace('<body>', `<body>${child}`) };
  };
  const { driver, person, witness } = await world(t, { pages });
  await person.arrive('/host');
  await driver.wait(() => witness.requests.some(({ url }) => url.endsWith(FILE)), 15_000, 'it is asked for');
  assert.equal(await driver.executeScript(`return Boolean(customElements.get('sign-in-with-x'))`), true, 'the script, and its engine, is there');
  assert.equal(await driver.executeScript(`return document.querySelector('#child').checkVisibility()`), true, 'until then, what is between the tags');
  release();
  await person.drawn();
  assert.deepEqual(await driver.executeScript(BUTTONS), [words('fr')]);
  await driver.executeScript(`document.querySelector('sign-in-with-x').text = 'continue_with'`);
  await driver.executeScript(`document.querySelector('sign-in-with-x').locale = 'ar'`);
  const said = new Set(await driver.executeScript('return window.said'));
  assert.deepEqual([...said], ['Se connecter avec X', 'Continuer avec X', 'للمتابعة مع \u2068X\u2069']);
});

test('F13: where the file of the languages is missing, the button is in English and works', async (t) => {
  const page = hostAt([{ locale: 'fr', flow: 'popup' }]);
  const { driver, person } = await world(t, {
    pages: (path, config) => (path === FILE ? { status: 404, body: '', type: 'text/javascript' } : page(path, config)),
    expected: [/chunk-\w+\.js/],
  });
  await person.visitHost();
  assert.deepEqual(await driver.executeScript(BUTTONS), [['Sign in with X', 'en', 'ltr']]);
  await person.looksAway();
  const popup = await person.opens(() => driver.findElement({ id: 'x0' }).click());
  await person.approveIn(popup, 'ada_example');
  await person.home();
  assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example');
});
