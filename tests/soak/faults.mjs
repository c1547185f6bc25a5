/**
 * What can happen during a sign-in, and how it must end. A new one is a new row, and, if somebody has to do something
 * for it, an act in acts.mjs.
 * @module
 */

import { LIMITS, SLOW } from './limits.mjs';

/**
 * @typedef {'popup' | 'redirect'} Transport
 * @typedef {'none' | 'maySeverOnly' | 'may'} Leaves which popups may be open at the end: none, such as X's opener policy
 *   cut off from the page that could have closed it, or any; people close those
 *
 * @typedef {object} Fault
 * @property {number} weight how many cards of the deck
 * @property {Transport[]} transports
 * @property {('popup' | 'auto' | 'redirect')[]} [flows] only these
 * @property {boolean} [page] somebody has to be on X's page for it; `false`: nobody may be
 * @property {boolean} [severed] X's opener policy cuts its window off from the page
 * @property {[kind: string, values?: Record<string, unknown>]} [arm] what the simulator is told to do (its README)
 * @property {import('./acts.mjs').Act} [act] what the person does instead of deciding
 * @property {import('./acts.mjs').Press} [press] how the sign-in is started, instead of by a click on the button
 * @property {Partial<Record<Transport, string[]>>} ends the events of the element in the end, on the page that is open
 *   then: `sign-in`, `sign-in-cancel`, an error's code and reason; `page:` is the notice of a callback page that stays
 * @property {boolean} [orNothing] or in no event: the page may have been loaded anew, and nothing waits on it
 * @property {number} [starts] how many requests for X's page, by popup; default: 1
 * @property {number} exchanges how many requests to X's token endpoint
 * @property {number} [limit] for the end, in ms
 * @property {Leaves} [leaves]
 */

/** @param {string[]} popup @param {string[]} [redirect] */
const ends = (popup, redirect = popup) => ({ popup, redirect });

/** @type {Transport[]} */
const BOTH = ['popup', 'redirect'];

const HTML = '<!doctype html><title>Over capacity</title><h1>Over capacity</h1>';

/** @type {Record<string, Fault>} */
export const FAULTS = {
  'nothing': { weight: 30, transports: BOTH, ends: ends(['sign-in']), exchanges: 1 },
  'cancel at X': { weight: 8, transports: BOTH, page: true, act: 'cancel', ends: ends(['sign-in-cancel']), exchanges: 0 },
  'the popup is closed': { weight: 3, transports: ['popup'], page: true, act: 'close', ends: ends(['sign-in-cancel']), exchanges: 0, limit: LIMITS.closed },
  'the state is altered': { weight: 8, transports: BOTH, arm: ['alter_state'], ends: ends(['state_mismatch'], ['page:state_mismatch']), exchanges: 0 },
  'the code is delivered twice': { weight: 4, transports: BOTH, arm: ['deliver_twice', { by: 'prefetch' }], ends: ends(['sign-in']), exchanges: 1 },
  'X adds parameters': { weight: 4, transports: BOTH, arm: ['extra_parameters', { parameters: { lang: 'de', utm: 'x' } }], ends: ends(['sign-in']), exchanges: 1 },
  'X repeats the code': { weight: 3, transports: BOTH, arm: ['extra_parameters', { parameters: [['code', 'another']] }], ends: ends(['invalid_callback/repeated']), exchanges: 0 },
  'token endpoint: half an answer': { weight: 4, transports: BOTH, arm: ['truncate'], ends: ends(['exchange_failed/provider_error']), exchanges: 1 },
  'the code has run out': { weight: 6, transports: BOTH, arm: ['expire_code'], ends: ends(['exchange_failed/invalid_grant']), exchanges: 1 },
  'token endpoint: 500': { weight: 4, transports: BOTH, arm: ['token_status', { status: 500 }], ends: ends(['exchange_failed/provider_error']), exchanges: 1 },
  'token endpoint: 429': { weight: 4, transports: BOTH, arm: ['token_status', { status: 429 }], ends: ends(['exchange_failed/rate_limited']), exchanges: 1 },
  'token endpoint: HTML': { weight: 4, transports: BOTH, arm: ['token_status', { status: 200, body: HTML }], ends: ends(['exchange_failed/provider_error']), exchanges: 1 },
  'token endpoint: slow': { weight: 2, transports: BOTH, arm: ['delay_ms', { ms: SLOW }], ends: ends(['sign-in']), exchanges: 1, limit: LIMITS.end + SLOW },
  'X never redirects, try again': { weight: 3, transports: BOTH, arm: ['never_redirect'], act: 'again', ends: ends(['sign-in']), starts: 2, exchanges: 1, leaves: 'may' },
  'double click': { weight: 6, transports: ['popup'], press: 'double', ends: ends(['sign-in']), exchanges: 1 },
  'a second click after a while': { weight: 3, transports: ['popup'], page: true, act: 'again', ends: ends(['sign-in']), starts: 2, exchanges: 1, leaves: 'may' },
  'Back': { weight: 3, transports: ['redirect'], page: true, act: 'back', ends: ends(['sign-in-cancel']), orNothing: true, exchanges: 0 },
  'Back, try again': { weight: 3, transports: ['redirect'], page: true, act: 'again', ends: ends(['sign-in']), starts: 2, exchanges: 1 },
  'abort': { weight: 4, transports: ['popup'], page: true, press: 'withSignal', act: 'abort', ends: ends(['sign-in-cancel']), exchanges: 0, leaves: 'maySeverOnly' },
  'destroy': { weight: 4, transports: ['popup'], page: true, act: 'destroy', ends: ends(['sign-in-cancel']), exchanges: 0, leaves: 'maySeverOnly' },
  'the browser blocks the popup': { weight: 4, transports: ['popup'], flows: ['popup'], press: 'unasked', ends: ends(['popup_blocked']), starts: 0, exchanges: 0 },
  'the browser blocks the popup, flow auto': { weight: 4, transports: ['popup'], flows: ['auto'], page: false, press: 'unasked', ends: ends(['sign-in']), exchanges: 1 },
  'reload while the popup is open': { weight: 4, transports: ['popup'], page: true, act: 'reload', ends: ends(['sign-in']), exchanges: 1 },
  'the older popup answers after a second click': { weight: 2, transports: ['popup'], page: true, severed: true, act: 'olderAnswers', ends: ends(['sign-in']), starts: 2, exchanges: 1, leaves: 'may' },
  'a yes after the page has given up': { weight: 2, transports: ['popup'], page: true, severed: true, act: 'late', ends: ends(['sign-in-cancel', 'sign-in']), exchanges: 1, limit: LIMITS.closed },
};
