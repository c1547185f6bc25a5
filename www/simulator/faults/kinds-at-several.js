/**
 * Faults of the page that X shows, and those that can strike at several stages.
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises';
import { html, json, page } from '../http.js';
import { COOP_VALUES } from '../options.js';
import { failurePage } from '../pages/failure.js';
import { strandedPage } from '../pages/stranded.js';
import { rateHeaders, RATE_WINDOW_S } from '../rates.js';
import { amended } from './act.js';
import { isDuration, isOneOf, isPageStatus, isWhole } from './checks.js';
import { OF_OAUTH1 } from './stages.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').World} World */

const DAY_S = 86_400;

/** @type {Record<string, import('./kinds.js').Kind>} */
export const KINDS_AT_SEVERAL = {
  /** The answer takes this long. */
  delay_ms: {
    stages: ['token', 'page', 'code', 'redirect', 'refresh', 'user', 'revoke', ...OF_OAUTH1],
    required: { ms: isDuration },
    apply: (_subject, { ms }, { life }) => wait(Number(ms), undefined, { signal: life.signal() }),
  },
  /** One response carries another Cross-Origin-Opener-Policy than the rest: the page's and the redirect's may differ. */
  coop: {
    stages: ['page', 'redirect'],
    required: { value: isOneOf(COOP_VALUES) },
    apply(subject, { value }) {
      amended(subject, (reply) => {
        const { 'Cross-Origin-Opener-Policy': _usual, ...headers } = reply.headers;
        return { ...reply, headers: value === null ? headers : { ...headers, 'Cross-Origin-Opener-Policy': String(value) } };
      });
    },
  },
  /** The person never gets to decide: X lost the way back when they logged in, and shows its error or its home page. */
  strand: {
    stages: ['page'],
    required: {},
    optional: { shows: isOneOf(['error', 'home']) },
    apply(subject, { shows }, world) {
      subject.instead = () => page(world, 200, strandedPage('strand', shows === 'home' ? 'home' : 'error'));
    },
  },
  /** A page of HTML where something else was expected, and nothing done: X, or a gateway before it, has failed. */
  html_error: {
    stages: ['page', 'redirect', 'token', 'refresh', 'user', 'revoke', ...OF_OAUTH1],
    required: {},
    optional: { status: isPageStatus },
    apply(subject, { status }, world, stage) {
      subject.instead = () => failure(world, stage, Number(status ?? 503), 'html_error');
    },
  },
  /** Too many requests: 429 with X's three headers, and nothing done. X sends no `Retry-After`. */
  rate_limit: {
    stages: ['token', 'page', 'redirect', 'refresh', 'user', 'revoke', ...OF_OAUTH1],
    required: {},
    optional: { resetInSeconds: isWhole(0, DAY_S) },
    apply(subject, { resetInSeconds }, world, stage) {
      subject.instead = () => {
        const reply = isForPeople(stage)
          ? failure(world, stage, 429, 'rate_limit')
          : json(429, { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 });
        const reset = Math.floor(world.clock.now() / 1000) + Number(resetInSeconds ?? RATE_WINDOW_S);
        // The limit is that of users/me: X's token endpoint documents none.
        return { ...reply, headers: { ...reply.headers, ...rateHeaders(0, reset) } };
      };
    },
  },
};

/** @param {Stage} stage */
const isForPeople = (stage) => stage === 'page' || stage === 'redirect';

/**
 * @param {World} world
 * @param {Stage} stage
 * @param {number} status
 * @param {string} fault
 * @returns {Reply}
 */
function failure(world, stage, status, fault) {
  const body = failurePage(status, fault);
  return isForPeople(stage) ? page(world, status, body) : html(status, body);
}
