/**
 * What X, or a gateway before it, shows to whoever asks when it cannot answer: HTML, also to programs.
 * @module
 */
import { STATUS_CODES } from 'node:http';
import { escaped, hint, layout } from './layout.js';

/**
 * @param {number} status
 * @param {string} fault
 */
export function failurePage(status, fault) {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  return layout(
    title,
    `<h1>${escaped(title)}</h1>
<p>Something is technically wrong. Try again later.</p>
${hint(`<p>The fault <code>${escaped(fault)}</code> is at work: X did nothing of what it was asked.</p>`)}`,
  );
}
