/**
 * The fields of an App, checked one by one.
 *
 * An App that the simulator was started with may lack what X's console asks for: a website, terms. What is not touched is
 * not refused, so that such an App can be changed in other ways; an App that is set up here has to have all of it.
 * @module
 */
import { callbackProblem, descriptionProblem, MOST_CALLBACKS, nameProblem, pageProblem, PAGES } from '../apps/rules.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */

/** Without what is undefined. @param {Record<string, string | undefined>} errors @returns {Record<string, string>} */
const found = (errors) => Object.fromEntries(Object.entries(errors).flatMap(([name, error]) => (error === undefined ? [] : [[name, error]])));

/**
 * @param {World} world
 * @param {Record<string, string>} values
 * @param {RunningApp} [before]
 */
export function detailErrors({ apps }, { name = '', description = '' }, before) {
  const others = [...apps.values()].filter((app) => app !== before).map((app) => app.name);
  return found({
    name: before?.name === name ? undefined : nameProblem(name, others),
    description: before && (before.description ?? '') === description ? undefined : descriptionProblem(description),
  });
}

/**
 * @param {RunningApp} app
 * @param {Record<string, string>} values
 * @param {string[]} callbacks
 */
export function authenticationErrors(app, values, callbacks) {
  const isSetUp = app.oauth1.enabled || app.oauth2.enabled;
  /** @type {Record<string, string | undefined>} */
  const errors = {};
  // In the order of the page, whose first has the focus.
  if (values.oauth2 !== 'on' && values.oauth1 !== 'on') errors.oauth2 = 'Turn on OAuth 2.0, OAuth 1.0a, or both';
  Object.assign(errors, emailErrors(values), callbackErrors(app, callbacks));
  for (const name of /** @type {(keyof typeof PAGES)[]} */ (Object.keys(PAGES))) {
    const value = values[name] ?? '';
    if (isSetUp && value === (app[name] ?? '')) continue;
    if (value !== '') errors[name] = pageProblem(value);
    else if (name === 'website') errors[name] = 'X asks for a website. Any address will do, such as https://example.com';
  }
  return found(errors);
}

/**
 * X: "this requires a Terms of Service URL and a Privacy Policy URL".
 * @param {Record<string, string>} values
 */
function emailErrors({ requestEmail, termsOfService = '', privacyPolicy = '' }) {
  const missing = [...(termsOfService === '' ? ['Terms of service'] : []), ...(privacyPolicy === '' ? ['a Privacy policy'] : [])];
  if (requestEmail !== 'on' || missing.length === 0) return {};
  return { requestEmail: `To ask for email addresses the App needs ${missing.join(' and ')}. Add ${missing.length > 1 ? 'them' : 'it'} below, or leave this off` };
}

/**
 * @param {RunningApp} app
 * @param {string[]} callbacks as typed, empty ones too
 */
function callbackErrors(app, callbacks) {
  /** @type {Record<string, string | undefined>} */
  const errors = {};
  const given = callbacks.filter((callback) => callback !== '');
  if (given.length === 0) errors.callbacks = 'Add at least one callback: where X sends people back to';
  if (given.length > MOST_CALLBACKS) errors.callbacks = `X takes at most ${MOST_CALLBACKS} callbacks, and these are ${given.length}`;
  for (const [index, callback] of callbacks.entries()) {
    if (callback === '') continue;
    const name = `callback-${index + 1}`;
    if (callbacks.indexOf(callback) < index) errors[name] = 'This callback is in the list already';
    else if (!app.redirectUris.includes(callback)) errors[name] = callbackProblem(callback);
  }
  return errors;
}
