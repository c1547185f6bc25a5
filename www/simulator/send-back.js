/**
 * The browser's way back to the App: a 302 to the callback, with what X has to say in its query.
 * @module
 */
import { answered } from './faults/act.js';
import { redirect, withParameters } from './http.js';
import { masked } from './mask.js';

/** @typedef {import('./types.js').FaultSubject} FaultSubject */
/** @typedef {import('./types.js').World} World */

/**
 * @param {World} world
 * @param {string} redirectUri
 * @param {[string, string][]} parameters
 */
export function sendBack(world, redirectUri, parameters) {
  /** @type {FaultSubject} */
  const subject = { redirectUri, parameters };
  return answered(world, 'redirect', subject, () => sentBack(world, subject));
}

/**
 * @param {World} world
 * @param {FaultSubject} subject
 */
export function sentBack(world, subject) {
  const { redirectUri, parameters = [], elsewhere } = subject;
  world.journal.record('redirect', { redirect_uri: redirectUri, ...(elsewhere && { elsewhere: elsewhere.url }), ...masked(parameters) });
  return redirect(world, locationOf(subject));
}

/** @param {FaultSubject} subject */
export function locationOf({ redirectUri = '', parameters = [], elsewhere }) {
  if (!elsewhere) return withParameters(redirectUri, parameters);
  if (!elsewhere.keepParameters) return elsewhere.url;
  // A callback has no fragment; this address may have one, and the query comes before it.
  const mark = elsewhere.url.indexOf('#');
  const [address, fragment] = mark < 0 ? [elsewhere.url, ''] : [elsewhere.url.slice(0, mark), elsewhere.url.slice(mark)];
  return withParameters(address, parameters) + fragment;
}
