// What can be found wrong before anybody signs in: the options, this browser, the callback page, the exchange endpoint.
// X itself tells an app nothing: a wrong client id or callback ends on a page of X that never comes back. Loaded when
// it is called for.
import { Client } from './client.js';
import { init } from './engine/load.js';
import { SignInError } from './errors.js';

/** @typedef {import('../types/index.d.ts').Finding} Finding */

/**
 * @param {import('../types/index.d.ts').SignInOptions} options
 * @returns {Promise<Finding[]>}
 */
export async function examine(options) {
  const broken = await rehearse(options);
  if (broken) {
    const { code, reason, message, description, hint } = broken;
    return [finding('error', reason || code, [message, description].filter(Boolean).join(' '), hint)];
  }
  const found = await Promise.all([callbackAddress(options), scopes(options), callbackPage(options), exchange(options)]);
  return found.flat();
}

/**
 * Begins a sign-in and cancels it, without leaving the page: engine, options, randomness and storage all take part.
 * @param {import('../types/index.d.ts').SignInOptions} options
 * @returns {Promise<SignInError | undefined>}
 */
async function rehearse(options) {
  try {
    await init();
    const client = new Client(options);
    const state = new URL(client.authorizationUrl()).searchParams.get('state');
    await client.handleCallback(`${options.redirectUri}?state=${state}&error=access_denied`);
  } catch (thrown) {
    const error = SignInError.from(thrown);
    return error.code === 'cancelled' ? undefined : error;
  }
  return new SignInError('internal');
}

/** @param {import('../types/index.d.ts').SignInOptions} options @returns {Finding[]} */
function callbackAddress({ redirectUri }) {
  const { hostname } = new URL(redirectUri);
  if (hostname !== 'localhost') return [];
  return [finding('warning', 'callback_localhost', 'The callback’s host is localhost.', 'X documents http://127.0.0.1 for local work; register and open that.')];
}

/** @param {import('../types/index.d.ts').SignInOptions} options @returns {Finding[]} */
function scopes({ scopes: asked }) {
  const list = Array.isArray(asked) ? asked : (asked ?? '').split(' ').filter(Boolean);
  const missing = ['tweet.read', 'users.read'].filter((name) => list.length > 0 && !list.includes(name));
  if (missing.length === 0) return [];
  return [finding('warning', 'scopes_profile', `Without ${missing.join(' and ')}, X does not say who signed in.`, 'GET /2/users/me needs tweet.read and users.read.')];
}

/** @param {import('../types/index.d.ts').SignInOptions} options @returns {Promise<Finding[]>} */
async function callbackPage({ redirectUri }) {
  const response = await fetch(redirectUri, { cache: 'no-store', redirect: 'manual' }).catch(() => null);
  if (!response?.ok) {
    return [finding('error', 'callback_unreachable', `The callback page answers ${response?.status || 'nothing'}.`, 'Serve a page there that loads sign-in-with-x/callback first.')];
  }
  const found = /sign-in-with-x|callback\.js/.test(await response.text()) ? [] : [
    finding('warning', 'callback_script', 'The callback page names no script of sign-in-with-x.', 'Load sign-in-with-x/callback there, first of all; or is it a fallback page that answers everything?'),
  ];
  const wanted = /** @type {const} */ ([['referrer-policy', 'no-referrer'], ['cache-control', 'no-store']]);
  const headers = wanted
    .filter(([name, value]) => !response.headers.get(name)?.includes(value))
    .map(([name, value]) => finding('warning', `callback_${name.replace('-', '_')}`, `The callback page is served without ${name}: ${value}.`, 'Its address holds a code for a moment; RFC 9700 §4.2.4 asks for this header.'));
  return [...found, ...headers];
}

/** @param {import('../types/index.d.ts').SignInOptions} options @returns {Promise<Finding[]>} */
async function exchange({ exchange: url = '/auth/x/exchange', handoff }) {
  if (handoff) return [];
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'sign-in-with-x' },
    body: '{}',
  }).catch(() => null);
  // An empty request is refused by an endpoint that is right, and never reaches X.
  if (response?.status === 400) return [];
  if (response?.status === 403) {
    return [finding('error', 'exchange_refused', `${url} refuses this page.`, `Configure the backend for the origin ${location.origin}.`)];
  }
  return [finding('error', 'exchange_unreachable', `${url} answers ${response?.status || 'nothing'} to an empty exchange, not 400.`, 'Mount the backend half there, or set `exchange`.')];
}

/**
 * @param {Finding['severity']} severity
 * @param {string} code
 * @param {string} message
 * @param {string} hint
 * @returns {Finding}
 */
const finding = (severity, code, message, hint) => ({ severity, code, message, hint });
