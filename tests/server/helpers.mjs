/**
 * A handler in front of a scripted X: a real server on loopback that answers what the test tells it and remembers what
 * it was asked.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createHandler } from '../../www/src/server/index.js';

export const ORIGIN = 'http://127.0.0.1:3000';
export const CALLBACK = `${ORIGIN}/auth/x/callback`;
/** RFC 7636, appendix B. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

/** Whatever must never leave the backend, or be repeated by it. */
export const SECRETS = {
  code: 'canary-code-VGpkOEZGR3FRVGpkOEZGR3FR',
  access: 'canary-access-VGpkOEZGR3FRVGpkOEZGR3FR',
  refresh: 'canary-refresh-VGpkOEZGR3FRVGpkOEZGR3FR',
  client: 'canary-secret:+%',
  verifier: VERIFIER,
};

export const TOKENS = { token_type: 'bearer', expires_in: 7200, access_token: SECRETS.access, refresh_token: SECRETS.refresh, scope: 'users.read tweet.read offline.access' };
export const PROFILE = { data: { id: '9007199254740993', name: 'Ada <b>', username: 'ada', profile_image_url: 'https://pbs.twimg.com/a.jpg', protected: false } };

export const json = (status, value, headers = {}) => ({ status, headers: { 'content-type': 'application/json;charset=utf-8', ...headers }, body: JSON.stringify(value) });

/** `token` and `user` are replies, or functions from the request to one. */
export async function startX(t, { token = json(200, TOKENS), user = json(200, PROFILE) } = {}) {
  const seen = [];
  const replies = { '/token': token, '/user': user };
  const server = createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    const { pathname, searchParams } = new URL(message.url, 'http://x.test');
    const request = { method: message.method, pathname, searchParams, headers: message.headers, body: new URLSearchParams(body) };
    seen.push(request);
    const scripted = replies[pathname] ?? { status: 404 };
    const { status, headers = {}, body: text = '' } = typeof scripted === 'function' ? await scripted(request, response) : scripted;
    response.writeHead(status, headers).end(text);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, seen, paths: () => seen.map(({ pathname }) => pathname) };
}

/** A handler whose X is `x`. */
export const handlerFor = (x, options = {}) =>
  createHandler({ clientId: 'client', redirectUris: [CALLBACK], origin: ORIGIN, endpoints: { token: `${x.url}/token`, user: `${x.url}/user` }, ...options });

/** What our own page's fetch sends. */
export const OURS = { 'content-type': 'application/json', 'x-requested-with': 'sign-in-with-x', origin: ORIGIN, 'sec-fetch-site': 'same-origin' };

export const BODY = { code: SECRETS.code, codeVerifier: VERIFIER, redirectUri: CALLBACK, clientId: 'client' };

/** `undefined` takes a header away. */
export function ask(handler, method, route, { headers = {}, body, base = '/auth/x' } = {}) {
  const all = Object.entries({ ...(method === 'POST' ? OURS : {}), ...headers }).filter(([, value]) => value !== undefined);
  const text = method === 'GET' ? undefined : typeof body === 'object' && !(body instanceof ReadableStream) ? JSON.stringify(body) : body;
  return handler(new Request(`http://host.invalid${base}/${route}`, { method, headers: all, body: text, duplex: 'half' }));
}

export const exchange = (handler, { body = BODY, headers } = {}) => ask(handler, 'POST', 'exchange', { body, headers });

/** `name=value` of the answer's cookie. */
export const cookieOf = (response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

/** Signs in and gives the cookie back. */
export async function signIn(handler, headers) {
  const response = await exchange(handler, { headers });
  assert.equal(response.status, 200);
  return cookieOf(response);
}

/** Status, body and headers as one text, and no secret in it but those that belong there. @param {string[]} [given] by name */
export async function readSafely(response, given = []) {
  const text = await response.text();
  const everything = [response.status, text, ...[...response.headers].flat()].join('\n');
  for (const [name, secret] of Object.entries(SECRETS)) {
    if (given.includes(name)) continue;
    for (const form of [secret, encodeURIComponent(secret), btoa(secret)]) assert.ok(!everything.includes(form), `the answer holds the ${name}`);
  }
  assertHardened(response);
  return text === '' ? undefined : JSON.parse(text);
}

/** G17, and no CORS. */
export function assertHardened({ headers, status }) {
  assert.equal(headers.get('cache-control'), 'no-store', `${status}`);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
  assert.match(headers.get('content-security-policy'), /frame-ancestors 'none'/);
  assert.deepEqual([...headers.keys()].filter((name) => name.startsWith('access-control-')), []);
}

/** The failure of an answer. */
export async function failureOf(response) {
  const body = await readSafely(response);
  assert.ok(body.hint.length > 10, 'a hint');
  assert.equal(response.headers.getSetCookie().length, 0, 'no cookie on failure');
  return { status: response.status, ...body };
}
