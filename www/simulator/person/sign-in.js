/**
 * Signing in at X itself, at `/i/flow/login`.
 * @module
 */
import { randomBytes } from 'node:crypto';
import { page, redirect } from '../http.js';
import { ownForm } from '../own-site.js';
import { signInPage } from '../pages/sign-in.js';
import { stalePage } from '../pages/stale.js';
import { signingIn } from './sessions.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {string} back where it goes on
 * @param {Omit<import('../pages/sign-in.js').Asked, 'chosen'> & { chosen?: import('../types.js').Account | undefined }} [asked]
 */
export function askToSignIn(world, back, asked) {
  // Not from the seed: to look at a page must not change the codes that follow.
  const ticket = randomBytes(24).toString('base64url');
  world.sessions.openForm(ticket, back);
  return page(world, 200, signInPage(world, ticket, asked && { ...asked, chosen: asked.chosen?.username }));
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
export const showSignIn = (world, { query }) => askToSignIn(world, placeHere(new URLSearchParams(query).get('redirect_after_login')));

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
