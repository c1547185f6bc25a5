/**
 * An App's User authentication settings: by which protocol, what kind of App, how far, and where people come back to.
 * @module
 */
import { changeApp } from '../apps/changes.js';
import { callbackAdvice, callbackProblem, MOST_CALLBACKS, PAGES } from '../apps/rules.js';
import { noticeOf, seeOther, shown } from './answers.js';
import { authenticationErrors } from './check.js';
import { callbackFields, checkbox, problems, radios, textField } from './fields.js';
import { ALREADY_SENT, formOf, submitted, valuesOf } from './form.js';
import { appFrame, formTag } from './frame.js';
import { ACCESSES, TYPES } from './words.js';

/** @typedef {import('../types.js').App} App */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./form.js').Form} Form */

/** @param {boolean} value */
const onOff = (value) => (value ? 'on' : 'off');

/** @param {string[]} callbacks with one field more to fill in */
const withRoom = (callbacks) => (callbacks.length < MOST_CALLBACKS ? [...callbacks, ''] : callbacks);

/** @param {RunningApp} app @returns {Form} */
function formFrom(app) {
  const { oauth1, oauth2, type, requestEmail, redirectUris } = app;
  const isSetUp = oauth1.enabled || oauth2.enabled;
  const texts = Object.fromEntries([...Object.keys(PAGES), 'organizationName'].map((name) => [name, String(app[/** @type {keyof typeof PAGES} */ (name)] ?? '')]));
  return formOf({
    values: {
      ...texts,
      // X advises OAuth 2.0 for new Apps.
      oauth2: onOff(oauth2.enabled || !isSetUp),
      oauth1: onOff(oauth1.enabled),
      type,
      access: oauth1.access,
      signIn: onOff(oauth1.signIn),
      requestEmail: onOff(requestEmail),
    },
    callbacks: redirectUris.length === 0 ? [''] : redirectUris,
  });
}

/** @param {World} world @param {Request} request @param {RunningApp} app */
export const showAuthentication = (world, request, app) => shown(world, authenticationPage(world, app, { ...formFrom(app), ...noticeOf(request) }));

/** @param {World} world @param {Request} request @param {RunningApp} app */
export function changeAuthentication(world, request, app) {
  const { fields, stale } = submitted(world, request, { once: false });
  const values = valuesOf(fields);
  const callbacks = fields.getAll('callback').map((callback) => callback.trim());
  if (fields.get('do') === 'another') return shown(world, authenticationPage(world, app, formOf({ values, callbacks: withRoom(callbacks) })));
  const errors = authenticationErrors(app, values, callbacks);
  if (stale || Object.keys(errors).length > 0) {
    const form = formOf({ values, errors, callbacks: callbacks.length === 0 ? [''] : callbacks, ...(stale && { notice: ALREADY_SENT }) });
    return shown(world, authenticationPage(world, app, form), 400);
  }
  const after = changeApp(world, app.clientId, changesFrom(app, values, callbacks));
  const { clientSecret } = after;
  if (clientSecret === undefined || clientSecret === app.clientSecret) return seeOther(world, `/developer/apps/${app.id}/authentication`, 'saved');
  world.freshKeys.add(app.id, ['client']);
  return seeOther(world, `/developer/apps/${app.id}/keys`, 'confidential');
}

/**
 * @param {RunningApp} app
 * @param {Record<string, string>} values
 * @param {string[]} callbacks
 * @returns {Partial<App>}
 */
function changesFrom(app, values, callbacks) {
  const type = TYPES.find(({ value }) => value === values.type)?.value ?? app.type;
  const access = ACCESSES.find(({ value }) => value === values.access)?.value ?? app.oauth1.access;
  return {
    type,
    redirectUris: callbacks.filter((callback) => callback !== ''),
    requestEmail: values.requestEmail === 'on',
    oauth2: { enabled: values.oauth2 === 'on' },
    oauth1: { enabled: values.oauth1 === 'on', access, signIn: values.signIn === 'on' },
    ...Object.fromEntries([...Object.keys(PAGES), 'organizationName'].map((name) => [name, values[name] || undefined])),
  };
}

/** @param {World} world @param {RunningApp} app @param {Form} form */
function authenticationPage(world, app, form) {
  const path = `/developer/apps/${app.id}`;
  return appFrame(
    app,
    '/authentication',
    form,
    `<h2 class="unseen">User authentication settings</h2>${problems(form)}
${formTag(
  `${path}/authentication`,
  world.tickets.open(),
  // The first button is the one that Enter presses.
  `<button class="unseen" tabindex="-1" aria-hidden="true">Save</button>
<section class="part"><h2>Methods</h2>
${checkbox(form, 'oauth2', { label: 'OAuth 2.0', help: 'Scopes for each sign-in, and the API v2. For new Apps.' })}
${checkbox(form, 'oauth1', { label: 'OAuth 1.0a', help: 'One level of permission for the whole App, and the API v1.1 and v2.' })}</section>
<section class="part"><h2>App permissions</h2>
${radios(form, 'access', { label: 'What an App may do that signs in by OAuth 1.0a', help: 'People who signed in before keep the level that they agreed to until they sign in again.', options: ACCESSES })}
${checkbox(form, 'requestEmail', { label: 'Request email from users', help: 'Needs Terms of service and a Privacy policy, below.' })}
${checkbox(form, 'signIn', { label: 'Allow this App to be used to Sign in with X', help: 'OAuth 1.0a: whoever approved the App before is not asked again.' })}</section>
<section class="part"><h2>Type of App</h2>
${radios(form, 'type', { label: 'Where the App runs, for OAuth 2.0', options: TYPES })}</section>
<section class="part"><h2>App info</h2>
${callbackFields(form, { label: 'Callback URI / Redirect URL', help: `Where people come back to. At most ${MOST_CALLBACKS}, compared byte for byte: a slash at the end counts. X’s documentation says http://127.0.0.1, not localhost, while you develop. Empty a field to take its callback away.`, most: MOST_CALLBACKS, needed: true, adviceOn: (callback) => (callback === '' || callbackProblem(callback) ? undefined : callbackAdvice(callback)) })}
${textField(form, 'website', { label: PAGES.website, kind: 'url', needed: true })}
${textField(form, 'organizationName', { label: 'Organization name', help: 'People see it when they sign in.' })}
${textField(form, 'organizationUrl', { label: PAGES.organizationUrl, kind: 'url' })}
${textField(form, 'termsOfService', { label: PAGES.termsOfService, help: 'People see a link to it when they sign in.', kind: 'url' })}
${textField(form, 'privacyPolicy', { label: PAGES.privacyPolicy, help: 'People see a link to it when they sign in.', kind: 'url' })}</section>
<div class="buttons"><button class="primary">Save</button><a class="button" href="${path}">Cancel</a></div>`,
)}`,
  );
}
