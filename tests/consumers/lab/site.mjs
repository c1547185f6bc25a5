/**
 * The address that a person visits: the packed package's backend half, and before or behind it what the project built or
 * serves. It notes what it answered.
 * @module
 */

import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** @typedef {{ path: string, status: number, type: string, brotli: number }} Answer `brotli`: the bytes of the body, compressed */
/** @typedef {{ folders: string[] } | { port: number }} Behind files, looked for in one folder after the other; or another server */

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.json': 'application/json' };

/** As the callback page has to be answered, and does no harm elsewhere. */
const HEADERS = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/**
 * @param {number} port
 * @param {Behind} behind
 * @param {((request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void) | undefined} signIn
 *   none: the project has routes of its own for that
 */
export async function startSite(port, behind, signIn) {
  /** @type {Answer[]} */
  const answers = [];
  /** @param {string} path @param {number} status @param {string} type @param {Buffer} body */
  const note = (path, status, type, body) => answers.push({ path, status, type, brotli: body.length > 0 ? brotliCompressSync(body).length : 0 });

  const server = createServer(async (request, response) => {
    const path = String(request.url).split('?', 1)[0];
    if (signIn && ['/auth/x/exchange', '/auth/x/session', '/auth/x/signout'].includes(path)) return signIn(request, response);
    if ('port' in behind) return forward(request, response, behind.port, (status, type, body) => note(path, status, type, body));
    const file = behind.folders.flatMap((folder) => [path, `${path}.html`, `${path}/index.html`].map((name) => join(folder, name))).find((name) => existsSync(name) && statSync(name).isFile());
    const type = file ? (TYPES[extname(file)] ?? 'application/octet-stream') : 'text/plain';
    const body = file ? readFileSync(file) : Buffer.from('not found');
    note(path, file ? 200 : 404, type, body);
    response.writeHead(file ? 200 : 404, { 'Content-Type': type, ...HEADERS }).end(body);
  });
  // A development server tells its pages of changes by WebSocket.
  server.on('upgrade', (request, socket, head) => {
    if (!('port' in behind)) return socket.destroy();
    const onward = connect(behind.port, '127.0.0.1', () => {
      const lines = [];
      for (let at = 0; at < request.rawHeaders.length; at += 2) lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}\r\n`);
      onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) end.on('error', () => { socket.destroy(); onward.destroy(); });
    sockets.add(socket).add(onward);
  });
  /** @type {Set<import('node:stream').Duplex>} */
  const sockets = new Set();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    answers,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * As it came, to the server behind, and back.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {number} port
 * @param {(status: number, type: string, body: Buffer) => void} note
 */
function forward(request, response, port, note) {
  const { method, url, headers } = request;
  // Not compressed, so that a body is counted in one way.
  const onward = ask({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, 'accept-encoding': 'identity' }, agent: false }, (answer) => {
    /** @type {Buffer[]} */
    const chunks = [];
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('data', (chunk) => chunks.push(chunk)).on('end', () => note(answer.statusCode ?? 502, String(answer.headers['content-type'] ?? ''), Buffer.concat(chunks)));
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
