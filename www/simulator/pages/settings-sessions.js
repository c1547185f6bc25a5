/**
 * "Sessions": where the person is signed in at X, and the way to end it.
 * @module
 */
import { escaped } from './layout.js';
import { moment, settingsPage, unseen } from './settings.js';

/** @typedef {import('../person/sessions.js').Session} Session */

/** Nobody else can reach the simulator. */
const PLACE = 'This machine';

/** X calls somebody active who was there not long ago. */
const ACTIVE_MS = 5 * 60_000;

/**
 * @param {object} facts
 * @param {import('../types.js').Account} facts.account
 * @param {Session} facts.session that of the browser which asks
 * @param {Session[]} facts.others
 * @param {number} facts.now
 */
export function sessionsPage({ account, session, others, now }) {
  return settingsPage(
    '/settings/sessions',
    account,
    `<p class="quiet">These are the browsers in which you are signed in to X. Logging one out takes nothing away from the Apps you authorized.</p>
<h2>This browser</h2>
${sessionEntry(session, '<strong class="active">Active now</strong>', button(session, 'Log out', 'of this browser'))}
<h2>Other sessions</h2>
${others.length === 0 ? '<p class="quiet">You are signed in nowhere else. Sign in from another browser or from a private window to see it here.</p>' : ''}
${others.map((each) => sessionEntry(each, now - each.seen < ACTIVE_MS ? 'Active not long ago' : `Last active on ${moment(each.seen)}`, button(session, 'Log out', `of ${each.device}, signed in on ${new Date(each.since).toISOString()}`, each.name))).join('\n')}
${others.length === 0 ? '' : `<div class="actions">${button(session, 'Log out all other sessions', '', 'others')}</div>`}`,
  );
}

/** @param {Session} session @param {string} activity HTML @param {string} end HTML */
function sessionEntry({ device, since }, activity, end) {
  return `<article class="entry row"><div class="who"><h3>${escaped(device)}</h3>
<p class="quiet">${PLACE} · ${activity}</p>
<p class="quiet">Signed in on ${moment(since)}</p></div>
${end}</article>`;
}

/** @param {Session} session whose page it is @param {string} words @param {string} whose @param {string} [which] */
function button({ ticket, name }, words, whose, which = name) {
  return `<form method="post" action="/settings/sessions"><input type="hidden" name="ticket" value="${ticket}">
<button class="danger" name="session" value="${which}">${words}${whose === '' ? '' : unseen(whose)}</button></form>`;
}
