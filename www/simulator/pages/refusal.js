/**
 * What a person sees when X will not start a sign-in. X sends nobody back to the App from here, and its words tell a
 * developer nothing, so the simulator adds what to mend, and where.
 * @module
 */
import { escaped, hint, layout } from './layout.js';

/** @typedef {import('../apps/refusal.js').Refusal} Refusal */

/** @param {Refusal} refusal */
export function refusalPage({ fix, facts = [], links = [] }) {
  return layout(
    'Something went wrong',
    `<h1>Something went wrong</h1>
<p>You weren’t able to give access to the App. Go back and try logging in again.</p>
${hint(`<p id="fix">${escaped(fix)}</p>
${facts.length === 0 ? '' : `<dl>${facts.map(([term, values]) => `<dt>${escaped(term)}</dt><dd>${values.map(escaped).join('\n')}</dd>`).join('')}</dl>`}
${hintLinks(links)}`)}`,
  );
}

/**
 * In a tab of its own: the window in which somebody signs in is a small one, and the App waits for it.
 * @param {[path: string, words: string][]} links of the simulator's pages
 */
export const hintLinks = (links) =>
  `<ul class="ways">${[...links, ['/log', 'What came, in the log']].map(([path = '', words = '']) => `<li><a href="${escaped(path)}" target="_blank">${escaped(words)}</a></li>`).join('')}</ul>`;
