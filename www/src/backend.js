// The host's own backend: three routes, asked with fetch.
import { SignInError, toForm } from './given.js';

/** Milliseconds a request may take. X's code lives 30 seconds, so a longer wait is lost anyway. */
const PATIENCE = 30_000;

/**
 * The custom header makes the request one that no other site can send without the backend's consent (RFC 10017
 * §6.1.3.3).
 * @param {string} url
 * @param {RequestInit} [init]
 */
async function request(url, init) {
  try {
    return await fetch(url, {
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
      ...init,
      headers: { Accept: 'application/json', 'X-Requested-With': 'sign-in-with-x', ...init?.headers },
    });
  } catch (cause) {
    throw new SignInError('network', { cause });
  }
}

/** @param {Response} response */
const json = (response) => response.json().catch(() => null);

/**
 * Posts a checked callback.
 * @param {string} url
 * @param {object} body
 * @param {string} asked the scopes that were asked for
 * @returns {Promise<string>} the answer as a flat form for the engine
 */
export async function exchange(url, body, asked) {
  const response = await request(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { user, scopes, error, hint } = (await json(response)) ?? {};
  const { status } = response;
  return toForm({ ...user, scope: scopes, error: error ?? `status_${status}`, hint: error ? hint : `Is the backend half mounted at ${url.split('?')[0]}?`, asked, status });
}

/**
 * Who is signed in.
 * @param {string} url
 * @returns {Promise<import('../types/index.d.ts').Session | null>}
 */
export async function session(url) {
  const response = await request(url);
  const body = response.status === 200 ? await json(response) : null;
  return body?.user ? body : null;
}

/**
 * Ends the session.
 * @param {string} url
 */
export async function signOut(url) {
  const response = await request(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
  if (!response.ok) {
    const { error } = (await json(response)) ?? {};
    throw new SignInError('exchange_failed', { reason: error });
  }
}
