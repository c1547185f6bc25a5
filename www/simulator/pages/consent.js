/**
 * The consent page: who asks, for what, and which of the accounts answers.
 * @module
 */
import { permissions } from '../scopes.js';
import { aboutApp, appHeader } from './app-about.js';
import { pictureOf } from './avatar.js';
import { escaped, layout } from './layout.js';

/** @typedef {import('../types.js').Account} Account */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').Authorization} Authorization */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {Authorization} authorization
 * @param {string} ticket what makes the form acceptable, once
 */
export function consentPage(world, authorization, ticket) {
  const app = world.apps.get(authorization.clientId);
  return consentForm(world, { app, action: '/i/oauth2/authorize', ticket, lists: permissions(authorization.scopes) });
}

/**
 * @param {World} world
 * @param {object} asked
 * @param {RunningApp | undefined} asked.app
 * @param {string} asked.action where the form goes
 * @param {string} asked.ticket
 * @param {{ view: string[], do: string[] }} asked.lists
 * @param {string | undefined} [asked.chosen] the account that is chosen beforehand, if not the first
 */
export function consentForm({ accounts }, { app, action, ticket, lists, chosen = accounts[0]?.username }) {
  const name = escaped(app?.name ?? '');
  return layout(
    `Authorize ${app?.name ?? 'app'}`,
    `${appHeader(app)}<h1>${name} wants to access your X account</h1>
${app?.website ? `<p class="quiet">${escaped(app.website)}</p>` : ''}
<form method="post" action="${action}">
<input type="hidden" name="ticket" value="${ticket}">
<fieldset class="accounts">
<legend>Choose an account</legend>
${accounts.map((account) => accountCard(account, account.username === chosen)).join('\n')}
</fieldset>
${permissionList('view', 'Things this App can view', lists.view)}
${permissionList('do', 'Things this App can do', lists.do)}
<div class="actions">
<button class="primary" id="authorize" name="decision" value="approve">Authorize app</button>
<button id="cancel" name="decision" value="cancel">Cancel</button>
</div>
</form>
${aboutApp(app)}<p class="quiet small">You can take this back at any time in Settings and privacy, under Security and account access, Apps and sessions.</p>`,
  );
}

/** @param {Account} account @param {boolean} chosen */
function accountCard(account, chosen) {
  const { username, name } = account;
  return `<label class="account"><input type="radio" name="account" value="${escaped(username)}"${chosen ? ' checked' : ''}>
<img src="${pictureOf(account)}" alt="" width="44" height="44"><span class="who"><span class="name">${escaped(name)}</span><span class="handle">@${escaped(username)}</span></span></label>`;
}

/** @param {string} id @param {string} heading @param {string[]} items */
function permissionList(id, heading, items) {
  if (items.length === 0) return '';
  return `<section class="permissions" id="things-${id}"><h2>${heading}</h2><ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul></section>`;
}
