/**
 * The app under soak: a page for each flow, the callback page, the built package, the backend half. Loopback only.
 * @module
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import { createHandler } from 'sign-in-with-x/server';
import { toNodeListener } from 'sign-in-with-x/server/node';
import { file } from '../../www/demo/server/files.mjs';

const FOLDERS = { '/pkg/': new URL('../../pkg/', import.meta.url), '/page/': new URL('./page/', import.meta.url) };
const CALLBACK = '/auth/x/callback';
const FLOWS = ['popup', 'auto', 'redirect'];

/**
 * @param {number} port
 * @param {Awaited<ReturnType<typeof import('../../www/simulator/index.js').startSimulator>>} simulator
 */
export async function startSite(port, simulator) {
  const url = `http://127.0.0.1:${port}`;
  const { clientId = '' } = simulator.apps[0] ?? {};
  const backend = toNodeListener(
    createHandler({
      clientId,
      redirectUris: [`${url}${CALLBACK}`],
      origin: url,
      endpoints: { token: `${simulator.apiUrl}/2/oauth2/token`, user: `${simulator.apiUrl}/2/users/me` },
    }),
  );

  /** Changed between runs. */
  const settings = {
    /** @type {string | null} Cross-Origin-Opener-Policy */
    coop: null,
    /** How often a page asked for an exchange. */
    exchanges: 0,
  };

  /** @param {string} flow */
  const app = (flow) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Soak</title>
<link rel="icon" href="data:,">
<script src="/page/count.js"></script>
<sign-in-with-x flow="${flow}" client-id="${clientId}" redirect-uri="${url}${CALLBACK}" identity="none"></sign-in-with-x>
<p><button id="with-signal">Sign in, for now</button></p>
<script type="module">
  document.querySelector('sign-in-with-x').endpoints = { authorize: '${simulator.url}/i/oauth2/authorize' };
</script>
<script type="module" src="/page/page.js"></script>`;

  const callback = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<script src="/pkg/callback.js"></script>
<title>Signing in</title>
<link rel="icon" href="data:,">
<p id="sign-in-with-x-status" role="status">Signing you in</p>`;

  const server = createServer(async (request, response) => {
    const [path = ''] = String(request.url).split('?');
    if (path === '/auth/x/exchange' && request.method === 'POST') settings.exchanges += 1;
    if (path.startsWith('/auth/x/') && path !== CALLBACK) return backend(request, response);
    const html = path === CALLBACK ? callback : FLOWS.includes(path.slice(1)) ? app(path.slice(1)) : undefined;
    if (html) {
      const headers = path === CALLBACK ? { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' } : { 'Cache-Control': 'no-cache' };
      const policy = settings.coop ? { 'Cross-Origin-Opener-Policy': settings.coop } : {};
      return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers, ...policy }).end(html);
    }
    const [prefix, folder] = Object.entries(FOLDERS).find(([start]) => path.startsWith(start)) ?? [];
    const found = prefix && folder ? await file(folder, path.slice(prefix.length)) : null;
    if (!found) return response.writeHead(404).end();
    // Nothing is built while a soak runs: each page may take what the last one loaded.
    return response.writeHead(200, { 'Content-Type': found.type, 'Cache-Control': 'max-age=3600' }).end(found.bytes);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url,
    settings,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
