/**
 * A backend under load, in a process of its own: says its address, and ends with the process that started it. X is a
 * function that answers at once, so what is measured is this half and no network but loopback.
 *
 * `node backend.mjs memory`, or `cookie`: where the sessions are.
 */
import { createServer } from 'node:http';
import { createHandler } from 'sign-in-with-x/server';
import { toNodeListener } from 'sign-in-with-x/server/node';
import { CALLBACK, ORIGIN, SECRET } from './what.mjs';

const tokens = { token_type: 'bearer', expires_in: 7200, access_token: 'a'.repeat(90), scope: 'users.read tweet.read' };
const profile = { data: { id: '2244994945', username: 'ada_example', name: 'Ada' } };
const headers = { 'content-type': 'application/json' };

const handler = createHandler({
  clientId: 'load',
  redirectUris: [CALLBACK],
  origin: ORIGIN,
  ...(process.argv[2] === 'cookie' && { secrets: SECRET }),
  fetch: async (url) => new Response(JSON.stringify(String(url).endsWith('/token') ? tokens : profile), { headers }),
});

const server = createServer(toNodeListener(handler)).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : ''}`);
});
process.on('disconnect', () => process.exit());
