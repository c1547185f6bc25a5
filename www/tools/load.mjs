/**
 * `npm run load -- --seconds 5 --connections 10`: how much of the backend half one process takes, in Node and in axum, on
 * loopback, with an X that answers at once. Prints requests per second and the time that 99 of 100 stay below, and ends by
 * itself. The figures are this machine's, at this moment, with the one that asks and X on it as well.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { build } from './build.mjs';
import { BuildError } from './build/step.mjs';
import { EXCHANGE, fromSomebody } from './load/what.mjs';
import { main } from './main.mjs';
import { at } from './paths.mjs';
import { mustRun } from './run.mjs';

/** The host, where its sessions are, and what runs it. */
const HOSTS = [['node', 'memory', 'node.mjs'], ['node', 'cookie', 'node.mjs'], ['axum', 'memory', 'axum.mjs']];

/** @param {string} name @param {string | undefined} text @param {number} most */
function number(name, text, most) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new BuildError(`--${name} is a whole number from 1 to ${most}`);
  return value;
}

/** A program of `load/`, with its address. @param {string} file @param {string[]} args */
async function started(file, args) {
  const child = fork(at('www', 'tools', 'load', file), args);
  const [url] = await once(child, 'message', { signal: AbortSignal.timeout(30_000) }).catch((error) => {
    child.kill();
    throw error;
  });
  return { url: /** @type {string} */ (url), child };
}

/** @param {string} url */
async function cookieOf(url) {
  const response = await fetch(`${url}/auth/x/exchange`, fromSomebody(EXCHANGE));
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (response.status !== 200 || !cookie) throw new BuildError(`the backend answered ${response.status}`);
  return cookie;
}

/** @param {(string | number)[]} cells */
const row = ([host, sessions, route, ...figures]) =>
  console.log([host, sessions, route].map((text) => String(text).padEnd(10)).join('') + figures.map((figure) => String(figure).padStart(12)).join(''));

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({ args, options: { seconds: { type: 'string', default: '5' }, connections: { type: 'string', default: '10' } } });
  const duration = number('seconds', values.seconds, 60);
  const connections = number('connections', values.connections, 200);
  console.log('load: builds the package, and the axum example as a host would release it; the first time that takes some minutes');
  await build();
  await mustRun('cargo', ['build', '--locked', '--example', 'axum', '--features', 'server', '--profile', 'host']);
  const x = await started('x.mjs', []);
  try {
    row(['host', 'sessions', 'route', 'requests/s', 'p99 ms', 'refused']);
    for (const [host, sessions, file] of HOSTS) {
      const { url, child } = await started(file, [x.url, sessions]);
      try {
        const cookie = await cookieOf(url);
        /** @type {[string, Partial<import('autocannon').Options>][]} */
        const routes = [['exchange', { ...EXCHANGE, requests: [{ setupRequest: fromSomebody }] }], ['session', { headers: { cookie } }]];
        for (const [route, request] of routes) {
          const { requests, latency, non2xx, errors } = await autocannon({ url: `${url}/auth/x/${route}`, duration, connections, ...request });
          row([host, sessions, route, requests.average.toFixed(0), latency.p99, non2xx + errors]);
          if (non2xx + errors > 0) process.exitCode = 1;
        }
      } finally {
        child.kill();
      }
    }
  } finally {
    x.child.kill();
  }
});
