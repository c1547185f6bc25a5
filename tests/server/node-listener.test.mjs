/** The bridge to node:http, over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import test from 'node:test';
import { toNodeListener } from '../../www/src/server/node.js';
import { BODY, OURS, cookieOf, handlerFor, readSafely, startX } from './helpers.mjs';

async function serve(t, listener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** Sends bytes as they are; gives the first line of the answer. */
async function raw(url, text) {
  const socket = connect(new URL(url).port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

test('sign-in, session and sign-out over a socket', async (t) => {
  const url = await serve(t, toNodeListener(handlerFor(await startX(t))));
  const signedIn = await fetch(`${url}/auth/x/exchange`, { method: 'POST', headers: OURS, body: JSON.stringify(BODY) });
  assert.equal(signedIn.status, 200);
  assert.equal((await readSafely(signedIn)).user.username, 'ada');
  const cookie = cookieOf(signedIn);
  const session = await fetch(`${url}/auth/x/session?ignored=1`, { headers: { cookie } });
  assert.equal((await readSafely(session)).user.username, 'ada');
  assert.equal((await fetch(`${url}/auth/x/signout`, { method: 'POST', headers: { ...OURS, cookie } })).status, 204);
  assert.equal((await fetch(`${url}/auth/x/session`, { headers: { cookie } })).status, 204);
});

test('G13 G17: requests that no Request can be are answered as all others are', async (t) => {
  const url = await serve(t, toNodeListener(handlerFor(await startX(t))));
  const ours = new Map((await fetch(`${url}/auth/x/nothing`)).headers);
  const always = ['cache-control', 'x-content-type-options', 'referrer-policy', 'content-security-policy', 'cross-origin-resource-policy'];
  for (const [line, status] of [
    ['TRACE /auth/x/session', 400],
    ['GET http://evil.example/auth/x/session', 400],
    ['OPTIONS *', 400],
    // A limit on the route by its name must not be walked around.
    ['GET /auth/x/./session', 400],
    ['GET /auth/x/%2e/session', 400],
    ['GET /elsewhere/../auth/x/session', 400],
    ['GET //evil.example/auth/x/session', 404],
    ['POST /auth/x/exchange', 403],
  ]) {
    const answer = await raw(url, `${line} HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), line);
    for (const name of always) assert.ok(answer.toLowerCase().includes(`\r\n${name}: ${ours.get(name)}\r\n`), `${line} ${name}`);
  }
});

test('G13: a body that is too long is answered, and the connection closed', async (t) => {
  const url = await serve(t, toNodeListener(handlerFor(await startX(t))));
  const headers = Object.entries(OURS).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `POST /auth/x/exchange HTTP/1.1\r\nhost: a\r\n${headers}content-length: 10000000\r\n\r\n`;
  const answer = await raw(url, head + ' '.repeat(70_000));
  assert.match(answer, /^HTTP\/1.1 413 /);
  assert.match(answer, /connection: close/i);
});

test('behind Express: the mount path is cut off, the body is parsed already', async (t) => {
  const listener = toNodeListener(handlerFor(await startX(t)));
  const url = await serve(t, async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    listener(Object.assign(request, { originalUrl: request.url, url: request.url.replace('/auth/x', ''), body: JSON.parse(text) }), response);
  });
  const response = await fetch(`${url}/auth/x/exchange`, { method: 'POST', headers: OURS, body: JSON.stringify(BODY) });
  assert.equal(response.status, 200);
});
