/**
 * Hono, here on Node; on the other runtimes the address comes from elsewhere, and the last line differs.
 *
 *     npm install hono @hono/node-server
 *     node examples/hono.mjs
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createHandler } from 'sign-in-with-x/server';
import { addressBook, home, optionsFrom } from './site.mjs';

const addresses = addressBook();
const signIn = createHandler(optionsFrom(process.env, addresses.of));

const app = new Hono();
app.all('/auth/x/*', (context) => signIn(addresses.note(context.req.raw, context.env.incoming.socket.remoteAddress)));
// A route of the site's own: who is signed in. Never the session itself: it holds the tokens.
app.get('/me', async (context) => {
  const session = await signIn.getSession(context.req.raw);
  return context.json(session?.user ?? null, session ? 200 : 401, { 'Cache-Control': 'no-store' });
});
app.get('/', (context) => context.html(home));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
