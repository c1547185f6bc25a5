// What createSignIn and its methods take.
import { createSignIn, init, type ButtonOptions, type Flow, type SignIn, type SignInOptions, type SignInRequest } from 'sign-in-with-x';
import { holds, type Is } from './is.js';

const needed = { clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' };

createSignIn(needed);
createSignIn({ ...needed, scopes: ['tweet.read', 'users.read'], exchange: '/auth/x/exchange', flow: 'redirect', timeout: 60_000 });
createSignIn({ ...needed, scopes: 'tweet.read users.read', handoff: true, endpoints: { authorize: 'http://localhost:4001/i/oauth2/authorize' } });

// @ts-expect-error: a client id is needed
createSignIn({ redirectUri: needed.redirectUri });
// @ts-expect-error: a callback is needed
createSignIn({ clientId: 'client' });
// @ts-expect-error A13: a page keeps no secret
createSignIn({ ...needed, clientSecret: 'secret' });
// @ts-expect-error: there is no such flow
createSignIn({ ...needed, flow: 'iframe' });
// @ts-expect-error: a page cannot ask X's token endpoint
createSignIn({ ...needed, endpoints: { token: 'https://api.x.com/2/oauth2/token' } });
// @ts-expect-error: milliseconds are a number
createSignIn({ ...needed, timeout: '60000' });
// @ts-expect-error: a slip is noticed
createSignIn({ ...needed, redirectURI: needed.redirectUri });
// @ts-expect-error: options are needed
createSignIn();

holds<Is<Flow, 'auto' | 'popup' | 'redirect'>>();
holds<Is<Extract<keyof SignInOptions, `${string}ecret${string}`>, never>>();

declare const signIn: SignIn;
declare const somewhere: Element;

signIn.signIn({ flow: 'popup', returnTo: '/account', signal: new AbortController().signal, params: { lang: 'en' } });
signIn.handleCallback(new URL('https://app.example/'));
signIn.authorizationUrl({ returnTo: '/' });
// @ts-expect-error: the address is for a redirect, whatever one may wish
signIn.authorizationUrl({ flow: 'popup' });
// @ts-expect-error: parameters are text
signIn.signIn({ params: { force_login: true } });
// @ts-expect-error: there is no such flow
signIn.signIn({ flow: 'iframe' });
// @ts-expect-error: the scopes are the configuration's
const request: SignInRequest = { scopes: ['tweet.write'] };

signIn.renderButton(somewhere, { locale: 'auto', label: 'Los!', phrases: { signedIn: '…' } });
const button = signIn.renderButton(somewhere, { theme: 'auto', width: 'fluid', onResult: ({ user }) => user?.username });
button.update({ width: 240, onError: ({ code }) => code });
button.remove();
// @ts-expect-error: the mark is black or white
const looks: ButtonOptions = { theme: 'blue' };
// @ts-expect-error: a button is drawn into an element
signIn.renderButton('#here');

init();
init({ wasm: new Uint8Array(), integrity: 'sha384-x' });
// @ts-expect-error: an unset variable is no address
init({ wasm: null });
init({ fallback: 'auto' });
// @ts-expect-error: it is no switch
init({ fallback: true });
