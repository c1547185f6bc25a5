/**
 * Signing in at X itself, at `/i/flow/login`.
 * @module
 */
import { page, redirect } from '../http.js';
import { isForAWindow, ownForm } from '../own-site.js';
import { signInPage } from '../pages/sign-in.js';
import { stalePage } from '../pages/stale.js';
import { unseeded } from '../randomness.js';
import { signingIn } from './sessions.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {Request} request
 * @param {string} back where it goes on
 * @param {Omit<import('../pages/sign-in.js').Asked, 'chosen'> & { chosen?: import('../types.js').Account | undefined }} [asked]
 */
export function askToSignIn(world, request, back, asked) {
  const ticket = unseeded();
  if (isForAWindow(request)) world.sessions.openForm(ticket, back);
  return { ...page(world, 200, signInPage(world, ticket, asked && { ...asked, chosen: asked.chosen?.username })), ...(asked && { note: 'The person is asked to sign in to X first.' }) };
}

/**
 * A place of this simulator: an address that begins with one slash, in printable ASCII.
 * @param {string | null} path
 */
const placeHere = (path) => (path !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : '/');

/**
 * @param {World} world
 * @param {Request} request
 */
export const showSignIn = (world, request) => askToSignIn(world, request, placeHere(new URLSearchParams(request.query).get('redirect_after_login')));

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Reply}
 */
export function takeSignIn(world, request) {
  const form = ownForm(request);
  const back = world.sessions.closeForm(form.get('ticket') ?? '');
  const account = world.accounts.find(({ username }) => username === form.get('account'));
  if (back === undefined || !account) return page(world, 403, stalePage());
  world.journal.record('signed_in', { account: account.username });
  return signingIn(world, request, account, redirect(world, back));
}
