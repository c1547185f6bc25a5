/**
 * Small pages of a host's own, for what the demo does not show: other configurations, frames, a site that means no good.
 * @module
 */

import { once } from 'node:events';
import { createServer } from 'node:http';

/** @typedef {{ clientId: string, redirectUri: string, authorize: string }} Config */

/**
 * A page with elements. What happens to them stands in `window.heard`, as `sign-in ada_example`, `sign-in-cancel`,
 * `sign-in-error popup_blocked`, `sign-out`, or the state's name; each element has its number as its id.
 * @param {Config} config
 * @param {Record<string, string>[]} [elements] their attributes, beyond those that every element needs
 * @param {{ head?: string, body?: string }} [more] HTML
 */
export function hostPage(config, elements = [{}], { head = '', body = '' } = {}) {
  const tags = elements.map((attributes, index) => {
    const all = { id: `x${index}`, 'client-id': config.clientId, 'redirect-uri': config.redirectUri, ...attributes };
    return `<sign-in-with-x ${Object.entries(all).map(([name, value]) => `${name}="${value}"`).join(' ')}></sign-in-with-x>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">${head}
<script type="module">
window.heard = [];
for (const name of ['sign-in', 'sign-in-error', 'sign-in-cancel', 'sign-in-state', 'sign-out'])
  document.addEventListener(name, ({ type, detail }) =>
    window.heard.push(type === 'sign-in-state' ? detail.state : [type, detail?.user?.username ?? detail?.code].filter(Boolean).join(' ')));
for (const element of document.querySelectorAll('sign-in-with-x')) element.endpoints = { authorize: ${JSON.stringify(config.authorize)} };
await import('/pkg/define.js');
</script></head><body>${tags.join('\n')}${body}</body></html>`;
}

/**
 * One such page, at `/host`, for `conditions.pages`.
 * @param {Parameters<typeof hostPage>[1]} elements
 * @param {Parameters<typeof hostPage>[2] & { headers?: Record<string, string> }} [more]
 * @returns {NonNullable<import('../../../www/demo/server.mjs').DemoOptions['pages']>}
 */
export const hostAt = (elements, { headers, ...more } = {}) => (path, config) =>
  path === '/host' ? { body: hostPage(config, elements, more), ...(headers && { headers }) } : undefined;

/**
 * Another site: `localhost` is one to a page on 127.0.0.1.
 * @param {Record<string, string>} pages HTML by path
 */
export async function startForeignSite(pages) {
  const server = createServer((request, response) => {
    const html = pages[String(request.url).split('?', 1)[0] ?? ''];
    response.writeHead(html === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
