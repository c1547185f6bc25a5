/**
 * Cloudflare Workers. The engine is a WebAssembly module of the package there, which `wrangler` finds by itself. Set
 * `compatibility_date` to 2025-08-08 or later, for `waitUntil`.
 *
 *     npx wrangler dev examples/worker.mjs
 */
import { env, waitUntil } from 'cloudflare:workers';
import { createHandler } from 'sign-in-with-x/server';
import { home, optionsFrom } from './site.mjs';

// A sign-out answers first and has X take the tokens back afterwards: the Worker must stay for that. Cloudflare itself writes
// the header; where it is missing, no visitor asks.
const signIn = createHandler({
  ...optionsFrom(env, (request) => request.headers.get('cf-connecting-ip') ?? undefined),
  waitUntil,
});

export default {
  /** @param {Request} request */
  fetch(request) {
    if (new URL(request.url).pathname.startsWith('/auth/x/')) return signIn(request);
    return new Response(home, { headers: { 'Content-Type': 'text/html' } });
  },
};
