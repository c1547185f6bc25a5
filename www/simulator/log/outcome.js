/**
 * What became of a request, in one sentence: why it was refused, or what was done.
 * @module
 */
import { sentence } from '../sentence.js';
import { purposeOf } from './words.js';

/** @typedef {import('./requests.js').Entry} Entry */

/** After an answer of 200. @type {Record<string, (told: (name: string) => string | undefined) => string>} */
const DONE = {
  'GET /i/oauth2/authorize': () => 'The person is asked.',
  'GET /oauth/authenticate': () => 'The person is asked.',
  'GET /oauth/authorize': () => 'The person is asked.',
  'POST /2/oauth2/token': (told) => (told('refresh_token') === undefined ? 'An access token was given.' : 'An access token and a refresh token were given.'),
  'POST /2/oauth2/revoke': () => 'The token is over.',
  'GET /2/users/me': (told) => `It is @${told('data.username') ?? ''}.`,
  'POST /oauth/request_token': () => 'A request token was given.',
  'POST /oauth/access_token': (told) => `The token of @${told('screen_name') ?? ''} was given.`,
  'GET /1.1/account/verify_credentials.json': (told) => `It is @${told('screen_name') ?? ''}.`,
  'POST /1.1/oauth/invalidate_token.json': () => 'The token is over.',
};

/** @param {Entry} entry */
const teller = ({ answer = [] }) => (/** @type {string} */ name) => answer.find((each) => each.name === name)?.value;

/** @param {Entry} entry @returns {string} */
export function outcomeOf(entry) {
  const { method, path, status, location, note } = entry;
  const told = teller(entry);
  if (note !== undefined) return note;
  if (status === undefined) return '';
  if (status === 0) return 'The connection ended without an answer.';
  if (status >= 400) return sentence(told('error_description') ?? told('errors.0.message') ?? told('detail') ?? told('title') ?? 'Refused');
  if (location !== undefined) return sentBack(told, location);
  const key = `${method} ${path}`;
  return (Object.hasOwn(DONE, key) ? DONE[key]?.(told) : purposeOf(method, path)?.words) ?? '';
}

/** @param {(name: string) => string | undefined} told @param {string} location */
function sentBack(told, location) {
  if (told('code') !== undefined) return 'Approved: sent back with a code.';
  if (told('oauth_verifier') !== undefined) return 'Approved: sent back with a verifier.';
  if (told('error') === 'access_denied' || told('denied') !== undefined) return 'Cancelled: sent back without.';
  return told('error') === undefined ? `Sent on to ${location}` : `Sent back with error=${told('error')}.`;
}

/** Not what a person cancelled. @param {Entry} entry */
export function isRefused(entry) {
  const error = entry.location === undefined ? undefined : teller(entry)('error');
  return entry.status === 0 || (entry.status ?? 0) >= 400 || (error !== undefined && error !== 'access_denied');
}

/** What a person does on the simulator's pages, and no App. @param {Entry} entry */
export const isOwnVisit = ({ app, path }) => app === undefined && /^\/$|^\/(?:settings|i\/flow)(?:\/|$)/.test(path);

/** Which entries a view of the log shows, by the word in its address. @type {Record<string, (entry: Entry) => boolean>} */
export const VIEWS = { all: () => true, apps: (entry) => !isOwnVisit(entry), refused: isRefused };
