/**
 * Express. It works behind a body parser too; broken bodies are then answered by the parser, so mount it before.
 *
 *     npm install express
 *     node examples/express.mjs
 */
import express from 'express';
import { createHandler } from 'sign-in-with-x/server';
import { addressOf, toNodeListener } from 'sign-in-with-x/server/node';
import { home, optionsFrom } from './site.mjs';

const options = optionsFrom(process.env, addressOf);
const signIn = createHandler(options);

const app = express();
app.use('/auth/x', toNodeListener(signIn));
// A route of the site's own: who is signed in. Of the request only the cookie is needed.
app.get('/me', async (request, response) => {
  const session = await signIn.getSession(new Request(options.origin, { headers: { cookie: request.headers.cookie ?? '' } }));
  // Never the session itself: it holds the tokens.
  response.status(session ? 200 : 401).set('Cache-Control', 'no-store').json(session?.user ?? null);
});
app.get('/', (_request, response) => response.send(home));

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
