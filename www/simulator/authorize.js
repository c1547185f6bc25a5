/**
 * `GET /i/oauth2/authorize` shows the consent page, `POST` takes the decision, and the browser goes back to the App.
 * @module
 */
import { refusalOf } from './apps/refusal.js';
import { checkAuthorizationRequest } from './authorization-request.js';
import { act, answered } from './faults/act.js';
import { page } from './http.js';
import { masked } from './mask.js';
import { isForAWindow, ownForm } from './own-site.js';
import { consentPage } from './pages/consent.js';
import { refusalPage } from './pages/refusal.js';
import { signedIn, signingIn } from './person/sessions.js';
import { askToSignIn } from './person/sign-in.js';
import { unseeded } from './randomness.js';
import { permissions } from './scopes.js';
import { sendBack } from './send-back.js';

/** @typedef {import('./types.js').Authorization} Authorization */
/** @typedef {import('./types.js').Reply} Reply */
/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').World} World */

/** docs.x.com, oauth-2-0/authorization-code, glossary: the code is valid for thirty seconds. */
const CODE_LIFETIME_MS = 30_000;

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export function showConsent(world, request) {
  world.journal.record('authorize_request', masked(new URLSearchParams(request.query)));
  return answered(world, 'page', {}, () => answer(world, request));
}

/**
 * @param {World} world
 * @param {Request} request
 */
function answer(world, request) {
  const checked = checkAuthorizationRequest(world, request.query);
  if ('refusal' in checked) return refuse(world, checked.refusal);
  if ('sendBack' in checked) return sendBack(world, checked.sendBack.redirectUri, checked.sendBack.pairs);

  const { authorization } = checked;
  if (world.settings.autoCancel) return cancel(world, authorization);
  if (world.settings.autoApprove !== null) return approve(world, authorization, world.settings.autoApprove);

  const here = signedIn(world, request);
  if (!here && world.settings.signInFirst) {
    const app = world.apps.get(authorization.clientId);
    return askToSignIn(world, request, `${request.path}?${request.query}`, { app, lists: permissions(authorization.scopes) });
  }
  const ticket = unseeded();
  if (isForAWindow(request)) world.store.openPage(ticket, authorization);
  return page(world, 200, consentPage(world, authorization, ticket, here));
}

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export async function takeDecision(world, request) {
  const form = ownForm(request);
  const authorization = world.store.closePage(form.get('ticket') ?? '');
  if (!authorization) {
    return refuse(world, { reason: 'ticket', fix: 'This form was sent already, or does not come from a page of the simulator. Start again from the App.' });
  }
  // The App may have changed since the page was opened.
  const refusal = refusalOf(world.apps, authorization.clientId, authorization.redirectUri);
  if (refusal) return refuse(world, refusal);
  if (form.get('decision') !== 'approve') return cancel(world, authorization);
  const username = form.get('account') ?? '';
  const reply = await approve(world, authorization, username);
  const account = world.accounts.find((each) => each.username === username);
  return account ? signingIn(world, request, account, reply) : reply;
}

/**
 * @param {World} world
 * @param {import('./apps/refusal.js').Refusal} refusal
 */
function refuse(world, refusal) {
  world.journal.record('authorize_refused', { reason: refusal.reason });
  return { ...page(world, 400, refusalPage(refusal)), note: refusal.fix };
}

/**
 * @param {World} world
 * @param {Authorization} authorization
 */
function cancel(world, { redirectUri, state }) {
  world.journal.record('decision', { decision: 'cancel' });
  // RFC 6749 §4.1.2.1. X documents no parameters for a cancel; this is the form that integrators code for.
  return sendBack(world, redirectUri, [['error', 'access_denied'], ['state', state]]);
}

/**
 * @param {World} world
 * @param {Authorization} authorization
 * @param {string} username
 */
async function approve(world, authorization, username) {
  const { clientId, redirectUri, scopes, state } = authorization;
  const account = world.accounts.find((each) => each.username === username);
  if (!account) return refuse(world, { reason: 'account', fix: 'There is no account of that name. Start again from the App.', facts: [['Sent', [username]]] });

  world.journal.record('decision', { decision: 'approve', account: username });
  const now = world.clock.now();
  world.approvals.add(account.id, clientId, { scopes, scopesSince: now });
  const code = world.randomness.credential('ac', now);
  const record = { ...authorization, accountId: account.id, expiresAt: now + CODE_LIFETIME_MS, spent: false };
  await act(world, 'code', { code: record });
  world.store.addCode(code, record);
  // X's documented example has the state before the code.
  return sendBack(world, redirectUri, [['state', state], ['code', code]]);
}
