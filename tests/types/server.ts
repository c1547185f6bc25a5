// The backend half: options, the handler, stores.
import { createClient } from 'redis';
import { createHandler, memorySessions, redisSessions, renderButton, type Failure, type Handler, type HandlerOptions, type MediatedToken, type Session, type SessionStore, type SignedIn } from 'sign-in-with-x/server';
import { addressOf, toNodeListener } from 'sign-in-with-x/server/node';
import { holds, type Is } from './is.js';

const options: HandlerOptions = { clientId: 'client', redirectUris: ['https://app.example/auth/x/callback'], origin: 'https://app.example' };

const handler = createHandler({ ...options, clientSecret: undefined, endpoints: { token: undefined }, sessions: memorySessions({ max: 5 }) });
holds<Is<typeof handler, Handler>>();
holds<Is<ReturnType<Handler>, Promise<Response>>>();
holds<Is<ReturnType<Handler['getSession']>, Promise<Session | null>>>();
const listener = toNodeListener(handler);
const middleware = toNodeListener(async () => new Response());

// @ts-expect-error: which callbacks?
createHandler({ clientId: 'client', origin: 'https://app.example' });
// @ts-expect-error: whose pages?
createHandler({ clientId: 'client', redirectUris: [] });
// @ts-expect-error: a list, even of one
createHandler({ ...options, redirectUris: 'https://app.example/auth/x/callback' });
// @ts-expect-error: both halves of the consumer's name
createHandler({ ...options, secrets: ['s'], oauth1: { consumerKey: 'key' } });
// @ts-expect-error: a store must be able to forget
const store: SessionStore = { get: () => null, set: () => {} };
// @ts-expect-error: a handler answers with a Response
toNodeListener(async () => 'hello');

createHandler({ ...options, sessions: redisSessions(createClient(), { prefix: 'app:' }), clientOf: addressOf });
createHandler({ ...options, clientOf: (request) => request.headers.get('x-real-ip') ?? undefined });
// @ts-expect-error: a client is named by a text
createHandler({ ...options, clientOf: () => 5 });
// @ts-expect-error: the client, not its address
redisSessions('redis://127.0.0.1');

// G1: what the page gets has no token; what the backend stores has.
holds<Is<keyof SignedIn, 'user' | 'scopes' | 'returnTo'>>();
holds<Is<Session['accessToken'], string>>();
// Nor more than this where the host hands tokens out.
holds<Is<keyof MediatedToken, 'accessToken' | 'expiresIn' | 'scopes'>>();
createHandler({ ...options, tokenMediating: true });
// @ts-expect-error: a flag, not a text from the environment
createHandler({ ...options, tokenMediating: 'true' });

renderButton({ clientId: 'client', 'redirect-uri': 'https://app.example/auth/x/callback', width: 240, restore: true, label: null, 'data-test': 'x', class: 'wide' }, { nonce: 'abc' });
// @ts-expect-error: A13: what is written is public
renderButton({ clientId: 'client', clientSecret: 'secret' });
// @ts-expect-error: nor is a script an attribute
renderButton({ onclick: 'alert(1)' });

const told = (failure: Failure) => {
  // @ts-expect-error: there is no such error
  if (failure.error === 'unknown') return;
  return failure.retryAfter;
};
holds<Is<ReturnType<typeof told>, number | undefined>>();
