/**
 * The one handler of the app, for the route below /auth/x and for whatever asks who is signed in: `null` for nobody.
 *
 *     const session = await signIn().getSession(request); // in a route handler of yours
 *     const session = await signIn().getSession(new Request(process.env.ORIGIN, { headers: await headers() })); // in a page
 */
import { createHandler } from 'sign-in-with-x/server';
import { optionsFrom } from '../site.mjs';

/** @type {import('sign-in-with-x/server').Handler | undefined} */
let handler;

/** Made at the first request: `next build` loads this file where the secrets are not. */
export const signIn = () => (handler ??= createHandler(optionsFrom(process.env)));
