/**
 * Deno, with the package in `node_modules` (`deno add npm:sign-in-with-x`).
 *
 *     deno run --allow-env --allow-net examples/deno.mjs
 */
import { createHandler } from 'sign-in-with-x/server';
import { addressBook, home, optionsFrom } from './site.mjs';

const addresses = addressBook();
const signIn = createHandler(optionsFrom(Deno.env.toObject(), addresses.of));

Deno.serve(
  { port: Number(Deno.env.get('PORT') ?? 3000), hostname: '127.0.0.1', onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`) },
  (request, { remoteAddr }) => {
    if (new URL(request.url).pathname.startsWith('/auth/x/')) return signIn(addresses.note(request, remoteAddr.hostname));
    return new Response(home, { headers: { 'Content-Type': 'text/html' } });
  },
);
