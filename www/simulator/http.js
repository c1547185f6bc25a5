/**
 * HTTP as data: requests are read whole, replies are plain objects. No rule of OAuth lives here, and nothing here (or
 * anywhere in the simulator) sets a CORS header: X's endpoints answer without them.
 * @module
 */

/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').Reply} Reply */
/** @typedef {import('./types.js').World} World */

const MOST_BYTES = 64 * 1024;

/**
 * @param {import('node:http').IncomingMessage} message
 * @param {number} [most] bytes of a body
 * @returns {Promise<Request>} without its body when that is too large
 */
export async function readRequest(message, most = MOST_BYTES) {
  /** @type {Buffer[]} */
  let chunks = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    // Read on without keeping: leaving the loop would cut the connection before the answer.
    if (size <= most) chunks.push(chunk);
    else chunks = [];
  }
  const bytes = Buffer.concat(chunks);
  // Cut by hand: `new URL` would read "//host" at the start of a path as a host.
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: message.headers,
    body: bytes.toString('utf8'),
    bytes,
    ...(size > most && { tooLarge: true }),
  };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Reply} reply
 */
export function writeReply(response, { status, headers, body, cut }) {
  if (cut) return void response.destroy();
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/**
 * @param {number} status
 * @param {unknown} value
 * @param {string} [type]
 * @returns {Reply}
 */
export function json(status, value, type = 'application/json') {
  return {
    status,
    headers: { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' },
    body: JSON.stringify(value),
  };
}

/**
 * HTML for a program that expected something else.
 * @param {number} status
 * @param {string} body
 * @returns {Reply}
 */
export function html(status, body) {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }, body };
}

/**
 * A page, with a policy that leaves it no script at all. There is no `form-action`: Chromium applies that one to the
 * redirect which follows a form, and the callback it leads to belongs to the App, which may redirect on to anywhere.
 * @param {World} world
 * @param {number} status
 * @param {string} body
 * @returns {Reply}
 */
export function page(world, status, body) {
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'self'",
      ...openerPolicy(world),
      ...COMMON,
    },
    body,
  };
}

/**
 * @param {World} world
 * @param {string} location
 * @returns {Reply}
 */
export function redirect(world, location) {
  // The opener policy goes on the redirect as well: a browser judges every response of a navigation.
  return { status: 302, headers: { Location: location, ...openerPolicy(world), ...COMMON }, body: '' };
}

const COMMON = { 'X-Frame-Options': 'SAMEORIGIN', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/** @param {World} world @returns {Record<string, string>} */
function openerPolicy({ settings: { coop } }) {
  return coop === null ? {} : { 'Cross-Origin-Opener-Policy': coop };
}

/**
 * The parameters of a query or a form body, and the names that came more than once (RFC 6749 §3.1 and §3.2 forbid it).
 * @param {string} encoded application/x-www-form-urlencoded
 * @returns {{ values: Map<string, string>, repeated: string[] }}
 */
export function parameters(encoded) {
  /** @type {Map<string, string>} */
  const values = new Map();
  /** @type {Set<string>} */
  const repeated = new Set();
  for (const [name, value] of new URLSearchParams(encoded)) {
    if (values.has(name)) repeated.add(name);
    else values.set(name, value);
  }
  return { values, repeated: [...repeated] };
}

/** @param {Pick<Request, 'headers'>} request */
export function isForm({ headers }) {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/**
 * @param {string} uri as registered, so it is left as it is
 * @param {[string, string][]} pairs in this order
 */
export function withParameters(uri, pairs) {
  const query = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
}
