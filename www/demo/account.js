/**
 * Who is signed in. X asks for three things to be shown: the handle, the picture and its mark.
 * @module
 */

import { byId, h, icon, X_MARK } from './dom.js';

const card = byId('account');
const signInCard = byId('sign-in');

/**
 * @param {import('sign-in-with-x').Session} session
 * @param {() => Promise<void>} onSignOut
 */
export function showAccount({ user, scopes }, onSignOut) {
  const title = h('h2', { id: 'account-title', tabindex: '-1' }, user.name);
  const button = h('button', { type: 'button', class: 'plain', id: 'sign-out' }, 'Sign out');
  button.addEventListener('click', async () => {
    button.setAttribute('disabled', '');
    await onSignOut().finally(() => button.removeAttribute('disabled'));
  });

  card.replaceChildren(
    h(
      'div',
      { class: 'person' },
      picture(user),
      h('div', { class: 'who' }, title, h('p', { class: 'handle' }, icon(X_MARK, 'mark'), h('span', { id: 'handle' }, `@${user.username}`))),
    ),
    h('dl', {}, ...row('Account id', user.id), ...row('Granted', scopes.length > 0 ? granted(scopes) : 'What the App’s level allows'), ...row('Kept in this page', 'Nothing')),
    h('div', { class: 'actions' }, button),
  );
  signInCard.hidden = true;
  card.hidden = false;
}

export function hideAccount() {
  card.replaceChildren();
  card.hidden = true;
  signInCard.hidden = false;
}

/** The button that had the focus is gone: whoever pressed it is taken to what replaced it. */
export function focusAccount() {
  byId('account-title').focus();
}

/** @param {import('sign-in-with-x').User} user */
function picture({ name, profileImageUrl }) {
  if (profileImageUrl) return h('img', { src: profileImageUrl, alt: '', width: '72', height: '72', class: 'picture' });
  return h('span', { class: 'picture', 'aria-hidden': 'true' }, name.slice(0, 1));
}

/**
 * @param {string} term
 * @param {import('./dom.js').Child} value
 */
function row(term, value) {
  return [h('dt', {}, term), h('dd', {}, value)];
}

/** @param {string[]} scopes */
function granted(scopes) {
  return h('ul', {}, ...scopes.map((scope) => h('li', {}, h('code', {}, scope))));
}
