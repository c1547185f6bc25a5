/**
 * `npm start`: from a fresh clone to a page with a working "Sign in with X", against a simulator of X on this machine.
 */
import { createServer } from 'node:net';
import { main } from './main.mjs';
import { elapsed } from './run.mjs';
import { setupBuild } from './setup.mjs';

const preferredPorts = { demo: 3000, simulator: 4001 };

/** The Apps as they would be registered at X. Each of them may also sign in by OAuth 1.0a. */
const apps = [
  { clientId: 'ZGVtby1hcHA6MTpjaQ', type: /** @type {const} */ ('spa'), name: 'Demo App' },
  { clientId: 'c2VjcmV0LWFwcDoxOmNp', type: /** @type {const} */ ('web'), name: 'Confidential Demo App' },
];

/** The port if it is free, or one that is. @param {number} port @returns {Promise<number>} */
function freePort(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => (port === 0 ? reject(new Error('no free port')) : resolve(freePort(0))));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/** Imported late, because the demo imports the built package. */
async function startServers() {
  const { startSimulator } = await import('../simulator/index.js');
  const { startDemo } = await import('../demo/server.mjs');
  const port = await freePort(preferredPorts.demo);
  const simulator = await startSimulator({
    port: await freePort(preferredPorts.simulator),
    // The callback is compared byte for byte, so it is registered for the port that the demo really gets.
    apps: apps.map((app) => ({ ...app, redirectUris: [`http://127.0.0.1:${port}/auth/x/callback`] })),
  });
  const demo = await startDemo({ port, simulator });
  return { demo, simulator };
}

await main(import.meta.url, async () => {
  const since = performance.now();
  await setupBuild();
  const { build } = await import('./build.mjs');
  await build();
  const { demo, simulator } = await startServers();
  console.log(`\n  Sign in with X is at   ${demo.url}\n`);
  console.log(`  (ready after ${elapsed(since)}; X is simulated at ${simulator.url}; Ctrl-C ends both)\n`);

  const end = async () => {
    await Promise.allSettled([demo.close(), simulator.close()]);
    process.exit(0);
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
});
