/**
 * "Connected apps": whom the person let in, with what, since when, and the way to take it back.
 * @module
 */
import { ACCESS_NAMES } from '../developer/words.js';
import { levelPermissions } from '../oauth1/access.js';
import { permissions } from '../scopes.js';
import { permissionLists } from './app.js';
import { appIconTag } from './app-icon.js';
import { escaped } from './layout.js';
import { moment, settingsPage, unseen } from './settings.js';

/** @typedef {import('../person/approvals.js').Connected} Connected */

/**
 * @param {object} facts
 * @param {import('../types.js').Account} facts.account
 * @param {string} facts.ticket
 * @param {Connected[]} facts.apps
 * @param {string | undefined} facts.revoked the name of the App whose access was just revoked
 */
export function appsPage({ account, ticket, apps, revoked }) {
  return settingsPage(
    '/settings/connected_apps',
    account,
    `${revoked === undefined ? '' : `<p class="notice" role="status">${escaped(revoked)} has no access any more. It has to ask you again.</p>`}
<p class="quiet">${apps.length === 0 ? 'No App has access to your account. One that you sign in to with X appears here.' : 'These Apps have access to your account. Revoking ends all of it at once, also what an App does while you are away.'}</p>
${apps.map((connected, index) => appEntry(connected, index, ticket)).join('\n')}`,
  );
}

/** @param {Connected} connected @param {number} index @param {string} ticket */
function appEntry({ app, scopes, access, since }, index, ticket) {
  const oauth2 = scopes && `<h3>OAuth 2.0: ${scopes.length} ${scopes.length === 1 ? 'scope' : 'scopes'}</h3>
${permissionLists(permissions(scopes), { level: 'h4', suffix: `-${index}-scopes` })}`;
  const oauth1 = access && `<h3>OAuth 1.0a: ${ACCESS_NAMES[access]}</h3>
${permissionLists(levelPermissions(access, app.requestEmail), { level: 'h4', suffix: `-${index}-level` })}`;
  return `<article class="entry">
<div class="app">${appIconTag(app, 48)}<div class="who"><h2>${escaped(app.name)}</h2>
${app.website ? `<p class="quiet">${escaped(app.website)}</p>` : ''}</div></div>
<p class="quiet">Authorized on ${moment(since)}</p>
<details><summary>Permissions${unseen(`of ${app.name}`)}</summary>
${[oauth2, oauth1].filter(Boolean).join('\n')}
</details>
<form method="post" action="/settings/connected_apps">
<input type="hidden" name="ticket" value="${ticket}"><input type="hidden" name="client_id" value="${escaped(app.clientId)}">
<button class="danger">Revoke access${unseen(`of ${app.name}`)}</button>
</form>
</article>`;
}
