/**
 * The kind of App that this page signs in to: `?app=confidential`, `?app=oauth1`, or the public one.
 * @module
 */

import { config } from './config.js';

const asked = new URLSearchParams(location.search).get('app');

export const choice = config.choices.find(({ kind }) => kind === asked) ?? config.choices[0];

for (const link of document.querySelectorAll('.kinds a')) {
  const { kind } = /** @type {HTMLElement} */ (link).dataset;
  if (kind === choice.kind) link.setAttribute('aria-current', 'page');
  /** @type {HTMLElement} */ (link).hidden = !config.choices.some((known) => known.kind === kind);
}
