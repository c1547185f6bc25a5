/**
 * The demo's server: the page, the callback page, the built package, and the backend half of the sign-in.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createHandler, memorySessions } from 'sign-in-with-x/server';
import { toNodeListener } from 'sign-in-with-x/server/node';
import { file } from './server/files.mjs';
import { CALLBACK, COMMON, contentSecurityPolicy } from './server/headers.mjs';

const HERE = new URL('./', import.meta.url);
const PKG = new URL('../../pkg/', import.meta.url);
const PHRASES = new URL('../src/languages/phrases.json', import.meta.url);
const BASE_PATH = '/auth/x';
/** Where the backend of the confidential App is; a site of one App has one. */
const CONFIDENTIAL_PATH = '/auth/confidential';
const CALLBACK_PATH = `${BASE_PATH}/callback`;
const PAGES = new Map([['/', 'index.html'], ['/playground', 'playground.html'], [CALLBACK_PATH, 'callback.html']]);

/**
 * The stand-in for X: where browsers reach it, where this server does, and the Apps that are registered there.
 * @typedef {{ clientId: string, clientSecret?: string, oauth1?: { consumerKey: string, consumerSecret: string } }} App
 * @typedef {{ url: string, apiUrl: string, apps: App[] }} Simulator
 */

/**
 * A kind of App, and what its buttons are told.
 * @typedef {{ kind: 'public' | 'confidential' | 'oauth1', clientId: string, exchange: string, start?: string }} Choice
 */

/** @typedef {{ type?: string, status?: number, body: string, headers?: Record<string, string> }} Page */

/**
 * @typedef {object} DemoOptions
 * @property {number} [port] default 3000; 0 takes any free one
 * @property {Simulator} simulator
 * @property {string} [clientId] default: that of the simulator's first App
 * @property {string | null} [coop] Cross-Origin-Opener-Policy of both pages; default none
 * @property {typeof fetch} [fetch] how the backend reaches X; tests listen in here
 * @property {(path: string, config: { clientId: string, redirectUri: string, authorize: string }) => Page | undefined | Promise<Page | undefined>} [pages]
 * more pages of the same site, and other answers for known paths
 * @property {(path: string, status: number) => void} [onRequest] told of each answered request, without its query
 */

/**
 * @param {DemoOptions} options
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startDemo(options) {
  const server = createServer();
  server.listen(options.port ?? 3000, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;
  const answer = createDemo(origin, options);

  server.on('request', async (request, response) => {
    response.on('finish', () => options.onRequest?.(pathOf(request), response.statusCode));
    try {
      await answer(request, response);
    } catch (error) {
      // The query may hold a code: only the path is printed.
      console.error(`${request.method} ${pathOf(request)}:`, error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });

  return {
    url: origin,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * @param {string} origin
 * @param {DemoOptions} options
 */
function createDemo(origin, { simulator, clientId = simulator.apps[0]?.clientId ?? '', coop = null, fetch = globalThis.fetch, pages = () => undefined }) {
  const redirectUri = `${origin}${CALLBACK_PATH}`;
  const config = { clientId, redirectUri, authorize: `${simulator.url}/i/oauth2/authorize` };
  const app = simulator.apps.find((known) => known.clientId === clientId) ?? { clientId };
  const confidential = simulator.apps.find((known) => known !== app && known.clientSecret);

  /** @param {string} basePath @param {App} app */
  const backendOf = (basePath, { clientId, clientSecret, oauth1 }) =>
    toNodeListener(
      createHandler({
        clientId,
        clientSecret,
        redirectUris: [redirectUri],
        origin,
        basePath,
        secrets: randomBytes(32).toString('base64'),
        sessions: memorySessions(),
        ...(oauth1 && { oauth1: { consumerKey: oauth1.consumerKey, consumerSecret: oauth1.consumerSecret } }),
        endpoints: {
          authorize: config.authorize,
          token: `${simulator.apiUrl}/2/oauth2/token`,
          user: `${simulator.apiUrl}/2/users/me`,
          // One address for both: the person goes there, and it is part of what is signed.
          oauth1: simulator.url,
        },
        fetch,
        onError: console.error,
      }),
    );
  const backends = new Map([[BASE_PATH, backendOf(BASE_PATH, app)]]);
  /** @type {Choice[]} */
  const choices = [{ kind: 'public', clientId, exchange: `${BASE_PATH}/exchange` }];
  if (confidential) {
    backends.set(CONFIDENTIAL_PATH, backendOf(CONFIDENTIAL_PATH, confidential));
    choices.push({ kind: 'confidential', clientId: confidential.clientId, exchange: `${CONFIDENTIAL_PATH}/exchange` });
  }
  if (app.oauth1) choices.push({ kind: 'oauth1', clientId, exchange: `${BASE_PATH}/exchange`, start: `${BASE_PATH}/oauth1/start` });

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  return async (request, response) => {
    if (request.headers.host !== new URL(origin).host) return elsewhere(request, response, origin);
    const path = pathOf(request);
    const other = await pages(path, config);
    if (other) return deliver(response, other.type ?? 'text/html; charset=utf-8', other.body, other.headers, other.status);
    for (const [basePath, backend] of backends) {
      if (path.startsWith(`${basePath}/`) && path !== CALLBACK_PATH) return backend(request, response);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    if (path === '/config.js') return deliver(response, 'text/javascript; charset=utf-8', `export const config = ${JSON.stringify({ ...config, choices })};\n`);

    if (path === '/locales.js') return deliver(response, 'text/javascript; charset=utf-8', await localesModule());

    const page = PAGES.get(path) ?? null;
    const found = page ? await file(HERE, page) : await find(path);
    if (!found) return response.writeHead(404, COMMON).end();
    return deliver(response, found.type, found.bytes, page ? pageHeaders(page, String(found.bytes)) : {});
  };

  /**
   * @param {string} page
   * @param {string} html
   */
  function pageHeaders(page, html) {
    const isCallback = page === 'callback.html';
    return {
      // The callback page runs no WebAssembly, so it is not allowed any.
      'Content-Security-Policy': contentSecurityPolicy({ html, wasm: !isCallback, avatars: simulator.url }),
      ...(isCallback ? CALLBACK : {}),
      ...(coop ? { 'Cross-Origin-Opener-Policy': coop } : {}),
    };
  }
}

/** The languages of the button, and the values of `text` that each has words for, for the playground. */
async function localesModule() {
  const phrases = JSON.parse(await readFile(PHRASES, 'utf8'));
  const locales = [...new Set(['en', ...Object.keys(phrases)])];
  const texts = Object.fromEntries(locales.map((tag) => [tag, Object.keys(phrases[tag].phrases)]));
  return `export const locales = ${JSON.stringify(locales)};\nexport const texts = ${JSON.stringify(texts)};\n`;
}

/** @param {string} path */
function find(path) {
  if (path.startsWith('/pkg/')) return file(PKG, path.slice('/pkg/'.length));
  // Pages have addresses of their own: under their file name they would come without their headers.
  return path.endsWith('.html') ? null : file(HERE, path.slice(1));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} type
 * @param {string | Buffer} body
 * @param {Record<string, string>} [headers]
 * @param {number} [status]
 */
function deliver(response, type, body, headers = {}, status = 200) {
  response.writeHead(status, { ...COMMON, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), ...headers }).end(body);
}

/**
 * X accepts no callback at `localhost`, and the session cookie belongs to one host: people who typed another name for
 * this machine are sent to the one that works.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} origin
 */
function elsewhere(request, response, origin) {
  if (request.method === 'GET' || request.method === 'HEAD') response.writeHead(307, { Location: `${origin}/`, ...CALLBACK }).end();
  else response.writeHead(421).end();
}

/** @param {import('node:http').IncomingMessage} request */
function pathOf(request) {
  return String(request.url).split('?', 1)[0] ?? '';
}
