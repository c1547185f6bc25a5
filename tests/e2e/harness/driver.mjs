/**
 * A driver process on a port of its own, and browser sessions from it. What is started here is ended here.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Builder, Capabilities } from 'selenium-webdriver';
import { ENGINES } from './engines.mjs';

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * @param {string} name
 * @returns {Promise<{ open: () => Promise<{ driver: import('selenium-webdriver').WebDriver, close: () => Promise<void> }>, close: () => Promise<void> }>}
 */
export async function startDriver(name) {
  const engine = ENGINES[name];
  if (!engine) throw new Error(`no engine "${name}"; there are: ${Object.keys(ENGINES).join(', ')}`);
  const port = await freePort();
  const [command = '', ...args] = engine.driver.map((word) => word.replace('PORT', String(port)));
  // A group of its own, so that the browsers that it starts end with it.
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  const endGroup = () => endProcessGroup(child.pid);
  process.once('exit', endGroup);
  const address = `http://127.0.0.1:${port}`;
  await Promise.race([answering(address), once(child, 'error').then(([error]) => Promise.reject(error))]);

  return {
    async open() {
      const profile = await mkdtemp(join(tmpdir(), 'sign-in-with-x-e2e-'));
      const driver = await new Builder()
        .disableEnvironmentOverrides()
        .usingServer(address)
        .withCapabilities(new Capabilities(engine.capabilities(profile)))
        .build();
      await driver.manage().setTimeouts({ script: 20_000, pageLoad: 20_000 });
      return {
        driver,
        async close() {
          await driver.quit();
          await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
        },
      };
    },
    async close() {
      const ended = once(child, 'exit');
      endGroup();
      await ended;
      process.off('exit', endGroup);
    },
  };
}

/** @param {string} address */
async function answering(address) {
  for (let tries = 0; tries < 100; tries += 1) {
    const up = await fetch(`${address}/status`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await wait(100);
  }
  throw new Error(`the driver does not answer at ${address}`);
}

/** @param {number | undefined} pid */
function endProcessGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
