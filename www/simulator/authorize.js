/**
 * `GET /i/oauth2/authorize` shows the consent page, `POST` takes the decision, and the browser goes back to the App.
 * @module
 */
import { refusalOf } from './apps/standing.js';
import { checkAuthorizationRequest } from './authorization-request.js';
import { act, answered } from './faults/act.js';
import { isForm, page, parameters } from './http.js';
import { masked } from './mask.js';
import { consentPage } from './pages/consent.js';
import { refusalPage } from './pages/refusal.js';
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
export function showConsent(world, { query }) {
  world.journal.record('authorize_request', masked(new URLSearchParams(query)));
  return answered(world, 'page', {}, () => answer(world, query));
}

/**
 * @param {World} world
 * @param {string} query
 */
function answer(world, query) {
  const checked = checkAuthorizationRequest(world, query);
  if ('refusal' in checked) return refuse(world, checked.refusal);
  if ('sendBack' in checked) return sendBack(world, checked.sendBack.redirectUri, checked.sendBack.pairs);

  const { authorization } = checked;
  if (world.settings.autoCancel) return decide(world, authorization, 'cancel', '');
  if (world.settings.autoApprove !== null) return decide(world, authorization, 'approve', world.settings.autoApprove);

  const ticket = world.randomness.text(24);
  world.store.openPage(ticket, authorization);
  return page(world, 200, consentPage(world, authorization, ticket));
}

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export async function takeDecision(world, request) {
  // Another site may post a form here, but it cannot know a ticket; the header check refuses it even so.
  const site = request.headers['sec-fetch-site'];
  const fromHere = site === undefined || site === 'same-origin' || site === 'none';
  const { values } = parameters(isForm(request) && fromHere ? request.body : '');
  const authorization = world.store.closePage(values.get('ticket') ?? '');
  if (!authorization) {
    return refuse(world, { reason: 'ticket', fix: 'This form was sent already, or does not come from a page of the simulator. Start again from the App.' });
  }
  // The App may have changed since the page was opened.
  const refusal = refusalOf(world.apps.get(authorization.clientId), authorization.redirectUri);
  if (refusal) return refuse(world, refusal);
  return decide(world, authorization, values.get('decision') === 'approve' ? 'approve' : 'cancel', values.get('account') ?? '');
}

/**
 * @param {World} world
 * @param {{ reason: string, fix: string }} refusal
 */
function refuse(world, { reason, fix }) {
  world.journal.record('authorize_refused', { reason });
  return page(world, 400, refusalPage(fix));
}

/**
 * @param {World} world
 * @param {Authorization} authorization
 * @param {'approve' | 'cancel'} decision
 * @param {string} username
 */
async function decide(world, authorization, decision, username) {
  const { redirectUri, state } = authorization;
  if (decision === 'cancel') {
    world.journal.record('decision', { decision });
    // RFC 6749 §4.1.2.1. X documents no parameters for a cancel; this is the form that integrators code for.
    return sendBack(world, redirectUri, [['error', 'access_denied'], ['state', state]]);
  }
  const account = world.accounts.find((each) => each.username === username);
  if (!account) return refuse(world, { reason: 'account', fix: `There is no account "${username}". Start again from the App.` });

  world.journal.record('decision', { decision, account: username });
  const code = world.randomness.credential('ac', world.clock.now());
  const record = { ...authorization, accountId: account.id, expiresAt: world.clock.now() + CODE_LIFETIME_MS, spent: false };
  await act(world, 'code', { code: record });
  world.store.addCode(code, record);
  // X's documented example has the state before the code.
  return sendBack(world, redirectUri, [['state', state], ['code', code]]);
}
