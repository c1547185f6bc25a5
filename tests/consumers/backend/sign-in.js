import { createHandler } from 'sign-in-with-x/server';

const { X_CLIENT_ID, ORIGIN, SIMULATOR } = process.env;
let handler;

/** Made at the first request: a build has no settings. */
export const signIn = () =>
  (handler ??= createHandler({
    clientId: X_CLIENT_ID,
    redirectUris: [`${ORIGIN}/auth/x/callback`],
    origin: ORIGIN,
    endpoints: { token: `${SIMULATOR}/2/oauth2/token`, user: `${SIMULATOR}/2/users/me`, revoke: `${SIMULATOR}/2/oauth2/revoke` },
  }));

/** The callback page; its script is a file of the site's own (copy.js). */
export const callbackPage = () =>
  new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><script src="/callback.js"></script><title>Signing in</title>
<link rel="icon" href="data:,"></head><body><div id="sign-in-with-x-status" role="status">Signing you in …</div></body></html>`,
    { headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' } },
  );
