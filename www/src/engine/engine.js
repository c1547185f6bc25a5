// The engine: every decision of a sign-in, in WebAssembly. Late-bound, so that importing the package loads nothing;
// `load.js` installs it: first one that answers what is asked until the click, then the whole.
import { SignInError } from '../errors.js';
import { toForm } from '../form.js';
import { dress, patch } from './draw.js';

/** @type {((question: string) => string) | undefined} */
let answer;

/** Gives it another instance of the engine. @type {() => void} */
let replace;

/**
 * Makes an engine the one that answers.
 * @param {(question: string) => string} ask
 * @param {() => void} renew gives `ask` another instance
 */
export function install(ask, renew) {
  answer = ask;
  replace = renew;
}

/** Whether the engine can be called now, synchronously. */
export const isReady = () => Boolean(answer);

/** @typedef {'check' | 'begin' | 'adopt' | 'popupEvent' | 'resume' | 'awaited' | 'handleCallback' | 'readExchange' | 'renderButton' | 'buttonSheet' | 'createPkcePair'} Question */

/**
 * What the engine says (src/bindings/mod.rs), as it says it: a form.
 * @param {Question} question
 * @param {Record<string, unknown>} [fields] what it is about
 * @returns {string}
 */
function said(question, fields) {
  const ask = answer;
  if (!ask) throw new SignInError('not_initialised');
  try {
    return ask(toForm({ ask: question, ...fields }));
  } catch (thrown) {
    // It has trapped, in the middle of something: the next question is for another instance (E8). If none can be made, init() tries.
    answer = undefined;
    try {
      replace();
      answer = ask;
    } catch {}
    throw SignInError.from(thrown);
  }
}

/**
 * Asks the engine; null when it has nothing to say. What it fails with, callers get as a SignInError.
 * @param {Question} question
 * @param {Record<string, unknown>} [fields]
 * @returns {any}
 */
export function ask(question, fields) {
  const text = said(question, fields);
  const answer = text ? Object.fromEntries(new URLSearchParams(text)) : null;
  if (answer?.failure) throw new SignInError(/** @type {any} */ (answer.failure), answer);
  return answer;
}

/**
 * Draws the button into a shadow root, as soon as the engine is there.
 * @param {ShadowRoot} root
 * @param {Record<string, unknown>} attributes by their HTML names, and `activity`
 * @param {import('../../types/index.d.ts').User} [user] whose name is announced with "Signed in"
 */
export function draw(root, attributes, user) {
  // Through CSSOM, which style-src allows; a `style` attribute it would not (F1).
  const { width } = attributes;
  const host = /** @type {HTMLElement} */ (root.host);
  host.style.setProperty('--sign-in-with-x-width', Number(width) ? `${width}px` : '');
  dress(root, () => ask('buttonSheet').sheet);
  const who = user?.username && `: ${user.name ?? ''} @${user.username}`;
  patch(root, said('renderButton', { attributes: toForm({ ...attributes, who }) }));
  // A notice that goes must not take the keyboard with it (WCAG 2.2 §2.4.3).
  if (root.activeElement?.closest('[part~=notice][hidden]')) {
    /** @type {HTMLElement | null} */ (root.querySelector('[part=button]:not([hidden]),[part=identity]'))?.focus();
  }
}

/**
 * Which control of a drawn button was pressed: `''` the button itself, `retry`, `cancel`; undefined for none. What
 * stands in its place when somebody is signed in listens by itself (identity.js).
 * @param {Event} event
 * @returns {string | undefined}
 */
export const pressedIn = (event) => {
  const [pressed] = /** @type {Element[]} */ (event.composedPath());
  const control = /** @type {HTMLButtonElement | null | undefined} */ (pressed?.closest('button:not([part=sign-out]),a[part=button][href]'));
  // A link has no value, and is the button itself.
  return control ? (control.value ?? '') : undefined;
};

// From here, so that they come with the engine's glue and not by a request of their own.
export { wordsFor } from '../languages/speak.js';
