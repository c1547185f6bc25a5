/**
 * The parts of which the console's forms are made. A field that was filled in wrongly says so beside it, keeps what was
 * typed, and the first such field has the focus.
 * @module
 */
import { escaped } from '../pages/layout.js';
import { sentence } from '../sentence.js';

/** @typedef {import('./form.js').Form} Form */

/** @typedef {{ label: string, help?: string, needed?: boolean }} Words */

/** @param {Form} form @param {string} name */
function stateOf({ errors }, name) {
  const error = Object.hasOwn(errors, name) ? errors[name] : undefined;
  const focus = Object.keys(errors)[0] === name ? ' autofocus' : '';
  return { error, attributes: error === undefined ? '' : ` aria-invalid="true"${focus}` };
}

/** @param {string} name @param {string | undefined} help @param {string | undefined} error */
function notes(name, help, error) {
  const ids = [...(error === undefined ? [] : [`${name}-error`]), ...(help === undefined ? [] : [`${name}-help`])];
  return {
    describedBy: ids.length > 0 ? ` aria-describedby="${ids.join(' ')}"` : '',
    help: help === undefined ? '' : `<p class="help" id="${name}-help">${escaped(help)}</p>`,
    error: error === undefined ? '' : `<p class="error" id="${name}-error">${escaped(sentence(error))}</p>`,
  };
}

/** @param {Words} words */
const heading = ({ label, needed = false }) => `${escaped(label)}${needed ? ' <span class="needed">(required)</span>' : ''}`;

/**
 * @param {Form} form
 * @param {string} name
 * @param {Words & { long?: boolean, kind?: 'url' }} words
 */
export function textField(form, name, words) {
  const { error, attributes } = stateOf(form, name);
  const { describedBy, help, error: message } = notes(name, words.help, error);
  const value = form.values[name] ?? '';
  const common = `id="${name}" name="${name}"${describedBy}${attributes}${words.needed ? ' aria-required="true"' : ''}`;
  // No type="url": a browser's own refusal would come before the simulator's, and in other words.
  const field = words.long
    ? `<textarea ${common} rows="3">${escaped(value)}</textarea>`
    : `<input type="text" ${common} value="${escaped(value)}"${words.kind === 'url' ? ' inputmode="url" autocapitalize="none" spellcheck="false"' : ''} autocomplete="off">`;
  return `<div class="field"><label for="${name}">${heading(words)}</label>${help}${message}${field}</div>`;
}

/**
 * @param {Form} form
 * @param {string} name
 * @param {Words} words
 */
export function checkbox(form, name, { label, help: advice }) {
  const { error, attributes } = stateOf(form, name);
  const { describedBy, help, error: message } = notes(name, advice, error);
  return `<div class="choice"><input type="checkbox" id="${name}" name="${name}" value="on"${form.values[name] === 'on' ? ' checked' : ''}${describedBy}${attributes}><div><label for="${name}">${escaped(label)}</label>${help}${message}</div></div>`;
}

/**
 * @param {Form} form
 * @param {string} name
 * @param {Words & { options: { value: string, label: string, help?: string }[] }} words
 */
export function radios(form, name, { options, ...words }) {
  const { error, attributes } = stateOf(form, name);
  const { describedBy, help, error: message } = notes(name, words.help, error);
  const choices = options.map(({ value, label, help: advice }, index) => {
    const id = `${name}-${value}`;
    const checked = form.values[name] === value ? ' checked' : '';
    const described = advice === undefined ? '' : ` aria-describedby="${id}-help"`;
    return `<div class="choice"><input type="radio" id="${id}" name="${name}" value="${escaped(value)}"${checked}${described}${index === 0 ? attributes : ''}><div><label for="${id}">${escaped(label)}</label>${advice === undefined ? '' : `<p class="help" id="${id}-help">${escaped(advice)}</p>`}</div></div>`;
  });
  return `<fieldset class="field"${describedBy}><legend>${heading(words)}</legend>${help}${message}${choices.join('')}</fieldset>`;
}

/**
 * @param {Form} form
 * @param {string} name
 * @param {Words & { options: { value: string, label: string }[] }} words
 */
export function select(form, name, { options, ...words }) {
  const { error, attributes } = stateOf(form, name);
  const { describedBy, help, error: message } = notes(name, words.help, error);
  const items = options.map(({ value, label }) => `<option value="${escaped(value)}"${form.values[name] === value ? ' selected' : ''}>${escaped(label)}</option>`);
  return `<div class="field"><label for="${name}">${heading(words)}</label>${help}${message}<select id="${name}" name="${name}"${describedBy}${attributes}>${items.join('')}</select></div>`;
}

/**
 * The callbacks, each in a field of its own.
 * @param {Form} form
 * @param {Words & { most: number, adviceOn: (callback: string) => string | undefined }} words `adviceOn` what may stay and is worth a word
 */
export function callbackFields(form, { most, adviceOn, ...words }) {
  const { help } = notes('callbacks', words.help, undefined);
  const all = stateOf(form, 'callbacks');
  const fields = form.callbacks.map((value, index) => {
    const name = `callback-${index + 1}`;
    const { error, attributes } = stateOf(form, name);
    // What is wrong with all of them is told at the first.
    const whole = index === 0 && all.error !== undefined;
    const wrong = error ?? (whole ? all.error : undefined);
    const advice = wrong === undefined ? adviceOn(value) : undefined;
    const { describedBy, help: note, error: message } = notes(name, advice, wrong);
    return `<div class="callback">${message}<input type="text" id="${name}" name="callback" aria-label="Callback ${index + 1}"${describedBy}${whole ? all.attributes : attributes} value="${escaped(value)}" inputmode="url" autocapitalize="none" spellcheck="false" autocomplete="off">${note}</div>`;
  });
  const more = form.callbacks.length < most ? '<button class="small-button" name="do" value="another" formnovalidate>Add another</button>' : '';
  return `<fieldset class="field callbacks" aria-describedby="callbacks-help"><legend>${heading(words)}</legend>${help}${fields.join('')}${more}</fieldset>`;
}

/** What the fields are called, where that is not told by the name. @type {Record<string, string>} */
const LABELS = {
  name: 'Name',
  description: 'Description',
  icon: 'Picture',
  oauth2: 'Methods',
  requestEmail: 'Request email from users',
  website: 'Website URL',
  organizationUrl: 'Organization URL',
  termsOfService: 'Terms of service',
  privacyPolicy: 'Privacy policy',
  callbacks: 'Callback 1',
};

/** Where something is wrong, at the top: what it is stands at each field, to which these lead. @param {Form} form */
export function problems({ errors }) {
  const names = Object.keys(errors);
  if (names.length === 0) return '';
  const items = names.map((name) => `<li><a href="#${name === 'callbacks' ? 'callback-1' : name}">${escaped(LABELS[name] ?? name.replace(/^callback-/, 'Callback '))}</a></li>`);
  return `<section class="problems" aria-labelledby="problems"><h2 id="problems">Nothing was saved yet</h2><p>Please look at:</p><ul>${items.join('')}</ul></section>`;
}
