/**
 * Bun.
 *
 *     bun examples/bun.mjs
 */
import { createHandler } from 'sign-in-with-x/server';
import { home, optionsFrom } from './site.mjs';

const signIn = createHandler(optionsFrom(process.env));

const server = Bun.serve({
  port: Number(process.env.PORT ?? 3000),
  hostname: '127.0.0.1',
  routes: {
    '/auth/x/*': signIn,
    '/': new Response(home, { headers: { 'Content-Type': 'text/html' } }),
  },
});
console.log(`http://127.0.0.1:${server.port}`);
