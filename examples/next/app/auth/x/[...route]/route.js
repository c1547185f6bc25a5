/** Next.js, App Router, in its Node.js runtime: one route handler for all paths below /auth/x. */
import { signIn } from '../../../../sign-in.js';

/** @param {Request} request */
const handler = (request) => signIn()(request);

export { handler as GET, handler as POST };
