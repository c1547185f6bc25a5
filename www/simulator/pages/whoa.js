/**
 * What X shows when a request token is missing or no longer good. Nobody is sent back from here.
 * @module
 */
import { escaped, hint, layout } from './layout.js';
import { hintLinks } from './refusal.js';

const AGAIN = 'Please go back to the site or application that sent you here and try again; it was probably just a mistake.';
const INVALID = `The request token for this page is invalid. It may have already been used, or expired because it is too old. ${AGAIN}`;

const REASONS = {
  missing: [`There is no request token for this page. That’s the special key we need from applications asking to use your X account. ${AGAIN}`, 'There is no “oauth_token” in the address. Ask for one at /oauth/request_token first, and add it.'],
  invalid: [INVALID, 'The “oauth_token” is none that /oauth/request_token gave out, or it was decided on before, or it is too old. Every sign-in needs a new one.'],
  changed: [INVALID, 'The App was deleted or suspended, its OAuth 1.0a was switched off, or this callback was taken away. Look in the developer console.', '/developer'],
  desktop: [INVALID, 'A desktop App cannot use /oauth/authenticate. Send the person to /oauth/authorize.'],
  account: [INVALID, 'There is no such account. Start again from the App.'],
};

/** @typedef {keyof typeof REASONS} Reason */

/** What to do, which the log tells as well. @param {Reason} reason */
export const whoaFix = (reason) => REASONS[reason][1] ?? '';

/** @param {Reason} reason */
export function whoaPage(reason) {
  const [words = '', fix = '', path] = REASONS[reason];
  return layout('Whoa there!', `<h1>Whoa there!</h1>\n<p>${escaped(words)}</p>\n${hint(`<p id="fix">${escaped(fix)}</p>${hintLinks(path === undefined ? [] : [[path, 'Developer console']])}`)}`);
}
