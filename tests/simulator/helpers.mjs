/**
 * Drives a simulator as a browser and a back end would: over HTTP, with nothing but fetch.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../www/simulator/index.js';

export const CALLBACK = 'http://127.0.0.1:3000/auth/x/callback';
/** RFC 7636, appendix B. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** What X wants of an App that asks for e-mail addresses. */
export const POLICIES = { termsOfService: 'https://app.example/terms', privacyPolicy: 'https://app.example/privacy' };
export const SPA = { clientId: 'spa-client', type: 'spa', name: 'Single & Page', website: 'https://app.example', ...POLICIES, redirectUris: [CALLBACK, 'https://app.example/cb?from=x', 'example.app://callback/x'] };
export const NATIVE = { clientId: 'native-client', type: 'native', name: 'Native', redirectUris: [CALLBACK] };
export const WEB = { clientId: 'web:client+%', clientSecret: 's3cret: +%/é', type: 'web', name: 'Web', redirectUris: [CALLBACK] };
export const BOT = { clientId: 'bot-client', type: 'bot', name: 'Bot', redirectUris: [CALLBACK] };

/** A simulator that ends with its test, and a clock that stands still until `clock.ms` is changed. */
export async function start(t, options = {}) {
  const clock = { ms: Date.UTC(2026, 10, 22) };
  const simulator = await startSimulator({ apps: [SPA, NATIVE, WEB, BOT], clock: () => clock.ms, ...options });
  t.after(() => simulator.close());
  return Object.assign(simulator, { clock });
}

/** A folder that ends with its test. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'simulator-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** `null` takes a parameter away. */
export function authorizeUrl({ url }, changes = {}) {
  const wanted = {
    response_type: 'code',
    client_id: SPA.clientId,
    redirect_uri: CALLBACK,
    scope: 'tweet.read users.read',
    state: 'a-state-of-the-test',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  };
  const pairs = Object.entries(wanted).filter(([, value]) => value !== null);
  return `${url}/i/oauth2/authorize?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

export const get = (url, headers = {}) => fetch(url, { redirect: 'manual', headers });

export const post = (url, fields, headers = {}) => fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers });

/** Opens the consent page; `press` sends its form. */
export async function openConsent(simulator, changes, cookie = '') {
  const response = await get(authorizeUrl(simulator, changes), { Cookie: cookie });
  const html = await response.text();
  const ticket = ticketOf(html);
  const press = (decision, account = 'ada_example', headers = {}) => post(`${simulator.url}/i/oauth2/authorize`, { ticket, account, decision }, headers);
  return { response, html, ticket, press };
}

/** A code, from the page to the address that the browser is sent to. */
export async function obtainCode(simulator, changes, account) {
  const { press } = await openConsent(simulator, changes);
  const response = await press('approve', account);
  return new URL(response.headers.get('location')).searchParams.get('code');
}

export const exchange = (simulator, code, changes = {}, headers = {}) =>
  tokenRequest(simulator, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER, client_id: SPA.clientId, ...changes }, headers);

/** `null` takes a field away. */
export async function tokenRequest(simulator, fields, headers = {}) {
  const response = await post(`${simulator.apiUrl}/2/oauth2/token`, Object.entries(fields).filter(([, value]) => value !== null), headers);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** The tokens of a whole sign-in. */
export async function signIn(simulator, scope = 'tweet.read users.read', account = undefined) {
  const { body } = await exchange(simulator, await obtainCode(simulator, { scope }, account));
  return body;
}

/** RFC 6749 §2.3.1: form-encoded, joined, base64. */
export function basic(id, secret) {
  const encoded = [id, secret].map((part) => new URLSearchParams([['', part]]).toString().slice(1)).join(':');
  return { Authorization: `Basic ${Buffer.from(encoded).toString('base64')}` };
}

export const challengeOf = (verifier) => createHash('sha256').update(verifier).digest('base64url');

export const xError = (error, error_description) => ({ error, error_description });

export const cookieOf = (response) => response.headers.get('set-cookie')?.split(';')[0];

export const ticketOf = (html) => /name="ticket" value="([^"]+)"/.exec(html)?.[1];

/** Signs somebody in at X itself, in a browser of its own; gives its cookie. */
export async function logIn(simulator, account = 'ada_example', headers = {}) {
  const address = `${simulator.url}/i/flow/login`;
  return cookieOf(await post(address, { ticket: ticketOf(await (await get(address)).text()), account }, headers));
}

/** The answer to "Authorize app". */
export const approved = async (simulator, changes) => (await openConsent(simulator, changes)).press('approve');

export const locationOf = async (simulator, changes) => (await approved(simulator, changes)).headers.get('location');

/** No form and no link: whoever is there has no way to go on. */
export async function assertDeadEnd(response, words) {
  const html = await response.text();
  assert.equal(response.headers.get('location'), null);
  assert.match(html, words);
  assert.doesNotMatch(html, /<form|<a |<button|http-equiv/);
  assert.equal(response.headers.get('refresh'), null);
}
