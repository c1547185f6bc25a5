/**
 * Sees as an HTTP proxy between the browser and everybody else, for an engine without WebDriver BiDi.
 *
 * Every request passes here, to whomever it goes. Each page gets one more script, before all of its own, that runs what
 * a test wants run first and reports what is written to the console. The page's policy is widened by that script's hash
 * and by nothing else that matters: a page that may not connect to itself may now, to report.
 * @module
 */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';

const REPORT = '/__witness';

/**
 * Runs in the page. `sendBeacon` also works in a window that closes itself.
 * @param {string} path
 */
const report = (path) => {
  /** @param {string} level @param {unknown[]} values */
  const tell = (level, values) => {
    const text = values.map((value) => (value instanceof Error ? `${value}\n${value.stack}` : typeof value === 'object' ? JSON.stringify(value) : String(value))).join(' ');
    navigator.sendBeacon(path, JSON.stringify({ level, text }));
  };
  for (const level of /** @type {const} */ (['debug', 'log', 'info', 'warn', 'error', 'trace', 'assert'])) {
    const write = console[level];
    console[level] = (...values) => {
      if (level !== 'assert' || !values[0]) tell(level === 'assert' ? 'error' : level, values);
      write.apply(console, values);
    };
  }
  addEventListener('load', () => tell('loaded', []));
  addEventListener('error', ({ message, filename, error }) => tell('error', [message, filename, error]));
  addEventListener('unhandledrejection', ({ reason }) => tell('error', ['Unhandled rejection', reason]));
};

/**
 * @param {string} policy
 * @param {string} script
 */
function widened(policy, script) {
  const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  const directives = policy.split(';').map((directive) => directive.trim()).filter(Boolean);
  for (const [name, source] of [['script-src', hash], ['connect-src', "'self'"]]) {
    const at = directives.findIndex((directive) => directive.startsWith(`${name} `));
    if (at < 0) directives.push(`${name} ${source}`);
    else if (!directives[at]?.includes(String(source))) directives[at] = `${directives[at]?.replace(" 'none'", '')} ${source}`;
  }
  return directives.join('; ');
}

/**
 * @param {import('./witness.mjs').Seen} seen
 * @returns {Promise<{ host: string, beforeEachPage: (script: string) => Promise<void>, close: () => Promise<void> }>}
 */
export async function startProxy({ requests, bodies, console, complaints, reading, loaded }) {
  const scripts = [`(${report})(${JSON.stringify(REPORT)});`];
  let count = 0;

  const server = createServer(async (request, response) => {
    const url = String(request.url);
    if (!URL.canParse(url)) return void response.writeHead(400).end();
    if (new URL(url).pathname === REPORT) {
      const { level, text } = JSON.parse(String(Buffer.concat(await request.toArray())));
      if (level === 'loaded') loaded.push(new URL(url).origin);
      else console.push(text);
      if (level === 'error' || level === 'warn') complaints.push(`${level}: ${text} (${new URL(url).origin})`);
      return void response.writeHead(204).end();
    }
    /** @type {import('./witness.mjs').Exchange} */
    const exchange = { at: performance.now(), id: String((count += 1)), method: String(request.method), url, referrer: request.headers.referer ?? '' };
    requests.push(exchange);
    reading.push(pass(request, response, exchange).catch(() => void request.socket.destroy()));
  });
  // TLS would not be readable; that somebody wanted it is.
  server.on('connect', (request, socket) => {
    requests.push({ at: performance.now(), id: String((count += 1)), method: 'CONNECT', url: `https://${request.url}/`, referrer: '' });
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @param {import('./witness.mjs').Exchange} exchange
   */
  async function pass(request, response, exchange) {
    const { method } = request;
    // What this proxy may have to change must not come packed, nor be said to be unchanged.
    const { 'accept-encoding': _, 'proxy-connection': __, ...headers } = request.headers;
    const onward = ask(exchange.url, { method, headers, agent: false });
    request.pipe(onward);
    const [answer] = /** @type {[import('node:http').IncomingMessage]} */ (await once(onward, 'response'));
    exchange.status = answer.statusCode;
    let body = Buffer.concat(await answer.toArray());
    bodies.push({ url: exchange.url, body: String(body) });
    const sent = { ...answer.headers };
    if (String(sent['content-type']).startsWith('text/html') && body.length > 0) {
      const script = scripts.join('\n');
      body = Buffer.from(String(body).replace(/<head>|<!doctype html>/i, (start) => `${start}<script>${script}</script>`));
      const policy = sent['content-security-policy'];
      if (policy) sent['content-security-policy'] = widened(policy, script);
      sent['content-length'] = String(body.length);
    }
    delete sent['transfer-encoding'];
    response.writeHead(answer.statusCode ?? 502, sent).end(body);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    host: `127.0.0.1:${port}`,
    async beforeEachPage(script) {
      scripts.push(`(${script})();`);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
