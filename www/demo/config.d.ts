/** What server.mjs answers at /config.js: who this App is, and where the stand-in for X listens. */
export const config: { clientId: string; redirectUri: string; authorize: string };
