/**
 * An App of OAuth 1.0a, written for these tests: signs and sends what a back end would. Its signing shares no line with
 * the simulator's.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { CALLBACK, get, post, SPA } from './helpers.mjs';

export const APP1 = { ...SPA, oauth1: { consumerKey: 'the-key', consumerSecret: 'the secret!' } };

const rfc3986 = (text) => Array.from(Buffer.from(text), (byte) => (/[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)).join('');

/**
 * The `Authorization` of a request.
 * @param over changes what the header says; `null` takes a parameter away
 * @param signedFor another origin than the address has
 */
export function authorization(method, address, { fields = {}, token = {}, over = {}, app = APP1.oauth1, signedFor, time = Date.UTC(2026, 10, 22) } = {}) {
  const url = new URL(address);
  const oauth = {
    oauth_consumer_key: app.consumerKey,
    oauth_nonce: randomUUID(),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(time / 1000)),
    oauth_version: '1.0',
    ...(token.oauth_token && { oauth_token: token.oauth_token }),
    ...over,
  };
  for (const name of Object.keys(oauth)) if (oauth[name] === null) delete oauth[name];
  const all = [...Object.entries(oauth), ...url.searchParams, ...Object.entries(fields)];
  const normal = all.map((pair) => pair.map(rfc3986).join('=')).sort().join('&');
  const base = [method, (signedFor ?? url.origin) + url.pathname, normal].map(rfc3986).join('&');
  const key = `${rfc3986(app.consumerSecret)}&${rfc3986(token.oauth_token_secret ?? '')}`;
  oauth.oauth_signature ??= createHmac('sha1', key).update(base).digest('base64');
  return `OAuth ${Object.entries(oauth).map(([name, value]) => `${name}="${rfc3986(value)}"`).join(', ')}`;
}

/** A signed request; what comes back is read, as a form or as JSON. */
export async function signed(simulator, method, path, options = {}) {
  const address = simulator.apiUrl + path;
  const headers = { Authorization: authorization(method, address, { time: simulator.clock.ms, ...options }) };
  const response = method === 'POST' ? await post(address, options.fields ?? {}, headers) : await get(address, headers);
  return read(response);
}

export async function read(response) {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text)) };
}

/** The code of X's answer, if it is a numbered error. */
export const codeOf = ({ status, body }) => [status, body.errors?.[0]?.code];

export const requestToken = (simulator, over = {}, options = {}) => signed(simulator, 'POST', '/oauth/request_token', { over: { oauth_callback: CALLBACK, ...over }, ...options });

/** The page for a request token; `press` sends its form. */
export async function openLevelConsent(simulator, oauth_token, { path = '/oauth/authorize', query = {}, cookie } = {}) {
  const headers = cookie ? { Cookie: cookie } : {};
  const response = await get(`${simulator.url}${path}?${new URLSearchParams({ oauth_token, ...query })}`, headers);
  const html = await response.text();
  const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1];
  return { response, html, ticket, press: (decision, account = 'ada_example', more = {}) => post(`${simulator.url}/oauth/authorize`, { ticket, account, decision }, more) };
}

/** A whole sign-in: the tokens of a person. */
export async function signInWith1(simulator, { account, over, app } = {}) {
  const token = (await requestToken(simulator, over, { app })).body;
  const back = new URL((await (await openLevelConsent(simulator, token.oauth_token)).press('approve', account)).headers.get('location'));
  const answer = await signed(simulator, 'POST', '/oauth/access_token', { app, token, over: { oauth_verifier: back.searchParams.get('oauth_verifier') } });
  return answer.body;
}
