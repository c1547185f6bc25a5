/**
 * Keys and tokens: each is shown when it is made and never again; afterwards a hint tells which one it is.
 * @module
 */
import { changeApp } from '../apps/changes.js';
import { isConfidential } from '../apps/complete.js';
import { consumerKeys, hintOf, letters, newBearerToken } from '../apps/keys.js';
import { newUserToken } from '../oauth1/access-token.js';
import { escaped } from '../pages/layout.js';
import { noticeOf, seeOther, shown } from './answers.js';
import { formOf, submitted } from './form.js';
import { appFrame, formTag } from './frame.js';
import { ACCESS_NAMES } from './words.js';

/** @typedef {import('../oauth1/store.js').UserToken} UserToken */
/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./form.js').Form} Form */

/** What was just made, and may be seen this once. @typedef {{ consumerKey?: string, consumerSecret?: string, bearerToken?: string, clientSecret?: string, token?: UserToken }} Fresh */

const REGENERATED = 'Regenerated. The old one is refused from now on.';

/** @type {Record<string, (world: World, app: RunningApp) => Fresh | 'revoked'>} */
const ACTIONS = {
  consumer(world, app) {
    const keys = consumerKeys(world.randomness);
    changeApp(world, app.clientId, { oauth1: keys });
    return keys;
  },
  bearer(world, app) {
    const bearerToken = newBearerToken(world.randomness);
    changeApp(world, app.clientId, { bearerToken });
    return { bearerToken };
  },
  'bearer-revoke'(world, app) {
    changeApp(world, app.clientId, { bearerToken: undefined });
    return 'revoked';
  },
  access(world, app) {
    const before = ownerToken(world, app);
    if (before) world.oauth1.revoke(before);
    const account = ownerOf(world);
    world.oauth1.approve(app.clientId, account.id, app.oauth1.access);
    world.approvals.add(account.id, app.clientId, { accessSince: world.clock.now() });
    return { token: newUserToken(world, { clientId: app.clientId, accountId: account.id, access: app.oauth1.access }) };
  },
  'access-revoke'(world, app) {
    const before = ownerToken(world, app);
    if (before) world.oauth1.revoke(before);
    return 'revoked';
  },
  client(world, app) {
    if (!isConfidential(app.type)) return 'revoked';
    const clientSecret = letters(world.randomness, 50);
    changeApp(world, app.clientId, { clientSecret });
    return { clientSecret };
  },
};

/** Apps belong to the first account. @param {World} world */
function ownerOf({ accounts }) {
  const [owner] = accounts;
  if (!owner) throw new Error('there is no account');
  return owner;
}

/** The newest of the owner's own tokens for the App. @param {World} world @param {RunningApp} app */
function ownerToken(world, { clientId }) {
  const { id } = ownerOf(world);
  return world.oauth1.userTokens().filter((token) => token.live && token.clientId === clientId && token.accountId === id).at(-1);
}

/** @param {World} world @param {Request} request @param {RunningApp} app */
export const showKeys = (world, request, app) => shown(world, keysPage(world, app, formOf(noticeOf(request))));

/**
 * @param {World} world
 * @param {Request} request
 * @param {RunningApp} app
 * @returns {Reply}
 */
export function changeKeys(world, request, app) {
  const { fields, stale } = submitted(world, request);
  const name = fields.get('do') ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (stale || !action) return shown(world, keysPage(world, app, formOf({ notice: 'Nothing was changed: this form was sent before, or it is older than the simulator.' })), 400);
  const fresh = action(world, app);
  world.journal.record('keys_changed', { client_id: app.clientId, name: app.name, which: name });
  if (fresh === 'revoked') return seeOther(world, `/developer/apps/${app.id}/keys`, 'revoked');
  return shown(world, keysPage(world, world.apps.get(app.clientId) ?? app, formOf({ notice: REGENERATED }), fresh));
}

/**
 * @param {World} world
 * @param {RunningApp} app
 * @param {Form} form
 * @param {Fresh} [fresh]
 */
export function keysPage(world, app, form, fresh = {}) {
  const path = `/developer/apps/${app.id}/keys`;
  const owner = ownerOf(world);
  const token = ownerToken(world, app);
  /** @param {string} act @param {string} label @param {string} warning */
  const sure = (act, label, warning) =>
    `<details class="sure"><summary class="button">${label}</summary>${formTag(path, world.tickets.open(), `<p>${warning}</p><button name="do" value="${act}">Yes, ${label.toLowerCase()}</button>`)}</details>`;
  /** @param {string} act @param {string} label */
  const atOnce = (act, label) => formTag(path, world.tickets.open(), `<button name="do" value="${act}">${label}</button>`);
  const old = 'What uses the old one stops working at once.';
  const parts = [
    part('Consumer keys', 'For OAuth 1.0a: they name the App and sign its requests.', [
      ['API Key', app.oauth1.consumerKey, fresh.consumerKey],
      ['API Key Secret', app.oauth1.consumerSecret, fresh.consumerSecret],
    ], sure('consumer', 'Regenerate', old)),
    part('Bearer Token', 'For the App alone, on nobody’s behalf: /2/users/me refuses it.', [['Bearer Token', app.bearerToken, fresh.bearerToken]], app.bearerToken === undefined ? atOnce('bearer', 'Generate') : `${sure('bearer', 'Regenerate', old)}${sure('bearer-revoke', 'Revoke', old)}`),
    part(`Access Token and Secret`, token ? `For @${owner.username}, to whom the App belongs. Created with ${ACCESS_NAMES[token.access]} permissions.` : `For @${owner.username}, to whom the App belongs.`, [
      ['Access Token', token?.token, fresh.token?.token],
      ['Access Token Secret', token?.secret, fresh.token?.secret],
    ], token ? `${sure('access', 'Regenerate', old)}${sure('access-revoke', 'Revoke', old)}` : atOnce('access', 'Generate')),
    part('OAuth 2.0 Client ID and Client Secret', isConfidential(app.type) ? 'The App is a confidential client: it sends both to the token endpoint.' : 'The App is a public client, and has no secret. A Web App or a bot has one.', [
      ['Client ID', app.clientId, app.clientId],
      ...(isConfidential(app.type) ? [/** @type {Row} */ (['Client Secret', app.clientSecret, fresh.clientSecret])] : []),
    ], isConfidential(app.type) ? sure('client', 'Regenerate', old) : ''),
  ];
  return appFrame(app, '/keys', form, parts.join('\n'));
}

/** Its name, what it is, and what may be seen of it. @typedef {[label: string, value: string | undefined, shown: string | undefined]} Row */

/**
 * @param {string} heading
 * @param {string} about
 * @param {Row[]} rows
 * @param {string} actions HTML
 */
function part(heading, about, rows, actions) {
  const fresh = rows.some(([label, , visible]) => visible !== undefined && label !== 'Client ID');
  const items = rows.map(([label, value, visible]) => `<dt>${label}</dt><dd>${visible === undefined ? (value === undefined ? '<span class="quiet">None</span>' : hinted(value)) : `<code class="key">${escaped(visible)}</code>`}</dd>`);
  const once = fresh ? '<p class="once">Save this now. It is shown this once.</p>' : '';
  return `<section class="part${fresh ? ' fresh' : ''}"><h2>${heading}</h2><p class="quiet">${escaped(about)}</p>${once}<dl class="keys">${items.join('')}</dl>${actions === '' ? '' : `<div class="buttons">${actions}</div>`}</section>`;
}

/** Read aloud as what it is, not as six dots. @param {string} value */
const hinted = (value) => `<span class="unseen">ends with ${escaped(value.slice(-4))}</span><span class="key-hint" aria-hidden="true">${escaped(hintOf(value))}</span>`;
