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
import { locales } from './locales.js';

const { clientId, redirectUri } = config;
const endpoints = { authorize: config.authorize };

/** @type {Record<string, string>} */
const chosen = { ...DEFAULTS };
/** @type {typeof LANGUAGES[number]} */
let language = 'HTML';

const previews = /** @type {NodeListOf<import('sign-in-with-x/element').SignInWithXElement>} */ (document.querySelectorAll('.preview'));

/** A language in its own words. @param {string} tag */
function nameOf(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
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
  showCode();
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
  byId('controls').append(h('fieldset', {}, h('legend', {}, title), h('div', { class: 'segments' }, ...segments)));
}

/** @param {string} title @param {HTMLElement} control @param {string} [event] */
function field(title, control, event = 'change') {
  byId('controls').append(h('label', {}, h('span', { class: 'title' }, title), control));
  return { on: (/** @type {(value: string) => void} */ run) => control.addEventListener(event, () => run(/** @type {HTMLInputElement} */ (control).value)) };
}

const languageMenu = /** @type {HTMLSelectElement} */ (
  h('select', {}, h('option', { value: 'auto' }, 'auto: as the page'), ...locales.map((tag) => h('option', { value: tag, lang: tag }, `${nameOf(tag)} (${tag})`)))
);
languageMenu.value = 'en';
field('Language', languageMenu).on((value) => choose('locale', value));

field('Words of your own', h('input', { type: 'text', placeholder: 'Sign in with X', maxlength: '60' }), 'input').on((value) => choose('label', value));

const width = h('input', { type: 'range', min: '160', max: '400', step: '20', value: '160' });
field('Width', width, 'input').on((value) => choose('width', value === '160' ? '' : value));

/** @param {string} title @param {(checked: boolean) => void} run */
function check(title, run) {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'checkbox' }));
  input.addEventListener('change', () => run(input.checked));
  byId('controls').append(h('label', { class: 'check' }, input, title));
  return input;
}
check('As wide as its place', (checked) => {
  width.toggleAttribute('disabled', checked);
  choose('width', checked ? 'fluid' : '');
});
check('Disabled', (checked) => choose('disabled', checked ? 'true' : ''));

/* Preview */

for (const preview of previews) {
  Object.assign(preview, { clientId, redirectUri, endpoints });
  preview.setAttribute('exchange', '/auth/x/exchange');
}
document.addEventListener('sign-in', ({ detail }) => (byId('outcome').textContent = `Signed in as @${detail.user?.username}.`));
document.addEventListener('sign-out', () => (byId('outcome').textContent = 'Signed out.'));
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

show();
