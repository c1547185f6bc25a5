/**
 * The steps of a sign-in by OAuth 1.0a, up to where they are those of OAuth 2.0 (steps.js).
 * @module
 */

const RFC = 'https://www.rfc-editor.org/rfc/';

/** @type {readonly import('./steps.js').Step[]} */
export const OAUTH1_STEPS = [
  {
    id: 'clicked',
    title: 'Button clicked',
    text: 'X is not asked by this page: the window opens on the backend, with a fresh name for this one attempt.',
    source: 'RFC 5849 §2',
    link: `${RFC}rfc5849#section-2`,
    secrets: ['state'],
  },
  {
    id: 'opened',
    title: 'X opened',
    text: 'The backend gets a request token from X, seals its secret into a cookie, and sends the window on.',
    source: 'RFC 5849 §2.1',
    link: `${RFC}rfc5849#section-2.1`,
    secrets: ['oauth_token_secret'],
  },
  {
    id: 'approved',
    title: 'Person approved',
    text: 'X asks the person and sends them back with a verifier that works once.',
    source: 'RFC 5849 §2.2',
    link: `${RFC}rfc5849#section-2.2`,
    secrets: ['oauth_verifier'],
  },
  {
    id: 'checked',
    title: 'Callback checked',
    text: 'The address bar is cleared first, then this window’s attempt is found and used up.',
    source: 'RFC 9700 §4.7',
    link: `${RFC}rfc9700#section-4.7`,
  },
  {
    id: 'exchanged',
    title: 'Verifier exchanged',
    text: 'The backend compares the token with its cookie, and trades the verifier for an access token that it keeps.',
    source: 'RFC 5849 §2.3',
    link: `${RFC}rfc5849#section-2.3`,
  },
];
