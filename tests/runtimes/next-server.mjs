/**
 * Stands in for Next.js, whose App Router calls a route handler with a `Request` and sends its `Response`, and which answers
 * HEAD and OPTIONS itself. Next.js, 340 MB with its compiler, is not run here. The same tests passed by hand on `next build`
 * and `next start` of 16.4.6, but for one: a path with a slash at its end gets a redirect of Next.js's own.
 */
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import * as route from './examples/next/app/auth/x/[...route]/route.js';

const server = createServer(async (message, outgoing) => {
  const { method } = message;
  if (!Object.hasOwn(route, method)) return outgoing.writeHead(method === 'OPTIONS' ? 204 : 405, { Allow: Object.keys(route).join(', ') }).end();
  const headers = Object.entries(message.headersDistinct).flatMap(([name, values]) => values.map((value) => [name, value]));
  const body = method === 'GET' ? undefined : Readable.toWeb(message);
  const response = await route[method](new Request(`http://localhost:${server.address().port}${message.url}`, { method, headers, body, duplex: 'half' }));
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'set-cookie': response.headers.getSetCookie() });
  outgoing.end(Buffer.from(await response.arrayBuffer()));
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
