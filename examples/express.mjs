/**
 * Express. Before any body parser: one in front would answer broken bodies itself.
 *
 *     npm install express
 *     node examples/express.mjs
 */
import express from 'express';
import { createHandler } from 'sign-in-with-x/server';
import { addressOf, toNodeListener } from 'sign-in-with-x/server/node';
import { home, optionsFrom } from './site.mjs';

const signIn = createHandler(optionsFrom(process.env, addressOf));

const app = express();
app.use('/auth/x', toNodeListener(signIn));
app.get('/', (_request, response) => response.send(home));

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
