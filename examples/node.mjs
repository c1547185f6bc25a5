/**
 * Node, without a framework.
 *
 *     node examples/node.mjs
 */
import { createServer } from 'node:http';
import { createHandler } from 'sign-in-with-x/server';
import { addressOf, toNodeListener } from 'sign-in-with-x/server/node';
import { home, optionsFrom } from './site.mjs';

const options = optionsFrom(process.env, addressOf);
const signIn = createHandler(options);
const listener = toNodeListener(signIn);

/** A route of the site's own: who is signed in. Of the request only the cookie is needed. */
async function me({ headers }, response) {
  const session = await signIn.getSession(new Request(options.origin, { headers: { cookie: headers.cookie ?? '' } }));
  response.writeHead(session ? 200 : 401, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  // Never the session itself: it holds the tokens.
  response.end(JSON.stringify(session?.user ?? null));
}

const server = createServer((request, response) => {
  if (request.url.startsWith('/auth/x/')) return listener(request, response);
  if (request.url === '/me') {
    // A session store may fail, and Node ends a process for an error that nobody takes.
    return me(request, response).catch((error) => {
      console.error(error);
      response.writeHead(500).end();
    });
  }
  response.writeHead(200, { 'Content-Type': 'text/html' }).end(home);
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
