/** What server.mjs answers at /config.js: who this App is, where the stand-in for X listens, and the kinds of App. */
export const config: { clientId: string; redirectUri: string; authorize: string; choices: [import('./server.mjs').Choice, ...import('./server.mjs').Choice[]] };
