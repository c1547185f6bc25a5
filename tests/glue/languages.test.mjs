// Which language the button speaks: the list of phrases, and the lookup in it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { languages } from '../../www/generated/languages.js';
import { match } from '../../www/src/languages/match.js';
import { wordsFor } from '../../www/src/languages/words.js';
import { languagesOf } from '../../www/tools/build/words.mjs';
import { chapters, names, read, table } from './docs/markdown.mjs';
import { found, wordsOf } from './docs/sources.mjs';

/** @type {Record<string, import('../../www/tools/build/words.mjs').Language>} */
const phrases = JSON.parse(read('www/src/languages/phrases.json'));
const tags = Object.keys(phrases);
const TEXTS = wordsOf('Text');
/** @type {[string, string | null][]} */
const ranges = JSON.parse(readFileSync(new URL('../fixtures/locales.json', import.meta.url), 'utf8'));

describe('F13: the phrases', () => {
  test('F13: 46 languages, each with the default words; every phrase has its source, names X once, and is normalised', () => {
    assert.equal(tags.length, 46);
    for (const tag of tags) {
      const { name, script, phrases: said } = phrases[tag];
      assert.ok(name && /^[A-Z][a-z]{3}$/.test(script) && said.signin_with, tag);
      assert.equal(Intl.getCanonicalLocales(tag)[0], tag, 'a tag as it is written');
      assert.equal(new Intl.Locale(tag).maximize().script, script, tag);
      for (const [text, phrase] of Object.entries(said)) {
        assert.ok(TEXTS.includes(text), text);
        assert.deepEqual(Object.keys(phrase), ['text', 'source', 'reviewed']);
        assert.ok(phrase.source.length > 3, `${tag} ${text}`);
        assert.equal(phrase.text.split('X').length, 2, phrase.text);
        assert.equal(phrase.text, phrase.text.normalize().trim());
        assert.doesNotMatch(phrase.text, /twitter|[{}%<>&]|\p{Cf}/iu);
      }
    }
  });

  test('F13 F8: English is the engine’s, and alone has every phrase', () => {
    const english = found('src/button/label.rs', /Text::\w+ => "([^"]+)"/g);
    assert.deepEqual(TEXTS.map((text) => phrases.en.phrases[text].text), english);
    assert.ok(Object.values(phrases.en.phrases).every(({ reviewed }) => reviewed));
  });

  test('F13: the page’s module is the list’s, without sources; X is isolated where words run from right to left', () => {
    assert.deepEqual(languages, languagesOf(phrases));
    assert.doesNotMatch(read('www/generated/languages.js'), /FirebaseUI|reviewed/);
    const rtl = Object.values(languages).filter(({ dir }) => dir === 'rtl');
    assert.deepEqual(rtl.map(({ tag }) => tag).sort(), ['ar', 'fa', 'he', 'ps']);
    for (const { tag, dir, words } of Object.values(languages)) {
      for (const text of Object.values(words)) assert.equal(text.includes('\u2068X\u2069'), dir === 'rtl', tag);
    }
  });

  test('F13: a phrase without its X, or with two, does not build', () => {
    for (const text of ['Ensaluti', 'X kaj X']) {
      assert.throws(() => languagesOf({ eo: { name: 'Esperanto', script: 'Latn', phrases: { signin_with: { text, source: 'none', reviewed: false } } } }), /must name X, once/);
    }
  });

  test('F13: the README lists them all, and says which nobody has reviewed', () => {
    const rows = table(read('README.md'), 'language');
    assert.ok(chapters(read('README.md')).get('Languages')?.includes('www/src/languages/phrases.json'));
    const said = rows.map(([name, tag, words]) => [name, tag.replaceAll('`', ''), words]);
    assert.deepEqual(said, tags.map((tag) => [phrases[tag].name, tag, phrases[tag].phrases.signin_with.text]));
    assert.equal(names(rows).length, 0, 'names are words, not code');
    const unreviewed = tags.filter((tag) => Object.values(phrases[tag].phrases).some(({ reviewed }) => !reviewed));
    assert.deepEqual(rows.filter(([, , , reviewed]) => reviewed !== 'yes').map(([, tag]) => tag.replaceAll('`', '')), unreviewed);
  });
});

describe('F13: the lookup', () => {
  for (const [range, tag] of ranges) {
    test(`F13: "${range}" is ${tag ?? 'none'}`, () => assert.equal(match([range]), tag === null ? undefined : languages[tag.toLowerCase()]));
  }

  test('F13: the first of several that is spoken; one in a script that is not falls on to the next', () => {
    for (const [asked, tag] of /** @type {[string[], string | undefined][]} */ ([
      [['eo', 'fr', 'de'], 'fr'], [['sr-Latn', 'hr'], 'hr'], [['sr-Latn-RS', 'sr'], 'sr'], [['*', 'ja'], 'ja'], [['en-GB', 'fr'], 'en'], [['cy', 'tlh'], undefined], [[], undefined],
    ])) assert.equal(match(asked)?.tag, tag, String(asked));
  });

  test('F13: whatever stands behind a tag, and however it is spelt, the language stays the same (RFC 4647 §3.4)', () => {
    // Deterministic: a linear congruential generator.
    let seed = 46;
    const random = (/** @type {number} */ below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    const subtag = (/** @type {string} */ first) => first + Array.from({ length: 4 + random(4) }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[random(36)]).join('');
    for (let run = 0; run < 5000; run += 1) {
      const tag = tags[random(tags.length)];
      // Regions and variants (a digit first, or five letters and more), extensions, private use; none is a script.
      const more = [() => `-${subtag('v9')}`, () => `-u-${subtag('a')}`, () => `-x-${subtag('b')}`, () => '-001', () => ''][random(5)]();
      const spelt = [...tag + more].map((letter) => (random(2) ? letter.toUpperCase() : letter.toLowerCase())).join('');
      assert.equal(match([spelt])?.tag, tag, spelt);
    }
  });

  test('F13: nothing makes it throw, and its answer is always one of the list', () => {
    let seed = 7;
    const random = (/** @type {number} */ below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    for (let run = 0; run < 5000; run += 1) {
      const text = Array.from({ length: random(12) }, () => ['a', 'r', 'z', 'h', '-', '_', '*', ' ', 'LATN', '\u0000', '\ud800', '𝒳', '__proto__'][random(13)]).join('');
      const answer = match([text]);
      assert.ok(answer === undefined || languages[answer.tag.toLowerCase()] === answer, JSON.stringify(text));
    }
    for (const odd of [undefined, null, 5, {}, [], true]) assert.equal(match([odd]), undefined);
  });
});

describe('F13: the words', () => {
  const host = /** @type {any} */ ({});
  /** @param {Record<string, unknown>} looks */
  const said = (looks) => wordsFor(host, { text: null, label: null, ...looks });

  for (const tag of tags) {
    test(`F13: ${tag} has its words, language and direction; a phrase that it lacks is left to the engine`, () => {
      for (const text of TEXTS) {
        const { lang, dir, label } = said({ locale: tag, text });
        assert.deepEqual([lang, dir], [tag, languages[tag.toLowerCase()].dir]);
        assert.equal(label?.replace(/[\u2068\u2069]/g, ''), tag === 'en' ? undefined : phrases[tag].phrases[text]?.text);
      }
    });
  }

  test('F13: an unknown text is the default one, as for the engine', () => {
    for (const text of [null, '', 'nonsense', 'constructor']) assert.equal(said({ locale: 'de', text }).label, 'Mit X anmelden');
  });

  test('F13: the host’s own words win, in the language it names', () => {
    assert.deepEqual(said({ locale: 'ar-EG', label: 'ادخل' }), { lang: 'ar', dir: 'rtl', label: 'ادخل' });
    assert.deepEqual(said({ locale: 'eo', label: 'Ensaluti' }), { lang: 'eo' });
  });

  test('F13: auto is the nearest language upwards, through shadow roots; then the document’s; then the person’s', (t) => {
    class ShadowRoot {}
    /** @param {string | null} lang @param {any} [around] */
    const element = (lang, around) => ({ closest: () => (lang === null ? null : { getAttribute: () => lang }), getRootNode: () => around ?? {} });
    const inside = (/** @type {any} */ outer) => element(null, Object.assign(new ShadowRoot(), { host: outer }));
    /** @param {string} page @param {string[] | undefined} person */
    const around = (page, person) => {
      for (const [name, value] of Object.entries({ ShadowRoot, document: { documentElement: { lang: page } }, navigator: { languages: person } })) {
        const before = Object.getOwnPropertyDescriptor(globalThis, name);
        Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
        t.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete (/** @type {any} */ (globalThis)[name])));
      }
    };
    /** @type {(...where: [any, string, string[] | undefined]) => string | undefined} */
    const spoken = (place, ...where) => {
      around(...where);
      return wordsFor(place, { locale: 'AUTO' }).lang;
    };
    assert.equal(spoken(element('fr'), 'de', ['it']), 'fr');
    assert.equal(spoken(inside(inside(element('fr'))), 'de', ['it']), 'fr');
    assert.equal(spoken(element(null), 'de', ['it']), 'de');
    assert.equal(spoken(element(''), '', ['cy', 'it-CH']), 'it');
    assert.equal(spoken(element('en'), 'de', ['it']), 'en');
    assert.equal(spoken(element('cy'), '', undefined), 'cy', 'the engine says it in English');
    assert.equal(spoken(element(null), '', undefined), undefined);
    // The host's own words are in the page's language, not in the first that the button would speak.
    around('', ['fr']);
    assert.deepEqual(wordsFor(element('cy'), { locale: 'auto', label: 'Mewngofnodi gydag X' }), { lang: 'cy' });
    // A link has a `host`, too.
    assert.equal(spoken(element(null, { host: 'x.com' }), 'de', []), 'de');
  });
});
