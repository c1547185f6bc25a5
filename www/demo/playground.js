/**
 * The playground: every option as a control, three grounds, and the code.
 * @module
 */

import 'sign-in-with-x/define';
import 'sign-in-with-x/permissions/define';
import { config } from './config.js';
import { byId, h } from './dom.js';
import { codeFor, LANGUAGES } from './playground-code.js';
import { CHOICES, DEFAULTS, SCOPES, SPOKEN } from './playground-options.js';
import { locales, texts } from './locales.js';

const { clientId, redirectUri } = config;
const endpoints = { authorize: config.authorize };

/** @type {Record<string, string>} */
const chosen = { ...DEFAULTS };
/** @type {typeof LANGUAGES[number]} */
let language = 'HTML';

const previews = /** @type {NodeListOf<import('sign-in-with-x/element').SignInWithXElement>} */ (document.querySelectorAll('.preview'));

/** A language's name, in its own words unless told. @param {string} tag @param {string} [words] */
function nameOf(tag, words = tag) {
  try {
    return new Intl.DisplayNames([words], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Puts what is chosen on an element; what is at its default is not there. @param {Element} element @param {Record<string, string>} values */
function dress(element, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === DEFAULTS[name]) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}

function show() {
  for (const preview of previews) dress(preview, chosen);
  byId('permissions').setAttribute('scope', chosen.scope ?? '');
  for (const button of document.querySelectorAll('.languages sign-in-with-x')) button.setAttribute('text', chosen.text ?? '');
  showMissing();
  showCode();
}

/** Says so when the chosen words do not exist in the chosen language: the button is in English then. */
function showMissing() {
  const { text = '', locale = '', label } = chosen;
  const isMissing = !label && texts[locale]?.includes(text) === false;
  byId('missing').textContent = isMissing ? `Not in ${nameOf(locale, 'en')} yet: English is used.` : '';
}

function showCode() {
  byId('code').textContent = codeFor(language, chosen);
  for (const tab of document.querySelectorAll('[role="tab"]')) {
    const selected = tab.textContent === language;
    tab.setAttribute('aria-selected', String(selected));
    tab.setAttribute('tabindex', selected ? '0' : '-1');
    if (selected) byId('panel').setAttribute('aria-labelledby', tab.id);
  }
  byId('copied').textContent = '';
}

/** @param {string} name @param {string} value */
function choose(name, value) {
  chosen[name] = value;
  show();
}

/* Controls */

for (const { name, title, words } of CHOICES) {
  const segments = words.map((word) => {
    const input = h('input', { type: 'radio', name, value: word });
    /** @type {HTMLInputElement} */ (input).checked = word === DEFAULTS[name];
    input.addEventListener('change', () => choose(name, word));
    return h('label', {}, input, SPOKEN[word] ?? word);
  });
  const note = name === 'text' && h('p', { id: 'missing', class: 'small', role: 'status' });
  byId('controls').append(h('fieldset', {}, h('legend', {}, title), h('div', { class: 'segments' }, ...segments), note));
}

/** @param {string} title @param {HTMLElement} control @param {string} [event] @param {HTMLElement} [says] what it is set to */
function field(title, control, event = 'change', says) {
  byId('controls').append(h('label', {}, h('span', { class: 'title' }, title, says && ': ', says), control));
  return { on: (/** @type {(value: string) => void} */ run) => control.addEventListener(event, () => run(/** @type {HTMLInputElement} */ (control).value)) };
}

const languageMenu = /** @type {HTMLSelectElement} */ (
  h('select', {}, h('option', { value: 'auto' }, 'auto: as the page'), ...locales.map((tag) => h('option', { value: tag, lang: tag }, `${nameOf(tag)} (${tag})`)))
);
languageMenu.value = 'en';
field('Language', languageMenu).on((value) => choose('locale', value));

field('Words of your own', h('input', { type: 'text', placeholder: 'Sign in with X', maxlength: '60' }), 'input').on((value) => choose('label', value));

const NARROWEST = '160';
const width = /** @type {HTMLInputElement} */ (h('input', { type: 'range', min: NARROWEST, max: '400', step: '20', value: NARROWEST }));
const pixels = h('output', {});
/** @param {string} value */
function setWidth(value) {
  pixels.textContent = { '': 'as its words', fluid: 'as its place' }[value] ?? `${value} pixels`;
  choose('width', value);
}
const slid = () => setWidth(width.value === NARROWEST ? '' : width.value);
field('Width', width, 'input', pixels).on(slid);

/** @param {string} title @param {(checked: boolean) => void} run */
function check(title, run) {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'checkbox' }));
  input.addEventListener('change', () => run(input.checked));
  byId('controls').append(h('label', { class: 'check' }, input, title));
  return input;
}
check('As wide as its place', (checked) => {
  width.disabled = checked;
  if (checked) setWidth('fluid');
  else slid();
});
check('Disabled', (checked) => choose('disabled', checked ? 'true' : ''));

/* Preview */

for (const preview of previews) {
  Object.assign(preview, { clientId, redirectUri, endpoints });
  preview.setAttribute('exchange', '/auth/x/exchange');
}
/** The element that was pressed shows it by itself. @param {EventTarget | null} pressed @param {import('sign-in-with-x').Session | null} session */
function showOnOthers(pressed, session) {
  for (const preview of previews) if (preview !== pressed) preview.session = session;
}
document.addEventListener('sign-in', ({ target, detail: { user, scopes } }) => {
  byId('outcome').textContent = `Signed in as @${user?.username}.`;
  showOnOthers(target, user ? { user, scopes } : null);
});
document.addEventListener('sign-out', ({ target }) => {
  byId('outcome').textContent = 'Signed out.';
  showOnOthers(target, null);
});
document.addEventListener('sign-in-cancel', () => (byId('outcome').textContent = 'Cancelled. Nothing happened.'));
document.addEventListener('sign-in-error', ({ detail }) => (byId('outcome').textContent = `${detail.code}: ${detail.message}`));

/* Code */

LANGUAGES.forEach((name, index) => {
  const tab = h('button', { type: 'button', role: 'tab', id: `tab-${name.toLowerCase()}`, 'aria-controls': 'panel' }, name);
  const select = (/** @type {number} */ at) => {
    language = LANGUAGES[(at + LANGUAGES.length) % LANGUAGES.length] ?? 'HTML';
    showCode();
    byId(`tab-${language.toLowerCase()}`).focus();
  };
  tab.addEventListener('click', () => select(index));
  tab.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowRight') select(index + 1);
    if (key === 'ArrowLeft') select(index - 1);
  });
  byId('tabs').append(tab);
});

byId('copy').addEventListener('click', async () => {
  const copied = await navigator.clipboard.writeText(byId('code').textContent ?? '').then(() => true, () => false);
  byId('copied').textContent = copied ? 'Copied.' : 'The browser refused; select the code instead.';
});

/* Scopes */

for (const scope of SCOPES) {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'checkbox', value: scope }));
  input.checked = DEFAULTS.scope?.split(' ').includes(scope) ?? false;
  input.addEventListener('change', () => {
    const all = [...byId('scopes').querySelectorAll('input')].filter(({ checked }) => checked).map(({ value }) => value);
    choose('scope', all.join(' '));
  });
  byId('scopes').append(h('label', { class: 'check' }, input, scope));
}

/* Languages */

for (const tag of locales) {
  const pick = h('button', { type: 'button' }, h('bdi', { lang: tag }, nameOf(tag)), ` · ${tag}`);
  pick.addEventListener('click', () => {
    languageMenu.value = tag;
    choose('locale', tag);
    previews[0]?.scrollIntoView({ block: 'center', behavior: 'auto' });
  });
  // To look at, not to press: 46 more buttons would stand in everybody's way.
  byId('languages').append(h('li', {}, pick, h('div', { inert: '' }, h('sign-in-with-x', { locale: tag, theme: 'auto', size: 'medium' }))));
}

slid();
