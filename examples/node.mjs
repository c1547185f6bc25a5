/**
 * Node, without a framework.
 *
 *     node examples/node.mjs
 */
import { createServer } from 'node:http';
import { createHandler } from 'sign-in-with-x/server';
import { addressOf, toNodeListener } from 'sign-in-with-x/server/node';
import { home, optionsFrom } from './site.mjs';

const signIn = createHandler(optionsFrom(process.env, addressOf));
const listener = toNodeListener(signIn);

const server = createServer((request, response) => {
  if (request.url.startsWith('/auth/x/')) return listener(request, response);
  response.writeHead(200, { 'Content-Type': 'text/html' }).end(home);
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
