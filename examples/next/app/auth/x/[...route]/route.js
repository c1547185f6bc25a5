/** Next.js, App Router, in its Node.js runtime: one route handler for all paths below /auth/x. */
import { createHandler } from 'sign-in-with-x/server';
import { optionsFrom } from '../../../../../site.mjs';

/** @type {import('sign-in-with-x/server').Handler | undefined} */
let signIn;

/** Made at the first request: `next build` loads this file where the secrets are not. @param {Request} request */
const handler = (request) => (signIn ??= createHandler(optionsFrom(process.env)))(request);

export { handler as GET, handler as POST };
