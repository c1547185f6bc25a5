/**
 * `/log`: the requests that came, all or some of them, and `/log/entries`: those since the page looked last.
 * @module
 */
import { isForm, json, page } from '../http.js';
import { isFromOwnPage } from '../own-site.js';
import { entriesHtml, logPage } from '../pages/log.js';
import { stalePage } from '../pages/stale.js';
import { VIEWS } from './outcome.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

/** Only this page has a script, one of ours, which asks for what is new. */
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'";

/** @param {Request} request */
function viewOf({ query }) {
  const view = new URLSearchParams(query).get('only') ?? '';
  return Object.hasOwn(VIEWS, view) ? view : 'all';
}

/**
 * @param {World} world
 * @param {string} view
 * @param {number} [after]
 */
const shown = ({ requests }, view, after) => requests.since(after).filter((entry) => VIEWS[view]?.(entry));

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Reply}
 */
export function showLog(world, request) {
  const view = viewOf(request);
  const reply = page(world, 200, logPage(shown(world, view), world.requests.change(), { view, ticket: world.tickets.open() }));
  return { ...reply, headers: { ...reply.headers, 'Content-Security-Policy': POLICY } };
}

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Reply}
 */
export function newEntries(world, request) {
  const after = Number(new URLSearchParams(request.query).get('after') ?? 0);
  return json(200, { change: world.requests.change(), entries: shown(world, viewOf(request), after).map((entry) => ({ id: entry.id, html: entriesHtml([entry]) })), empty: world.requests.since().length === 0 });
}

/**
 * Forgets what came, and nothing else.
 * @param {World} world
 * @param {Request} request
 * @returns {Reply}
 */
export function emptyLog(world, request) {
  const ticket = new URLSearchParams(isForm(request) ? request.body : '').get('ticket') ?? '';
  if (!isFromOwnPage(request) || !world.tickets.close(ticket)) return page(world, 403, stalePage('/log', 'Back to the log'));
  world.requests.clear();
  const { headers } = page(world, 303, '');
  const view = viewOf(request);
  return { status: 303, headers: { ...headers, Location: view === 'all' ? '/log' : `/log?only=${view}` }, body: '' };
}
