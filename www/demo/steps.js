/**
 * The steps of a sign-in, in order: what each means, where it is written down, and which values play a part in it.
 * The values themselves never come here; the page shows that they exist, not what they are.
 * @module
 */

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string} title
 * @property {string} text
 * @property {string} source
 * @property {string} link
 * @property {string[]} [secrets]
 */

import { choice } from './choice.js';
import { OAUTH1_STEPS } from './steps-oauth1.js';

const RFC = 'https://www.rfc-editor.org/rfc/';

/** @type {readonly Step[]} */
const OAUTH2_STEPS = [
  {
    id: 'clicked',
    title: 'Button clicked',
    text: 'A fresh state and code verifier are drawn for this one attempt.',
    source: 'RFC 7636 §4.1',
    link: `${RFC}rfc7636#section-4.1`,
    secrets: ['state', 'code_verifier'],
  },
  {
    id: 'opened',
    title: 'X opened',
    text: 'It gets the hash of the verifier. The verifier stays here.',
    source: 'RFC 7636 §4.3',
    link: `${RFC}rfc7636#section-4.3`,
  },
  {
    id: 'approved',
    title: 'Person approved',
    text: 'X asks the person and sends them back with a code that works once.',
    source: 'RFC 6749 §4.1.2',
    link: `${RFC}rfc6749#section-4.1.2`,
    secrets: ['code'],
  },
  {
    id: 'checked',
    title: 'Callback checked',
    text: 'The address bar is cleared first, then the state is compared and used up.',
    source: 'RFC 9700 §4.7',
    link: `${RFC}rfc9700#section-4.7`,
  },
  {
    id: 'exchanged',
    title: 'Code exchanged',
    ...(choice.kind === 'confidential'
      ? { text: 'The backend gives X the code, the verifier and the App’s secret, and keeps the token it gets.', source: 'RFC 6749 §2.3.1', link: `${RFC}rfc6749#section-2.3.1`, secrets: ['client_secret'] }
      : { text: 'The backend gives X the code and the verifier, and keeps the token it gets.', source: 'RFC 7636 §4.5', link: `${RFC}rfc7636#section-4.5` }),
  },
];

/** @type {readonly Step[]} */
export const STEPS = [
  ...(choice.kind === 'oauth1' ? OAUTH1_STEPS : OAUTH2_STEPS),
  {
    id: 'cookie',
    title: 'Session cookie set',
    text: 'HttpOnly and SameSite=Strict: no script on this page can read it.',
    source: 'RFC 10017 §6.1',
    link: `${RFC}rfc10017#section-6.1`,
  },
  {
    id: 'greeted',
    title: 'Greeting',
    text: 'The page asks its own backend who is signed in.',
    source: 'RFC 10017 §6.1',
    link: `${RFC}rfc10017#section-6.1`,
  },
];

/** Where a sign-in stood when it failed with this code; failures of other codes stop at the step that was running. */
/** @type {Readonly<Record<string, string>>} */
export const FAILED_AT = {
  popup_blocked: 'opened',
  cancelled: 'approved',
  provider_error: 'approved',
  timeout: 'approved',
  state_missing: 'checked',
  state_mismatch: 'checked',
  already_used: 'checked',
  expired: 'checked',
  started_elsewhere: 'checked',
  invalid_callback: 'checked',
  exchange_failed: 'exchanged',
  network: 'exchanged',
};
