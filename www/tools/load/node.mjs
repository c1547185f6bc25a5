/** `node:http` under load. `node node.mjs <address of X> memory`, or `cookie`: where the sessions are. */
import { createServer } from 'node:http';
import { createHandler } from 'sign-in-with-x/server';
import { toNodeListener } from 'sign-in-with-x/server/node';
import { listen } from './ready.mjs';
import { CALLBACK, CLIENT_HEADER, CLIENT_ID, ORIGIN, SECRET } from './what.mjs';

const [, , x, sessions] = process.argv;

const handler = createHandler({
  clientId: CLIENT_ID,
  redirectUris: [CALLBACK],
  origin: ORIGIN,
  endpoints: { token: `${x}/2/oauth2/token`, user: `${x}/2/users/me` },
  clientOf: (request) => request.headers.get(CLIENT_HEADER) ?? undefined,
  ...(sessions === 'cookie' && { secrets: SECRET }),
});

listen(createServer(toNodeListener(handler)));
