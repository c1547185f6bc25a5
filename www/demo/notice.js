/**
 * The place under the buttons where a sign-in that came to nothing is explained.
 * @module
 */

import { byId, h } from './dom.js';

const area = byId('notice');

/**
 * X's or the backend's own sentence says most; `hint` speaks to developers in general.
 * @param {import('sign-in-with-x').SignInError} error
 */
export function showError({ code, reason, message, description, hint }) {
  show('error', [code, reason], message, description || hint);
}

/** Saying no is not a mistake, and is not shown as one. */
export function showCancelled() {
  show('calm', ['cancelled'], 'The sign-in was cancelled.', 'Nothing was changed. You can try again whenever you like.');
}

/**
 * @param {'error' | 'calm'} kind
 * @param {string[]} codes the error's code, and its reason when it has one
 * @param {string} what
 * @param {string} then
 */
function show(kind, [code, reason], what, then) {
  area.dataset.kind = kind;
  // Shown first, filled after: a live region that is filled while it is hidden is not read out.
  area.hidden = false;
  const foot = h('p', { class: 'foot' }, h('code', { id: 'error-code' }, code));
  if (reason) foot.append(' ', h('code', {}, reason));
  area.replaceChildren(h('p', { class: 'what' }, what), h('p', {}, then), foot);
}

export function clearNotice() {
  area.replaceChildren();
  area.hidden = true;
}
