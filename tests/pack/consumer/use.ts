// A host written in TypeScript: every entry point has types, and they say what the contract says.
import { SignInError, createPkcePair, createSignIn, init, type SignInResult } from 'sign-in-with-x';
import 'sign-in-with-x/define';
import * as element from 'sign-in-with-x/element';
import { permissions } from 'sign-in-with-x/permissions';
import 'sign-in-with-x/permissions/define';
import 'sign-in-with-x/callback';
import { createHandler } from 'sign-in-with-x/server';
import { toNodeListener } from 'sign-in-with-x/server/node';
import { startSimulator } from 'sign-in-with-x/simulator';

await init();
const challenge: string = createPkcePair().codeChallenge;
const signIn = createSignIn({ clientId: 'client', redirectUri: 'https://example.com/auth/x/callback' });
const result: SignInResult = await signIn.signIn({ flow: 'popup' });
const returned: SignInResult | null = await signIn.handleCallback();
const error: Error = new SignInError('popup_blocked');
const respond: (request: Request) => Promise<Response> = createHandler({
  clientId: 'client',
  redirectUris: ['https://example.com/auth/x/callback'],
  origin: 'https://example.com',
});
const listener = toNodeListener(respond);
const simulator = await startSimulator();
await simulator.close();
const granted: string[] = permissions('tweet.read').view;
console.log(challenge, returned, error, listener, result, element, granted);

// @ts-expect-error: a client id is needed
createSignIn({ redirectUri: 'https://example.com/auth/x/callback' });
