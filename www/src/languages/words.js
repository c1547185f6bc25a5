// The button's words in other languages than English. A chunk of its own: pages in English do without.
import { match } from './match.js';

/** Other values of the option `text` than its default. */
const TEXTS = ['signup_with', 'continue_with', 'connect_to', 'login_with'];

/**
 * @param {Element | null} host none on a server, which knows no `auto`
 * @param {Record<string, unknown>} looks
 * @returns {{ lang?: string, dir?: string, label?: unknown }} by the engine's names (src/button/options.rs); what is missing
 *   is English, and the engine marks it as that
 */
export function wordsFor(host, { locale, text, label }) {
  const asked = String(locale);
  const tags = host && /^auto$/i.test(asked) ? around(host) : [asked];
  // The host's own words are in the language that it names, whether the button speaks it or not.
  const found = match(label ? tags.slice(0, 1) : tags);
  if (!found) return { lang: tags[0] };
  const { tag, dir, words } = found;
  return { lang: tag, dir, label: label || words[TEXTS.includes(String(text)) ? String(text) : 'signin_with'] };
}

/**
 * The languages around an element: that of the text it stands in, the document's, the person's.
 * @param {Element} element
 */
function around(element) {
  let place = element;
  let marked = place.closest('[lang]');
  while (!marked) {
    const root = place.getRootNode();
    if (!(root instanceof ShadowRoot)) break;
    place = root.host;
    marked = place.closest('[lang]');
  }
  return [marked?.getAttribute('lang'), document.documentElement.lang, ...(navigator.languages ?? [])].filter(Boolean).map(String);
}
