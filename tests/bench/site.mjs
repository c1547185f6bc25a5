/**
 * One server on loopback for the pages, the contestants' files and the stand-in. Files are compressed before anybody asks; no
 * answer may be kept.
 * @module
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { packaged } from './bundles.mjs';
import { CONTESTANTS } from './contestants.mjs';
import { callbackPage, startPage } from './html.mjs';
import { createProvider } from './provider.mjs';

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size */
/** @typedef {{ method: string, path: string, at: number }} Asked */

const TYPES = /** @type {Record<string, string>} */ ({ '.js': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm', '.css': 'text/css; charset=utf-8' });
/** A page that severs its popups has a clock of 5 µs instead of 100 (High Resolution Time §10). */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** @param {string | Uint8Array} content */
const brotli = (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });

/** @param {import('node:http').IncomingMessage} request */
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {Map<string, Uint8Array>} bundles */
export async function startSite(bundles) {
  const provider = createProvider();
  /** @type {Map<string, { body: Buffer, type: string, size: Size }>} */
  const files = new Map();
  /** @type {Asked[]} */
  let asked = [];
  /** @type {{ found: (what: any) => boolean, resolve: (what: any) => void }[]} */
  let waiting = [];
  /** X's page stays as it is, or sends the person back at once. */
  let stays = true;
  let announced = '';

  /** @param {string} path */
  const fileAt = (path) => {
    const known = files.get(path);
    if (known) return known;
    const content = bundles.get(path) ?? packaged(path);
    if (!content) return undefined;
    const body = brotli(content);
    const size = { raw: content.length, gzip: gzipSync(content, { level: constants.Z_BEST_COMPRESSION }).length, brotli: body.length };
    const file = { body, type: TYPES[extname(path)] ?? 'application/octet-stream', size };
    files.set(path, file);
    return file;
  };

  /** @param {any} what */
  const heard = (what) => {
    const answered = waiting.filter(({ found }) => found(what));
    waiting = waiting.filter((one) => !answered.includes(one));
    for (const { resolve } of answered) resolve(what);
  };

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  const answer = async (request, response) => {
    const at = performance.now();
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', origin);
    const method = request.method ?? 'GET';
    /** @param {number} status @param {string} type @param {string | Buffer} body @param {Record<string, string>} [more] */
    const send = (status, type, body, more = {}) => void response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...more }).end(body);
    /** @param {unknown} value */
    const json = (value) => send(200, 'application/json', JSON.stringify(value));
    if (path === '/tell') {
      heard(JSON.parse(await bodyOf(request)));
      return send(204, 'text/plain', '');
    }
    asked.push({ method, path, at });
    heard({ asked: { method, path, at } });
    if (path === '/provider/authorize') {
      const callback = provider.authorize(query, origin);
      if (request.headers.accept === 'application/json') return json({ callback });
      return stays ? send(200, 'text/html', '<!doctype html><title>X</title>') : send(302, 'text/plain', '', { location: callback });
    }
    if (path === '/provider/oauth/token') {
      const body = await bodyOf(request);
      return json(provider.token(body.startsWith('{') ? new URLSearchParams(JSON.parse(body)) : new URLSearchParams(body)));
    }
    if (path === '/exchange') {
      await bodyOf(request);
      return json({ user: { id: '1', username: 'ada', name: 'Ada' }, scopes: ['users.read', 'tweet.read'] });
    }
    const [, kind, id] = path.split('/');
    const contestant = kind === 'page' || kind === 'callback' ? CONTESTANTS.find((one) => one.id === id) : undefined;
    if (contestant) {
      const buttons = Number(query.get('buttons') ?? 1);
      const module = contestant.preload ? announced : undefined;
      const html = kind === 'page' ? startPage(contestant, { flow: query.get('flow') ?? 'popup', buttons, announced: module, origin }) : callbackPage(contestant);
      return send(200, 'text/html; charset=utf-8', brotli(html), { 'content-encoding': 'br', ...(query.has('isolated') ? ISOLATED : {}) });
    }
    const file = fileAt(path);
    if (!file) return send(404, 'text/plain', `${path} is not there`);
    send(200, file.type, file.body, { 'content-encoding': 'br', 'content-length': String(file.body.length) });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;

  return {
    origin,
    /** From here on: what was asked for, and whether X's page stays. @param {{ stays?: boolean }} [how] */
    begin({ stays: staying = true } = {}) {
      asked = [];
      waiting = [];
      stays = staying;
    },
    get asked() {
      return asked;
    },
    /**
     * What a page tells, or is asked for, once; a page's own error ends the waiting.
     * @param {(what: any) => unknown} wanted
     * @param {number} milliseconds
     */
    hear(wanted, milliseconds = 20_000) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`nothing was heard in ${milliseconds / 1000} s`)), milliseconds);
        waiting.push({
          found: (what) => Boolean(what.error) || Boolean(wanted(what)),
          resolve: (what) => {
            clearTimeout(late);
            if (what.error) reject(new Error(what.error));
            else resolve(what);
          },
        });
      });
    },
    /** The module that some pages announce. @param {string} path */
    announce(path) {
      announced = path;
    },
    /** What is known of a file, and nothing of a page. @param {string} path @returns {Size | undefined} */
    sizeOf: (path) => (/\.(js|wasm|css)$/.test(path) ? fileAt(path)?.size : undefined),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startSite>>} Site */
