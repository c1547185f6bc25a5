/**
 * The bridge to `node:http` and to what is built on it (Express, Connect, Fastify's raw requests).
 * @module
 */

/**
 * @typedef {import('../../types/server-node.js').NodeRequest} NodeRequest
 * @typedef {import('../../types/server-node.js').NodeResponse} NodeResponse
 */

/** Above any limit of the handler, which answers 413 for what is longer than its own. */
const BODY_MAX = 65_536;

/** Milliseconds a body may take; what came until then is all there is. */
const BODY_PATIENCE = 10_000;

/** What the handler says with every answer (`ALWAYS`, src/server/answer.rs). */
const ALWAYS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

/** @type {WeakMap<Request, string | undefined>} */
const addresses = new WeakMap();

/** @type {import('../../types/server-node.js').addressOf} */
export const addressOf = (request) => addresses.get(request);

/** @type {import('../../types/server-node.js').toNodeListener} */
export function toNodeListener(handler) {
  return (incoming, outgoing) => {
    answer(handler, incoming).then((response) => write(response, incoming, outgoing)).catch(() => outgoing.destroy());
  };
}

/**
 * @param {(request: Request) => Promise<Response>} handler
 * @param {NodeRequest} incoming
 */
async function answer(handler, incoming) {
  const body = await readBody(incoming);
  let request;
  try {
    request = toRequest(incoming, body);
  } catch {
    // A method or an address that a Request cannot have: TRACE, CONNECT, `GET http://…`.
    return new Response(null, { status: 400, headers: ALWAYS });
  }
  addresses.set(request, incoming.socket?.remoteAddress);
  return handler(request);
}

/**
 * The host is a fixed word: nothing may be derived from what a client claims it to be.
 * @param {NodeRequest} incoming
 * @param {Uint8Array<ArrayBuffer>} body
 */
function toRequest(incoming, body) {
  // Express cuts the mount path off `url`.
  const path = incoming.originalUrl ?? incoming.url ?? '';
  if (!path.startsWith('/')) throw new TypeError('not a path');
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const url = new URL(`http://host.invalid${path}`);
  // `/auth/x/./exchange` and the like: a limit that the host puts on the route by its name must not be walked around.
  if (url.pathname !== path.split('?')[0]) throw new TypeError('not the path as written');
  const method = incoming.method ?? 'GET';
  const bodiless = method === 'GET' || method === 'HEAD';
  return new Request(url, { method, headers, body: bodiless ? null : body });
}

/**
 * The body, or its beginning when it is too long.
 * @param {NodeRequest} incoming
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
function readBody(incoming) {
  if (incoming.readableEnded) return Promise.resolve(parsedBefore(incoming.body));
  if (incoming.destroyed) return Promise.reject(new Error('the client is gone'));
  return new Promise((resolve, reject) => {
    /** @type {Uint8Array[]} */
    const chunks = [];
    let size = 0;
    const finish = () => {
      clearTimeout(late);
      resolve(join(chunks, size));
    };
    const late = setTimeout(finish, BODY_PATIENCE);
    incoming.on('data', (/** @type {Uint8Array} */ chunk) => {
      if (size > BODY_MAX) return;
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > BODY_MAX) {
        incoming.pause();
        finish();
      }
    });
    incoming.on('end', finish);
    incoming.on('error', reject);
    incoming.on('close', finish);
  });
}

/**
 * What a body parser in front of us has left.
 * @param {unknown} body
 */
function parsedBefore(body) {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

/** @param {Uint8Array[]} chunks @param {number} size */
function join(chunks, size) {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/**
 * @param {Response} response
 * @param {NodeRequest} incoming
 * @param {NodeResponse} outgoing
 */
async function write(response, incoming, outgoing) {
  /** @type {Record<string, string | string[]>} */
  const headers = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  // What was not read would be taken for the next request.
  if (!incoming.complete) headers.connection = 'close';
  const body = new Uint8Array(await response.arrayBuffer());
  outgoing.writeHead(response.status, headers);
  outgoing.end(body);
}
