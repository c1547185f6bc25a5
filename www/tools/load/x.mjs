/** An X that answers at once, in a process of its own, so that every host asks it over a socket. */
import { createServer } from 'node:http';
import { listen } from './ready.mjs';

const tokens = JSON.stringify({ token_type: 'bearer', expires_in: 7200, access_token: 'a'.repeat(90), scope: 'users.read tweet.read' });
const profile = JSON.stringify({ data: { id: '2244994945', username: 'ada_example', name: 'Ada' } });

listen(createServer((request, response) => {
  request.resume();
  const body = request.method === 'POST' ? tokens : profile;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
}));
