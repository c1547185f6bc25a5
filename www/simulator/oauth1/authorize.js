/**
 * `GET /oauth/authenticate` and `GET /oauth/authorize`: the person decides on a request token, and the browser goes back
 * to the App or shows a PIN (docs.x.com, guides/log-in-with-x; RFC 5849 §2.2).
 * @module
 */
import { goesOnBy1 } from '../apps/standing.js';
import { answered } from '../faults/act.js';
import { isForm, page, parameters } from '../http.js';
import { masked } from '../mask.js';
import { cancelledPage } from '../pages/cancelled.js';
import { levelConsentPage } from '../pages/level-consent.js';
import { pinPage } from '../pages/pin.js';
import { whoaPage } from '../pages/whoa.js';
import { locationOf, sendBack } from '../send-back.js';
import { covers } from './access.js';
import { rememberedAccount, remembering } from './session.js';

/** @typedef {import('../types.js').Account} Account */
/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./store.js').RequestToken} RequestToken */

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export function showLevelConsent(world, request) {
  world.journal.record('authorize_request', { path: request.path, ...masked(new URLSearchParams(request.query)) });
  return answered(world, 'page', {}, () => answer(world, request));
}

/**
 * @param {World} world
 * @param {Request} request
 */
function answer(world, request) {
  const { values } = parameters(request.query);
  const token = values.get('oauth_token') ?? '';
  if (token === '') return whoa(world, 'missing');
  const record = world.oauth1.requestToken(token);
  const app = record && world.apps.get(record.clientId);
  if (!record || !app || record.stage !== 'new' || world.clock.now() >= record.expiresAt) return whoa(world, 'invalid');
  if (!goesOnBy1(app, record.callback)) return whoa(world, 'changed');
  const signIn = request.path === '/oauth/authenticate';
  if (signIn && app.oauth1.desktop) return whoa(world, 'desktop');

  const { autoApprove, autoCancel } = world.settings;
  if (autoCancel) return cancel(world, record, true);
  if (autoApprove !== null) return approve(world, record, autoApprove);

  const here = rememberedAccount(world, request);
  const mayReturn = signIn && app.oauth1.signIn && values.get('force_login') !== 'true';
  if (mayReturn && here && covers(world.oauth1.approval(app.clientId, here.id), record.access)) return approve(world, record, here.username);

  const ticket = world.randomness.text(24);
  world.oauth1.openPage(ticket, record);
  const named = values.get('screen_name')?.replace(/^@/, '').toLowerCase();
  const chosen = world.accounts.find(({ username }) => username.toLowerCase() === named) ?? here;
  return page(world, 200, levelConsentPage(world, { app, access: record.access, ticket, chosen: chosen?.username }));
}

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export async function takeLevelDecision(world, request) {
  const site = request.headers['sec-fetch-site'];
  const fromHere = site === undefined || site === 'same-origin' || site === 'none';
  const { values } = parameters(isForm(request) && fromHere ? request.body : '');
  const record = world.oauth1.closePage(values.get('ticket') ?? '');
  if (!record || record.stage !== 'new' || world.clock.now() >= record.expiresAt) return whoa(world, 'invalid');
  if (!goesOnBy1(world.apps.get(record.clientId), record.callback)) return whoa(world, 'changed');
  return values.get('decision') === 'approve' ? approve(world, record, values.get('account') ?? '') : cancel(world, record, false);
}

/**
 * @param {World} world
 * @param {RequestToken} record
 * @param {string} username
 */
async function approve(world, record, username) {
  const account = world.accounts.find((each) => each.username === username);
  if (!account) return whoa(world, 'account');
  world.journal.record('decision', { decision: 'approve', account: username });
  const pin = record.callback === 'oob';
  const verifier = pin ? digits(world) : world.randomness.text(24);
  Object.assign(record, { stage: 'approved', accountId: account.id, verifier });
  world.oauth1.approve(record.clientId, account.id, record.access);
  const app = world.apps.get(record.clientId);
  const reply = pin
    ? page(world, 200, pinPage(app?.name ?? '', verifier))
    : await sendBack(world, record.callback, [['oauth_token', record.token], ['oauth_verifier', verifier]]);
  return remembering(reply, account);
}

/**
 * @param {World} world
 * @param {RequestToken} record
 * @param {boolean} atOnce
 */
async function cancel(world, record, atOnce) {
  world.journal.record('decision', { decision: 'cancel' });
  record.stage = 'over';
  const name = world.apps.get(record.clientId)?.name ?? '';
  if (record.callback === 'oob') return page(world, 200, cancelledPage(name));
  /** @type {[string, string][]} */
  const pairs = [['denied', record.token]];
  // What is no web page is sent back to straight away; a web page by a link that the person presses.
  if (atOnce || !/^https?:/i.test(record.callback)) return sendBack(world, record.callback, pairs);
  /** @type {import('../types.js').FaultSubject} */
  const subject = { redirectUri: record.callback, parameters: pairs };
  return answered(world, 'redirect', subject, () => {
    world.journal.record('redirect_offered', { redirect_uri: subject.redirectUri, ...masked(subject.parameters ?? []) });
    return page(world, 200, cancelledPage(name, locationOf(subject)));
  });
}

/** Seven digits, as X's PINs have them. @param {World} world */
function digits(world) {
  const number = Buffer.from(world.randomness.text(6), 'base64url').readUIntBE(0, 6);
  return String(number % 10_000_000).padStart(7, '0');
}

/**
 * @param {World} world
 * @param {Parameters<typeof whoaPage>[0]} reason
 */
function whoa(world, reason) {
  world.journal.record('authorize_refused', { reason: `request_token:${reason}` });
  return page(world, 403, whoaPage(reason));
}
