/**
 * The page on which somebody signs in at X, by choosing an account. When an App led there, it says for what.
 * @module
 */
import { accountChoice } from './accounts.js';
import { appHead, permissionLists } from './app.js';
import { layout } from './layout.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */

/** @typedef {{ app: RunningApp | undefined, lists: { view: string[], do: string[] }, chosen?: string | undefined }} Asked what an App asks for, before anybody can decide on it */

/**
 * @param {World} world
 * @param {string} ticket
 * @param {Asked} [asked]
 */
export function signInPage({ accounts }, ticket, asked) {
  const { app, lists, chosen } = asked ?? {};
  const head = app ? appHead(app, `Sign in to X to continue to ${app.name}`) : '<h1>Sign in to X</h1>';
  return layout(
    'Sign in to X',
    `${head}
<form method="post" action="/i/flow/login">
<input type="hidden" name="ticket" value="${ticket}">
${accountChoice(accounts, { chosen: chosen ?? accounts[0]?.username, legend: 'Choose an account' })}
<div class="actions"><button class="primary" id="sign-in">Sign in</button></div>
</form>
${lists ? permissionLists(lists) : ''}`,
  );
}
