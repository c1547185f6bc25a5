/**
 * The requests that came, as the page `/log` tells them: what each said, and how it was answered. Secrets are masked before
 * they are kept. In memory, bounded.
 * @module
 */
import { headerParameters } from '../oauth1/encoding.js';
import { isForm } from '../http.js';
import { fingerprint, shownAddress, shownName, shownPath, shownValue } from '../mask.js';
import { answerParameters } from './answer.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */

/** @typedef {{ where: 'query' | 'form' | 'header' | 'Authorization' | 'callback' | 'body', name: string, value: string }} Parameter */

/**
 * @typedef {object} Entry
 * @property {number} id
 * @property {number} change rises with whatever happens, here or in another entry
 * @property {number} time
 * @property {string} method
 * @property {string} path
 * @property {Parameter[]} parameters
 * @property {number} [status] none while the answer is under way
 * @property {string} [location] where a browser is sent, without its parameters
 * @property {Parameter[]} [answer]
 * @property {string} [app] the name of the App that it is about
 * @property {string} [note] what the simulator says of the answer
 */

/**
 * @typedef {object} Requests
 * @property {(request: Request) => (reply: Reply) => void} arrived gives what takes the answer
 * @property {(after?: number) => Entry[]} since that change, newest first
 * @property {() => number} change the latest
 * @property {() => void} clear
 */

const MOST = 200;
const MOST_PARAMETERS = 60;

/** What the pages load, the log itself, the developer's console: nothing that an App or a person does. */
const UNTOLD = /^\/(?:log|developer|_assets|profile_images|app_icons|favicon\.ico)(?:\/|$)/;

/**
 * @param {import('../clock.js').Clock} clock
 * @param {(request: Request) => string | undefined} [askerOf] the name of the App that asks
 * @returns {Requests}
 */
export function createRequests(clock, askerOf) {
  /** @type {Entry[]} */
  let entries = [];
  let latest = 0;
  let made = 0;
  return {
    arrived(request) {
      if (UNTOLD.test(request.path)) return () => {};
      /** @type {Entry} */
      const entry = { id: (made += 1), change: (latest += 1), time: clock.now(), method: request.method, path: shownPath(request.path), parameters: bounded(parametersOf(request)) };
      entries = [entry, ...entries].slice(0, MOST);
      const app = askerOf?.(request);
      if (app !== undefined) entry.app = app;
      return (reply) => {
        if (reply.note !== undefined) entry.note = reply.note;
        const { location, parameters } = answerParameters(reply);
        Object.assign(entry, { change: (latest += 1), status: reply.cut ? 0 : reply.status, answer: bounded(parameters), ...(location && { location: shownAddress(location) }) });
      };
    },
    since: (after = 0) => entries.filter(({ change }) => change > after),
    change: () => latest,
    clear() {
      entries = [];
      latest += 1;
    },
  };
}

/** Headers come masked already. @param {Parameter[]} parameters */
const bounded = (parameters) =>
  parameters.slice(0, MOST_PARAMETERS).map(({ where, name, value }) => ({ where, name: shownName(name), value: where === 'header' ? value : shownValue(name, value) }));

/**
 * @param {Request} request
 * @returns {Parameter[]}
 */
function parametersOf({ query, body, headers }) {
  /** @type {Parameter[]} */
  const found = [];
  /** @param {Parameter['where']} where @param {Iterable<[string, string]>} pairs */
  const add = (where, pairs) => {
    for (const [name, value] of pairs) found.push({ where, name, value });
  };
  add('query', new URLSearchParams(query));
  if (isForm({ headers })) add('form', new URLSearchParams(body));
  const { authorization, origin } = headers;
  const signed = authorization === undefined ? null : headerParameters(authorization);
  if (signed) add('Authorization', signed);
  else if (authorization !== undefined) add('header', [['Authorization', schemeOf(authorization)]]);
  if (origin !== undefined) add('header', [['Origin', shownValue('Origin', origin)]]);
  return found;
}

/** The scheme as it is, for it is half of what goes wrong; the rest masked. Another word may be the secret. @param {string} header */
function schemeOf(header) {
  const [, scheme = '', rest = ''] = /^(Basic|Bearer|OAuth|Digest|Token) +(.*)$/is.exec(header) ?? [];
  return scheme === '' ? fingerprint(header) : `${scheme} ${fingerprint(rest)}`;
}
