/** G13: whatever arrives, by whatever way, nothing breaks, and whoever is signed in still is. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { createHandler, memorySessions } from '../../www/src/server/index.js';
import { toNodeListener } from '../../www/src/server/node.js';
import { browser as client, http } from '../runtimes/client.mjs';
import { SECRET, browser } from './browser.mjs';
import { startX } from './canaries/x.mjs';
import { BODY, CALLBACK, ORIGIN, assertHardened } from './helpers.mjs';
import { nonsense } from './nonsense.mjs';

const COUNT = 500;

/** X says yes to everything, so every 5xx would be ours. */
async function hostile(t, seed) {
  const x = await startX(t);
  const told = [];
  const sessions = seed % 2 === 0 ? memorySessions() : undefined;
  const oauth1 = { consumerKey: 'key', consumerSecret: 'secret' };
  const options = { clientId: BODY.clientId, redirectUris: [CALLBACK], origin: ORIGIN, secrets: SECRET, oauth1, sessions, endpoints: x.endpoints, waitUntil: () => {} };
  const handler = createHandler({ ...options, onError: (error) => told.push(error) });
  const ada = browser(handler);
  assert.equal((await ada.post('/auth/x/exchange', BODY)).status, 200);
  // Somebody else's: who signs in beside a start of their own leaves the session that they had then.
  const noor = browser(handler);
  await noor.ask('/auth/x/start');
  const next = nonsense(seed, { start: noor.jar.get('sign-in-with-x-start'), session: ada.jar.get('sign-in-with-x').replace(/^./, 'A') });
  return { handler, ada, next, told };
}

for (const seed of [1, 2, 3, 4]) {
  test(`G13 G17: five hundred requests nobody sends, seed ${seed}: never a 5xx, never an exception`, async (t) => {
    const { handler, ada, next, told } = await hostile(t, seed);
    const statuses = new Map();
    for (let count = 0; count < COUNT; count += 1) {
      const { method, path, headers, body } = next();
      const request = new Request(ORIGIN + path, { method, headers, body });
      const response = await handler(request);
      assert.ok(response.status < 500, `${count}: ${method} ${path} ${response.status}`);
      assertHardened(response);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      // What a host asks on its own routes, with the same cookies.
      await handler.getSession(request);
      await handler.accessToken(request);
    }
    assert.deepEqual(told, []);
    for (const status of [400, 403, 404, 405]) assert.ok(statuses.get(status) > 5, `${status}: ${statuses.get(status)}`);
    assert.equal((await ada.session()).status, 200);
  });
}

test('G13 G17: five hundred requests nobody sends, over a socket: never a 5xx, and never a connection that breaks', async (t) => {
  const { handler, ada, next, told } = await hostile(t, 5);
  const server = createServer(toNodeListener(handler)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => { server.closeAllConnections(); server.close(); });
  const url = `http://127.0.0.1:${server.address().port}`;
  for (let count = 0; count < COUNT; count += 1) {
    const { method, path, headers, body } = next();
    const { status } = await http(url + path, { method, headers, body });
    assert.ok(status < 500, `${count}: ${method} ${path} ${status}`);
  }
  assert.deepEqual(told, []);
  assert.equal((await client(url).session({ cookie: `sign-in-with-x=${ada.jar.get('sign-in-with-x')}` })).status, 200);
});
