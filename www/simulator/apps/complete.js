/**
 * Apps as they are given, checked and completed with what X would have made for them.
 * @module
 */
import { createHash } from 'node:crypto';
import { isRecord, isText, isWord, need } from '../checks.js';
import { completeOAuth1 } from '../oauth1/settings.js';
import { clientIdFor } from '../randomness.js';
import { callbackProblem, MOST_CALLBACKS, pageProblem, PAGES } from './rules.js';

/** @typedef {import('../types.js').App} App */
/** @typedef {import('../types.js').RunningApp} RunningApp */

const APP_TYPES = /** @type {const} */ (['native', 'spa', 'web', 'bot']);
const TEXTS = /** @type {const} */ (['website', 'description', 'useCase', 'organizationName', 'organizationUrl', 'termsOfService', 'privacyPolicy', 'bearerToken', 'projectId']);
const SWITCHES = /** @type {const} */ (['requestEmail', 'enrolled', 'suspended']);

const KNOWN = new Set([...TEXTS, ...SWITCHES, 'id', 'clientId', 'clientSecret', 'type', 'name', 'redirectUris', 'icon', 'oauth1', 'oauth2']);
const ICON_TYPES = ['image/png', 'image/jpeg', 'image/gif'];

export const DEFAULT_CALLBACK = 'http://127.0.0.1:3000/auth/x/callback';

/** The Project that Apps are in which name no other. */
export const DEFAULT_PROJECT = { id: '1000000000000000001', name: 'Default project', description: '', useCase: '' };

/** Web Apps and bots keep a secret. @param {App['type']} type */
export const isConfidential = (type) => type === 'web' || type === 'bot';

/** X's App IDs are digits. Made from the client id, so that it is the same in every run. @param {string} clientId */
const appIdFor = (clientId) => String(10_000_000 + (createHash('sha256').update(clientId).digest().readUInt32BE(0) % 90_000_000));

/**
 * @param {App} app
 * @returns {RunningApp}
 */
export function completeApp(app) {
  need(isWord(app.clientId), 'an app needs a clientId, a text');
  need(isWord(app.name), `app "${app.clientId}" needs a name, a text`);
  need(APP_TYPES.includes(app.type), `app "${app.name}": type is one of ${APP_TYPES.join(', ')}`);
  const unknown = Object.keys(app).find((key) => !KNOWN.has(key));
  need(unknown === undefined, `app "${app.name}" has the setting "${unknown}", and there is none; there are: ${[...KNOWN].join(', ')}`);
  for (const key of TEXTS) need(app[key] === undefined || isText(app[key]), `app "${app.name}": ${key} is a text`);
  need(app.clientSecret === undefined || isWord(app.clientSecret), `app "${app.name}": clientSecret is a text, and not an empty one`);
  for (const key of /** @type {(keyof typeof PAGES)[]} */ (Object.keys(PAGES))) {
    const problem = app[key] === undefined ? undefined : pageProblem(app[key]);
    need(problem === undefined, `app "${app.name}": ${key} is the address of a web page. ${problem}`);
  }
  for (const key of SWITCHES) need(app[key] === undefined || typeof app[key] === 'boolean', `app "${app.name}": ${key} is true or false`);
  const { icon } = app;
  need(icon === undefined || (isRecord(icon) && ICON_TYPES.includes(icon.type) && typeof icon.data === 'string'), `app "${app.name}": icon is { type, data }: ${ICON_TYPES.join(', ')}, and base64`);
  const oauth1 = completeOAuth1(app);
  const { oauth2 = {} } = app;
  need(isRecord(oauth2), `app "${app.name}": oauth2 is { enabled }`);
  const { enabled = true, ...others } = oauth2;
  need(typeof enabled === 'boolean' && Object.keys(others).length === 0, `app "${app.name}": oauth2 takes enabled, true or false`);
  // Only an App that nobody can sign in to has none: X's console makes it, and asks for callbacks afterwards.
  const needed = enabled || oauth1.enabled;
  need(Array.isArray(app.redirectUris) && (app.redirectUris.length > 0 || !needed), `app "${app.name}" needs at least one callback in redirectUris`);
  need(app.redirectUris.length <= MOST_CALLBACKS, `app "${app.name}": X takes at most ${MOST_CALLBACKS} callbacks`);
  for (const uri of app.redirectUris) {
    const problem = isText(uri) ? callbackProblem(uri) : `the callback ${JSON.stringify(uri)} is no text`;
    need(problem === undefined, `app "${app.name}": ${problem}`);
  }
  const confidential = isConfidential(app.type);
  need(confidential || app.clientSecret === undefined, `app "${app.name}": a ${app.type} app is a public client and has no secret`);
  const secret = confidential ? { clientSecret: app.clientSecret ?? `secret-of-${clientIdFor(app.clientId)}` } : {};
  // X's page on developer Apps: the setting needs both addresses.
  const mayAsk = app.termsOfService !== undefined && app.privacyPolicy !== undefined;
  const { requestEmail = mayAsk } = app;
  need(mayAsk || !requestEmail, `app "${app.name}": to ask for e-mail addresses X wants termsOfService and privacyPolicy. Give both, or leave requestEmail out`);
  const projectId = app.enrolled === false ? undefined : (app.projectId ?? DEFAULT_PROJECT.id);
  return { ...app, ...secret, id: appIdFor(app.clientId), enrolled: projectId !== undefined, projectId, redirectUris: [...app.redirectUris], requestEmail, oauth1, oauth2: { enabled } };
}

/**
 * @param {App[] | undefined} apps
 * @returns {Map<string, RunningApp>}
 */
export function completeApps(apps) {
  const given = apps ?? [{ clientId: clientIdFor('Demo App'), type: 'spa', name: 'Demo App', redirectUris: [DEFAULT_CALLBACK], termsOfService: 'https://example.com/terms', privacyPolicy: 'https://example.com/privacy' }];
  need(given.length > 0, 'the simulator needs at least one app');
  return mapOf(given);
}

/** @param {App[]} apps */
export function mapOf(apps) {
  const map = new Map(apps.map((app) => [app.clientId, completeApp(app)]));
  need(map.size === apps.length, 'two apps have the same clientId');
  need(new Set([...map.values()].map(({ oauth1 }) => oauth1.consumerKey)).size === map.size, 'two apps have the same consumerKey');
  return map;
}
