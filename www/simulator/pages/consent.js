/**
 * The consent page: who asks, for what, and which of the accounts answers.
 * @module
 */
import { permissions } from '../scopes.js';
import { accountChoice } from './accounts.js';
import { appAbout, appHead, permissionLists } from './app.js';
import { layout } from './layout.js';

/** @typedef {import('../types.js').Account} Account */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').Authorization} Authorization */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {Authorization} authorization
 * @param {string} ticket what makes the form acceptable, once
 * @param {Account} [here] who is signed in in this browser
 */
export function consentPage(world, authorization, ticket, here) {
  const app = world.apps.get(authorization.clientId);
  return consentForm(world, { app, action: '/i/oauth2/authorize', ticket, lists: permissions(authorization.scopes), here });
}

/**
 * @param {World} world
 * @param {object} asked
 * @param {RunningApp | undefined} asked.app
 * @param {string} asked.action where the form goes
 * @param {string} asked.ticket
 * @param {{ view: string[], do: string[] }} asked.lists
 * @param {Account | undefined} [asked.here] who is signed in in this browser
 * @param {string | undefined} [asked.chosen] the account that is chosen beforehand, if not that one or else the first
 */
export function consentForm({ accounts }, { app, action, ticket, lists, here, chosen = (here ?? accounts[0])?.username }) {
  const name = app?.name ?? 'app';
  return layout(
    `Authorize ${name}`,
    `${appHead(app, `${name} wants to access your X account`)}
<form method="post" action="${action}">
<input type="hidden" name="ticket" value="${ticket}">
${accountChoice(accounts, { chosen, here })}
${permissionLists(lists)}
<div class="actions">
<button class="primary" id="authorize" name="decision" value="approve">Authorize app</button>
<button id="cancel" name="decision" value="cancel" formnovalidate>Cancel</button>
</div>
</form>
${appAbout(app)}
<p class="quiet small">You can take this back at any time in Settings and privacy, under Security and account access, <a href="/settings/connected_apps" target="_blank">Apps and sessions</a>.</p>`,
  );
}
