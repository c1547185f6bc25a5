/**
 * `/log`: the requests that came, and `/log/entries`: those since the page looked last.
 * @module
 */
import { json, page } from '../http.js';
import { entriesHtml, logPage } from '../pages/log.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

/** Only this page has a script, one of ours, which asks for what is new. */
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'";

/**
 * @param {World} world
 * @returns {Reply}
 */
export function showLog(world) {
  const reply = page(world, 200, logPage(world.requests.since(), world.requests.change()));
  return { ...reply, headers: { ...reply.headers, 'Content-Security-Policy': POLICY } };
}

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Reply}
 */
export function newEntries(world, request) {
  const after = Number(new URLSearchParams(request.query).get('after') ?? 0);
  return json(200, { change: world.requests.change(), entries: world.requests.since(after).map((entry) => ({ id: entry.id, html: entriesHtml([entry]) })), empty: world.requests.since().length === 0 });
}
