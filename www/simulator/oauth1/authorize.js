/**
 * `GET /oauth/authenticate` and `GET /oauth/authorize`: the person decides on a request token, and the browser goes back
 * to the App or shows a PIN (docs.x.com, guides/log-in-with-x; RFC 5849 §2.2).
 * @module
 */
import { goesOnBy1 } from '../apps/standing.js';
import { answered } from '../faults/act.js';
import { page, parameters } from '../http.js';
import { masked } from '../mask.js';
import { isForAWindow, ownForm } from '../own-site.js';
import { cancelledPage } from '../pages/cancelled.js';
import { consentForm } from '../pages/consent.js';
import { pinPage } from '../pages/pin.js';
import { whoaFix, whoaPage } from '../pages/whoa.js';
import { signedIn, signingIn } from '../person/sessions.js';
import { askToSignIn } from '../person/sign-in.js';
import { unseeded } from '../randomness.js';
import { locationOf, sendBack } from '../send-back.js';
import { covers, levelPermissions } from './access.js';

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

  const { autoApprove, autoCancel, signInFirst } = world.settings;
  if (autoCancel) return cancel(world, record, true);
  if (autoApprove !== null) return approve(world, record, autoApprove);

  // Whoever is made to sign in again is treated as nobody, whatever the cookie says, and has to say who they are.
  const force = values.get('force_login') === 'true';
  const here = force ? undefined : signedIn(world, request);
  if (signIn && app.oauth1.signIn && here && covers(world.oauth1.approval(app.clientId, here.id), record.access)) return approve(world, record, here.username);

  const named = values.get('screen_name')?.replace(/^@/, '').toLowerCase();
  const chosen = world.accounts.find(({ username }) => username.toLowerCase() === named) ?? here;
  const lists = levelPermissions(record.access, app.requestEmail);
  if (!here && signInFirst) {
    const back = new URLSearchParams(request.query);
    back.delete('force_login');
    return askToSignIn(world, request, `${request.path}?${back}`, { app, lists, chosen });
  }
  const ticket = unseeded();
  if (isForAWindow(request)) world.oauth1.openPage(ticket, record);
  return page(world, 200, consentForm(world, { app, action: '/oauth/authorize', ticket, lists, here, ...((chosen || force) && { chosen: chosen?.username ?? '' }) }));
}

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export async function takeLevelDecision(world, request) {
  const form = ownForm(request);
  const record = world.oauth1.closePage(form.get('ticket') ?? '');
  if (!record || record.stage !== 'new' || world.clock.now() >= record.expiresAt) return whoa(world, 'invalid');
  if (!goesOnBy1(world.apps.get(record.clientId), record.callback)) return whoa(world, 'changed');
  if (form.get('decision') !== 'approve') return cancel(world, record, false);
  const username = form.get('account') ?? '';
  const reply = await approve(world, record, username);
  const account = world.accounts.find((each) => each.username === username);
  return account ? signingIn(world, request, account, reply) : reply;
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
  world.approvals.add(account.id, record.clientId, { accessSince: world.clock.now() });
  const app = world.apps.get(record.clientId);
  if (pin) return { ...page(world, 200, pinPage(app?.name ?? '', verifier)), note: 'Approved: the page shows a PIN.' };
  return sendBack(world, record.callback, [['oauth_token', record.token], ['oauth_verifier', verifier]]);
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
  const note = 'Cancelled.';
  if (record.callback === 'oob') return { ...page(world, 200, cancelledPage(name)), note };
  /** @type {[string, string][]} */
  const pairs = [['denied', record.token]];
  // What is no web page is sent back to straight away; a web page by a link that the person presses.
  if (atOnce || !/^https?:/i.test(record.callback)) return sendBack(world, record.callback, pairs);
  /** @type {import('../types.js').FaultSubject} */
  const subject = { redirectUri: record.callback, parameters: pairs };
  return answered(world, 'redirect', subject, () => {
    world.journal.record('redirect_offered', { redirect_uri: subject.redirectUri, ...masked(subject.parameters ?? []) });
    return { ...page(world, 200, cancelledPage(name, locationOf(subject))), note };
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
  return { ...page(world, 403, whoaPage(reason)), note: whoaFix(reason) };
}
