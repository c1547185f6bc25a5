/**
 * The consent page: who asks, for what, and which of the accounts answers.
 * @module
 */
import { permissions } from '../scopes.js';
import { pictureOf } from './avatar.js';
import { escaped, layout } from './layout.js';

/** @typedef {import('../types.js').Account} Account */
/** @typedef {import('../types.js').Authorization} Authorization */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {Authorization} authorization
 * @param {string} ticket what makes the form acceptable, once
 */
export function consentPage(world, authorization, ticket) {
  const app = world.apps.get(authorization.clientId);
  const name = escaped(app?.name ?? '');
  const lists = permissions(authorization.scopes);
  return layout(
    `Authorize ${app?.name ?? 'app'}`,
    `<h1>${name} wants to access your X account</h1>
${app?.website ? `<p class="quiet">${escaped(app.website)}</p>` : ''}
<form method="post" action="/i/oauth2/authorize">
<input type="hidden" name="ticket" value="${ticket}">
<fieldset class="accounts">
<legend>Choose an account</legend>
${world.accounts.map(accountCard).join('\n')}
</fieldset>
${permissionList('view', 'Things this App can view', lists.view)}
${permissionList('do', 'Things this App can do', lists.do)}
<div class="actions">
<button class="primary" id="authorize" name="decision" value="approve">Authorize app</button>
<button id="cancel" name="decision" value="cancel">Cancel</button>
</div>
</form>
<p class="quiet small">You can take this back at any time in Settings and privacy, under Security and account access, Apps and sessions.</p>`,
  );
}

/** @param {Account} account @param {number} index */
function accountCard(account, index) {
  const { username, name } = account;
  return `<label class="account"><input type="radio" name="account" value="${escaped(username)}"${index === 0 ? ' checked' : ''}>
<img src="${pictureOf(account)}" alt="" width="44" height="44"><span class="who"><span class="name">${escaped(name)}</span><span class="handle">@${escaped(username)}</span></span></label>`;
}

/** @param {string} id @param {string} heading @param {string[]} items */
function permissionList(id, heading, items) {
  if (items.length === 0) return '';
  return `<section class="permissions" id="things-${id}"><h2>${heading}</h2><ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul></section>`;
}
