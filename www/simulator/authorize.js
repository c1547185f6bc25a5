/**
 * `GET /i/oauth2/authorize` shows the consent page, `POST` takes the decision, and the browser goes back to the App.
 * @module
 */
import { checkAuthorizationRequest } from './authorization-request.js';
import { isForm, page, parameters, redirect, withParameters } from './http.js';
import { masked } from './mask.js';
import { consentPage } from './pages/consent.js';
import { refusalPage } from './pages/refusal.js';
import { strandedPage } from './pages/stranded.js';

/** @typedef {import('./types.js').Authorization} Authorization */
/** @typedef {import('./types.js').FaultSubject} FaultSubject */
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
export async function showConsent(world, { query }) {
  world.journal.record('authorize_request', masked(new URLSearchParams(query)));
  /** @type {FaultSubject} */
  const subject = {};
  await world.faults.apply('page', subject);
  if (subject.reply) return subject.reply;

  const checked = checkAuthorizationRequest(world, query);
  if ('refusal' in checked) return refuse(world, checked.refusal);
  if ('sendBack' in checked) return sendBack(world, checked.sendBack.redirectUri, checked.sendBack.pairs);

  const { authorization } = checked;
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
  await world.faults.apply('code', { code: record });
  world.store.addCode(code, record);
  // X's documented example has the state before the code.
  return sendBack(world, redirectUri, [['state', state], ['code', code]]);
}

/**
 * @param {World} world
 * @param {string} redirectUri
 * @param {[string, string][]} pairs
 */
async function sendBack(world, redirectUri, pairs) {
  /** @type {FaultSubject} */
  const subject = { parameters: pairs };
  await world.faults.apply('redirect', subject);
  if (subject.withheld) {
    world.journal.record('redirect_withheld', { redirect_uri: redirectUri });
    return page(world, 200, strandedPage());
  }
  const sent = subject.parameters ?? pairs;
  world.journal.record('redirect', { redirect_uri: redirectUri, ...masked(sent) });
  return redirect(world, withParameters(redirectUri, sent));
}
