/// <reference types="sign-in-with-x/dist/sign-in-with-x.js" />
// What the script tag puts on the page, for one that is written in TypeScript and bundles nothing.
import type { Permissions, PkcePair, SignIn, SignInResult } from 'sign-in-with-x';
import type { SignInWithXElement } from 'sign-in-with-x/element';
import { holds, type Is } from './is.js';

await window.SignInWithX.init();
const pair = SignInWithX.createPkcePair();
holds<Is<typeof pair, PkcePair>>();
const x = globalThis.SignInWithX.createSignIn({ clientId: 'client', redirectUri: 'https://app.example/callback' });
holds<Is<typeof x, SignIn>>();
const shown = SignInWithX.permissions('tweet.read');
holds<Is<typeof shown, Permissions>>();
const help: string = SignInWithX.links.help;
try {
  holds<Is<Awaited<ReturnType<typeof x.signIn>>, SignInResult>>();
} catch (error) {
  if (error instanceof SignInWithX.SignInError) console.warn(error.code);
}

const nothing: void = SignInWithX.define();
customElements.define('host-sign-in', class extends SignInWithX.SignInWithXElement {});
// The element comes with it, and its events.
const button = document.querySelector('sign-in-with-x');
holds<Is<typeof button, SignInWithXElement | null>>();
button?.addEventListener('sign-in', ({ detail }) => holds<Is<typeof detail, SignInResult>>());

// @ts-expect-error: there is no such function
SignInWithX.signIn();
// @ts-expect-error A13: a page keeps no secret
SignInWithX.createSignIn({ clientId: 'client', redirectUri: 'https://app.example/callback', clientSecret: 'secret' });
