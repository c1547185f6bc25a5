/** The site under test: a page with the button, the callback page, and the backend half. It knows nothing of the tests. */
import { readFile } from 'node:fs/promises';
import { createHandler } from 'sign-in-with-x/server';
import { toNodeListener } from 'sign-in-with-x/server/node';
import { callbackPage, home } from './pages.mjs';

const types = { css: 'text/css', js: 'text/javascript', wasm: 'application/wasm' };
const html = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/**
 * What `http.createServer` takes.
 * @param {object} settings
 * @param {string} settings.origin where people see the site
 * @param {string} settings.clientId
 * @param {string} settings.secret
 * @param {{ consumerKey: string, consumerSecret: string }} settings.oauth1
 * @param {Record<string, string>} [settings.endpoints] of a simulator, in the place of X
 */
export function createSite({ origin, clientId, secret, oauth1, endpoints }) {
  const callback = `${origin}/auth/x/callback`;
  const signIn = createHandler({
    clientId,
    origin,
    redirectUris: [callback],
    secrets: secret,
    oauth1,
    endpoints,
    callbackPage: () => new Response(callbackPage, { headers: html }),
  });
  const listener = toNodeListener(signIn);

  /** @param {import('node:http').IncomingMessage} request @returns {Promise<[Record<string, string>, string | Buffer] | undefined>} */
  async function answer({ url = '/', headers }) {
    const [path] = url.split('?');
    if (path === '/' || path === '/log-in') {
      const session = await signIn.getSession(new Request(origin, { headers: { cookie: headers.cookie ?? '' } }));
      const start = path === '/log-in' ? '/auth/x/oauth1/start' : undefined;
      return [html, home({ clientId, callback, start, authorize: endpoints?.authorize, user: session?.user })];
    }
    const [, name, type] = /^\/sign-in-with-x\/([\w-]+\.(css|js|wasm))$/.exec(path) ?? [];
    if (!name) return undefined;
    // Beside what the package exports lie the parts that it loads later.
    return [{ 'Content-Type': types[type] }, await readFile(new URL(name, import.meta.resolve('sign-in-with-x')))];
  }

  return (request, response) => {
    if (request.url.startsWith('/auth/x/')) return listener(request, response);
    return answer(request).then(
      (found) => (found ? response.writeHead(200, found[0]).end(found[1]) : response.writeHead(404).end()),
      (error) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  };
}
