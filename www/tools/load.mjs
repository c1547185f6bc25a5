/**
 * `npm run load -- --seconds 5 --connections 10`: how much of the backend half one process of Node takes, on loopback, with
 * an X that answers at once. Prints requests per second and the time that 99 of 100 stay below, and ends by itself. The
 * figures are this machine's, at this moment.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { build } from './build.mjs';
import { BuildError } from './build/step.mjs';
import { EXCHANGE } from './load/what.mjs';
import { main } from './main.mjs';
import { at } from './paths.mjs';

/** @param {string} name @param {string | undefined} text @param {number} most */
function number(name, text, most) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new BuildError(`--${name} is a whole number from 1 to ${most}`);
  return value;
}

/** @param {string} url */
async function cookieOf(url) {
  const response = await fetch(`${url}/auth/x/exchange`, EXCHANGE);
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (response.status !== 200 || !cookie) throw new BuildError(`the backend answered ${response.status}`);
  return cookie;
}

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({ args, options: { seconds: { type: 'string', default: '5' }, connections: { type: 'string', default: '10' } } });
  const duration = number('seconds', values.seconds, 60);
  const connections = number('connections', values.connections, 200);
  await build();
  console.log(`${'route'.padEnd(10)}${'sessions'.padEnd(10)}${'requests/s'.padStart(12)}${'p99 ms'.padStart(9)}${'refused'.padStart(9)}`);
  for (const place of ['memory', 'cookie']) {
    const child = fork(at('www', 'tools', 'load', 'backend.mjs'), [place]);
    try {
      const [url] = /** @type {[string]} */ (await once(child, 'message', { signal: AbortSignal.timeout(30_000) }));
      const cookie = await cookieOf(url);
      for (const [route, request] of /** @type {const} */ ([['exchange', EXCHANGE], ['session', { headers: { cookie } }]])) {
        const { requests, latency, non2xx, errors } = await autocannon({ url: `${url}/auth/x/${route}`, duration, connections, ...request });
        console.log(`${route.padEnd(10)}${place.padEnd(10)}${requests.average.toFixed(0).padStart(12)}${String(latency.p99).padStart(9)}${String(non2xx + errors).padStart(9)}`);
        if (non2xx + errors > 0) process.exitCode = 1;
      }
    } finally {
      child.kill();
    }
  }
});
