/**
 * Bun.
 *
 *     bun examples/bun.mjs
 */
import { createHandler } from 'sign-in-with-x/server';
import { addressBook, home, optionsFrom } from './site.mjs';

const addresses = addressBook();
const signIn = createHandler(optionsFrom(process.env, addresses.of));

const server = Bun.serve({
  port: Number(process.env.PORT ?? 3000),
  hostname: '127.0.0.1',
  routes: {
    '/auth/x/*': (request, bun) => signIn(addresses.note(request, bun.requestIP(request)?.address)),
    '/': new Response(home, { headers: { 'Content-Type': 'text/html' } }),
  },
});
console.log(`http://127.0.0.1:${server.port}`);
