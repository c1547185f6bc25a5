/**
 * Keys and tokens: each is shown when it is made and never again; afterwards a hint tells which one it is.
 * @module
 */
import { changeApp } from '../apps/changes.js';
import { isConfidential } from '../apps/complete.js';
import { consumerKeys, hintOf, letters, newBearerToken } from '../apps/keys.js';
import { newUserToken } from '../oauth1/access-token.js';
import { escaped } from '../pages/layout.js';
import { doneOf, noticeOf, seeOther, shown } from './answers.js';
import { formOf, submitted } from './form.js';
import { appFrame, formTag } from './frame.js';
import { ACCESS_NAMES } from './words.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./form.js').Form} Form */
/** @typedef {import('./fresh.js').Key} Key */

/** What was done before this page, by the word in its address: while it shows fresh keys, and when it is reloaded. @type {Record<string, { fresh: string, later: string }>} */
const DONE = {
  created: { fresh: 'Created. Save these keys now; nobody can sign in yet.', later: 'Created. Its keys were shown once.' },
  confidential: { fresh: 'Saved. The App is a confidential client now: save its client secret.', later: 'Saved. The App is a confidential client now, and its client secret was shown once.' },
  generated: { fresh: 'Generated. Save it now.', later: 'Generated, and shown once.' },
  regenerated: { fresh: 'Regenerated. The old one is refused from now on.', later: 'Regenerated, and shown once. The old one is refused.' },
};

/** @type {Record<string, (world: World, app: RunningApp) => Key | 'revoked'>} */
const ACTIONS = {
  consumer(world, app) {
    changeApp(world, app.clientId, { oauth1: consumerKeys(world.randomness) });
    return 'consumer';
  },
  bearer(world, app) {
    changeApp(world, app.clientId, { bearerToken: newBearerToken(world.randomness) });
    return 'bearer';
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
    newUserToken(world, { clientId: app.clientId, accountId: account.id, access: app.oauth1.access });
    return 'access';
  },
  'access-revoke'(world, app) {
    const before = ownerToken(world, app);
    if (before) world.oauth1.revoke(before);
    return 'revoked';
  },
  client(world, app) {
    if (!isConfidential(app.type)) return 'revoked';
    changeApp(world, app.clientId, { clientSecret: letters(world.randomness, 50) });
    return 'client';
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
export function showKeys(world, request, app) {
  const fresh = world.freshKeys.take(app.id);
  return shown(world, keysPage(world, app, formOf(noticeOn(request, app, fresh.size > 0)), fresh));
}

/** @param {Request} request @param {RunningApp} app @param {boolean} isFresh @returns {{ notice?: import('./answers.js').Notice }} */
function noticeOn(request, { id, oauth1, oauth2 }, isFresh) {
  const done = doneOf(request);
  const known = Object.hasOwn(DONE, done) ? DONE[done] : undefined;
  if (!known) return noticeOf(request);
  const isSetUp = oauth1.enabled || oauth2.enabled;
  return { notice: { words: isFresh ? known.fresh : known.later, ...(!isSetUp && { link: [`/developer/apps/${id}/authentication`, 'Set up User authentication'] }) } };
}

/**
 * @param {World} world
 * @param {Request} request
 * @param {RunningApp} app
 * @returns {Reply}
 */
export function changeKeys(world, request, app) {
  const { fields, stale } = submitted(world, request, { once: true });
  const name = fields.get('do') ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (stale || !action) return shown(world, keysPage(world, app, formOf({ notice: { words: 'Nothing was changed: this form was sent before, or it is older than the simulator.', tone: 'bad' } })), 400);
  const isFirst = name === 'bearer' ? app.bearerToken === undefined : name === 'access' && !ownerToken(world, app);
  const made = action(world, app);
  world.journal.record('keys_changed', { client_id: app.clientId, name: app.name, which: name });
  const path = `/developer/apps/${app.id}/keys`;
  if (made === 'revoked') return seeOther(world, path, 'revoked');
  world.freshKeys.add(app.id, [made]);
  return seeOther(world, path, isFirst ? 'generated' : 'regenerated');
}

/**
 * @param {World} world
 * @param {RunningApp} app
 * @param {Form} form
 * @param {Set<Key>} [fresh]
 */
function keysPage(world, app, form, fresh = new Set()) {
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
      ['API Key', app.oauth1.consumerKey],
      ['API Key Secret', app.oauth1.consumerSecret],
    ], fresh.has('consumer'), sure('consumer', 'Regenerate', old)),
    part('Bearer Token', 'For the App alone, on nobody’s behalf: /2/users/me refuses it.', [['Bearer Token', app.bearerToken]], fresh.has('bearer'), app.bearerToken === undefined ? atOnce('bearer', 'Generate') : `${sure('bearer', 'Regenerate', old)}${sure('bearer-revoke', 'Revoke', old)}`),
    part(`Access Token and Secret`, token ? `For @${owner.username}, to whom the App belongs. Created with ${ACCESS_NAMES[token.access]} permissions.` : `For @${owner.username}, to whom the App belongs.`, [
      ['Access Token', token?.token],
      ['Access Token Secret', token?.secret],
    ], fresh.has('access'), token ? `${sure('access', 'Regenerate', old)}${sure('access-revoke', 'Revoke', old)}` : atOnce('access', 'Generate')),
    part('OAuth 2.0 Client ID and Client Secret', isConfidential(app.type) ? 'The App is a confidential client: it sends both to the token endpoint.' : 'The App is a public client, and has no secret. A Web App or a bot has one.', [
      [CLIENT_ID, app.clientId],
      ...(isConfidential(app.type) ? [/** @type {Row} */ (['Client Secret', app.clientSecret])] : []),
    ], fresh.has('client'), isConfidential(app.type) ? sure('client', 'Regenerate', old) : ''),
  ];
  return appFrame(app, '/keys', form, parts.join('\n'));
}

/** Stands there whole at all times: it is in the address of every sign-in. */
const CLIENT_ID = 'Client ID';

/** Its name, and what it is. @typedef {[label: string, value: string | undefined]} Row */

/**
 * @param {string} heading
 * @param {string} about
 * @param {Row[]} rows
 * @param {boolean} fresh just made, and shown this once
 * @param {string} actions HTML
 */
function part(heading, about, rows, fresh, actions) {
  const items = rows.map(([label, value]) => {
    const told = value === undefined ? '<span class="quiet">None</span>' : fresh || label === CLIENT_ID ? `<code class="key">${escaped(value)}</code>` : hinted(value);
    return `<dt>${label}</dt><dd>${told}</dd>`;
  });
  const several = rows.filter(([label]) => label !== CLIENT_ID).length > 1;
  const once = fresh ? `<p class="once">${several ? 'Save both now. They are' : 'Save this now. It is'} shown here this once.</p>` : '';
  return `<section class="part${fresh ? ' fresh' : ''}"><h2>${heading}</h2><p class="quiet">${escaped(about)}</p>${once}<dl class="keys">${items.join('')}</dl>${actions === '' ? '' : `<div class="buttons">${actions}</div>`}</section>`;
}

/** Read aloud as what it is, not as six dots. @param {string} value */
const hinted = (value) => `<span class="unseen">ends with ${escaped(value.slice(-4))}</span><span class="key-hint" aria-hidden="true">${escaped(hintOf(value))}</span>`;
