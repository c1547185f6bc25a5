/**
 * The one handler of the app, for the route below /auth/x and for whatever asks who is signed in: `null` for nobody.
 *
 *     const session = await signIn().getSession(request); // in a route handler of yours
 *     const session = await signIn().getSession(new Request(process.env.ORIGIN, { headers: await headers() })); // in a page
 */
import { after } from 'next/server';
import { createHandler } from 'sign-in-with-x/server';
import { optionsFrom } from '../site.mjs';

/** @type {import('sign-in-with-x/server').Handler | undefined} */
let handler;

/**
 * Made at the first request: `next build` loads this file where the secrets are not. A sign-out answers first and has X take the
 * tokens back afterwards, which Next.js must know of where it stops with the answer. It tells no address: name your proxy's
 * header in CLIENT_HEADER, or nobody is limited.
 */
export const signIn = () => (handler ??= createHandler({ ...optionsFrom(process.env), waitUntil: (work) => after(() => work) }));
