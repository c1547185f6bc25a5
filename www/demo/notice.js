/**
 * The place under the buttons where a sign-in that came to nothing is explained.
 * @module
 */

import { byId, h } from './dom.js';

const area = byId('notice');

/** @param {{ code: string, message: string, hint: string }} error */
export function showError({ code, message, hint }) {
  show('error', code, message, hint);
}

/** Saying no is not a mistake, and is not shown as one. */
export function showCancelled() {
  show('calm', 'cancelled', 'The sign-in was cancelled.', 'Nothing was changed. You can try again whenever you like.');
}

/**
 * @param {'error' | 'calm'} kind
 * @param {string} code
 * @param {string} what
 * @param {string} then
 */
function show(kind, code, what, then) {
  area.dataset.kind = kind;
  // Shown first, filled after: a live region that is filled while it is hidden is not read out.
  area.hidden = false;
  area.replaceChildren(h('p', { class: 'what' }, what), h('p', {}, then), h('p', { class: 'foot' }, h('code', { id: 'error-code' }, code)));
}

export function clearNotice() {
  area.replaceChildren();
  area.hidden = true;
}
