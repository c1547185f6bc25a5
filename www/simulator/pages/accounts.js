/**
 * The choice of an account: at X a person is signed in or types a name and a password; here they choose.
 * @module
 */
import { pictureOf } from './avatar.js';
import { escaped } from './layout.js';

/** @typedef {import('../types.js').Account} Account */

/**
 * @param {Account[]} accounts
 * @param {object} state
 * @param {string | undefined} [state.chosen] the username that is chosen beforehand
 * @param {Account | undefined} [state.here] who is signed in in this browser
 * @param {string} [state.legend]
 */
export function accountChoice(accounts, { chosen, here, legend = here ? 'Choose an account' : 'Sign in to X' }) {
  return `<fieldset class="accounts">
<legend>${legend}</legend>
${here ? '' : '<p class="quiet">Say who you are; the simulator asks for no password.</p>'}
${accounts.map((account) => accountCard(account, account.username === chosen, account.id === here?.id)).join('\n')}
</fieldset>`;
}

/** @param {Account} account @param {boolean} chosen @param {boolean} isHere */
function accountCard(account, chosen, isHere) {
  const { username, name } = account;
  return `<label class="account"><input type="radio" name="account" value="${escaped(username)}"${chosen ? ' checked' : ''} required>
<img src="${pictureOf(account)}" alt="" width="44" height="44"><span class="who"><span class="name">${escaped(name)}</span><span class="handle">@${escaped(username)}</span></span>${isHere ? '<span class="tag">Signed in</span>' : ''}</label>`;
}
