/**
 * What happened, for tests and for the people who watch the simulator run: a list of events and a table of counts.
 * @module
 */
import { cut } from './mask.js';

import { checkEventType } from './event-types.js';

/** @typedef {import('./types.js').Event} Event */

/** Only the newest are kept; the counts go on counting. */
const MOST = 1000;

/** @type {Record<string, (event: Event) => boolean>} */
export const COUNTERS = {
  authorizeRequests: ({ type }) => type === 'authorize_request',
  refusals: ({ type }) => type === 'authorize_refused',
  approvals: ({ type, parameters }) => type === 'decision' && parameters.decision === 'approve',
  cancels: ({ type, parameters }) => type === 'decision' && parameters.decision === 'cancel',
  redirects: ({ type }) => type === 'redirect',
  tokenExchanges: ({ type, parameters }) => type === 'token_request' && parameters.grant_type === 'authorization_code',
  refreshes: ({ type, parameters }) => type === 'token_request' && parameters.grant_type === 'refresh_token',
  tokensIssued: ({ type, parameters }) => type === 'token_response' && parameters.status === 200,
  userRequests: ({ type }) => type === 'user_request',
  revocations: ({ type }) => type === 'revoke_request',
  requestTokens: ({ type, parameters }) => type === 'request_token_response' && parameters.status === 200,
  accessTokenExchanges: ({ type }) => type === 'access_token_request',
  accessTokens: ({ type, parameters }) => type === 'access_token_response' && parameters.status === 200,
  credentialsRequests: ({ type }) => type === 'credentials_request',
  invalidations: ({ type }) => type === 'invalidate_request',
};

/** @param {Record<string, unknown>} parameters */
const bounded = (parameters) => Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, typeof value === 'string' ? cut(value) : value]));

/**
 * @typedef {object} Journal
 * @property {(type: import('./event-types.js').EventType, parameters: Record<string, unknown>) => void} record
 * @property {(type?: string) => Event[]} events copies, oldest first; all of them or those of one type
 * @property {() => Record<string, number>} counts
 * @property {() => void} clear
 */

/**
 * @param {import('./clock.js').Clock} clock
 * @param {(event: Event) => void} [onEvent]
 * @returns {Journal}
 */
export function createJournal(clock, onEvent) {
  /** @type {Event[]} */
  let events = [];
  const zero = () => Object.fromEntries(Object.keys(COUNTERS).map((name) => [name, 0]));
  let counts = zero();
  return {
    record(type, parameters) {
      const event = { type, time: clock.now(), parameters: bounded(parameters) };
      events.push(event);
      if (events.length > MOST) events.shift();
      for (const [name, counted] of Object.entries(COUNTERS)) if (counted(event)) counts[name] = (counts[name] ?? 0) + 1;
      onEvent?.(structuredClone(event));
    },
    events(type) {
      const wanted = checkEventType(type);
      return structuredClone(events.filter((event) => wanted === undefined || event.type === wanted));
    },
    counts: () => ({ ...counts }),
    clear() {
      events = [];
      counts = zero();
    },
  };
}
