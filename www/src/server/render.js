/**
 * The button in a page that is made on a server. What is written is the engine's; here the attributes get their names,
 * and the words their language.
 * @module
 */
import { toForm } from '../form.js';
import { wordsFor } from '../languages/words.js';
import { engine } from './engine.js';

/** @param {string} name */
const hyphens = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** @type {import('../../types/server.js').renderButton} */
export function renderButton(options, { nonce, stylesheet } = {}) {
  const attributes = Object.fromEntries(Object.entries(options).map(([name, value]) => [hyphens(name), value === true ? '' : value]));
  const { locale } = attributes;
  if (/^auto$/i.test(String(locale))) throw new TypeError('a server does not know the language of `locale: "auto"`: name one');
  const words = locale ? (/^en\b/i.test(String(locale)) ? { lang: locale } : wordsFor(null, attributes)) : {};
  try {
    return engine().buttonHtml(toForm(attributes), toForm(words), String(stylesheet ?? ''), String(nonce ?? ''));
  } catch (thrown) {
    // The engine names what it refuses, never its value.
    throw new TypeError(/** @type {Error} */ (thrown).message);
  }
}

/** @type {import('../../types/server.js').buttonStyleSheet} */
export const buttonStyleSheet = () => engine().buttonStyle();
