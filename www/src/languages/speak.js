// Which words the button has. English is the engine's own; the other languages are loaded when one is asked for.

/** Milliseconds that a button which shows nothing yet waits for its language. */
const PATIENCE = 3000;

/** The other languages. @type {typeof import('./words.js') | undefined} */
let words;
/** @type {Promise<void> | undefined} */
let arriving;
/** They are there, or will not come. */
let settled = false;
/** Nobody waits for them with an empty place any more. */
let late = false;

/**
 * The looks, with what the engine has to know of the words. Undefined: the button shows nothing yet, and had better wait
 * than speak English for a moment.
 * @param {Element} host
 * @param {Record<string, any>} looks
 * @param {unknown} shown whether the button shows something
 * @param {() => void} again called when there is more to say
 * @returns {Record<string, unknown> | undefined}
 */
export function wordsFor(host, looks, shown, again) {
  const { locale } = looks;
  if (!locale) return looks;
  const english = { ...looks, lang: locale };
  if (/^en\b/i.test(locale)) return english;
  if (words) return { ...looks, ...words.wordsFor(host, looks) };
  // Without them the button speaks English.
  arriving ??= import('./words.js').catch(() => undefined).then((loaded) => {
    words = loaded;
    settled = true;
  });
  if (!settled) {
    arriving.then(again);
    if (!shown && !late) {
      setTimeout(() => {
        if (settled) return;
        late = true;
        again();
      }, PATIENCE);
      return undefined;
    }
  }
  return english;
}
