/** What the examples here have in common: the options, read from the environment, and a page. README.md has the names. */

/**
 * For `createHandler`.
 * @param {Record<string, string | undefined>} env
 * @param {(request: Request) => string | undefined} [addressOf] the address at the other end of the socket
 */
export const optionsFrom = (env, addressOf) => ({
  clientId: env.X_CLIENT_ID,
  clientSecret: env.X_CLIENT_SECRET,
  redirectUris: [`${env.ORIGIN}/auth/x/callback`],
  origin: env.ORIGIN,
  // With these alone the sealed session is in the cookie: there is no store to share, however many processes there are.
  secrets: env.SECRET,
  oauth1: env.X_API_KEY ? { consumerKey: env.X_API_KEY, consumerSecret: env.X_API_KEY_SECRET } : undefined,
  endpoints: env.SIMULATOR ? simulated(env.SIMULATOR) : undefined,
  // Each client may have X asked thirty times a minute. Behind a proxy every socket is the proxy's: then the header counts
  // that it writes, and takes away from what comes in. A request without it did not come through the proxy.
  clientOf: env.CLIENT_HEADER ? (request) => request.headers.get(env.CLIENT_HEADER) ?? 'nobody' : addressOf,
  onError: console.error,
});

/** Addresses by request, for runtimes that give them beside it. */
export function addressBook() {
  const addresses = new WeakMap();
  return {
    /** @param {Request} request @param {string | undefined} address */
    note(request, address) {
      addresses.set(request, address);
      return request;
    },
    /** @param {Request} request @returns {string | undefined} */
    of: (request) => addresses.get(request),
  };
}

/** X's endpoints at the simulator. @param {string} at such as `http://127.0.0.1:4001` */
const simulated = (at) => ({
  authorize: `${at}/i/oauth2/authorize`,
  token: `${at}/2/oauth2/token`,
  revoke: `${at}/2/oauth2/revoke`,
  user: `${at}/2/users/me`,
  oauth1: at,
});

export const home = '<!doctype html><title>Welcome</title><a href="/auth/x/start">Sign in with X</a>';
