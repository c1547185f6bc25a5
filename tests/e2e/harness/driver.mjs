/**
 * A driver process on a port of its own, and browser sessions from it. What is started here is ended here.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Builder, Capabilities } from 'selenium-webdriver';
import { ENGINES } from './engines.mjs';

/** A test run that is stopped must not leave browsers behind: without a listener these end Node before `exit` is told. */
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM']);

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
  const profiles = await mkdtemp(join(tmpdir(), 'sign-in-with-x-e2e-'));
  // A group of its own, so that the browsers that it starts end with it.
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  const sweep = () => rmSync(profiles, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  const atExit = () => {
    // At once: a browser that still tidies up would write its profile anew.
    endProcessGroup(child.pid, 'SIGKILL');
    sweep();
  };
  const cutShort = () => process.exit(1);
  process.once('exit', atExit);
  for (const signal of SIGNALS) process.once(signal, cutShort);
  const address = `http://127.0.0.1:${port}`;
  await Promise.race([answering(address), once(child, 'error').then(([error]) => Promise.reject(error))]);

  return {
    async open() {
      const profile = await mkdtemp(join(profiles, 'profile-'));
      const driver = await new Builder()
        .disableEnvironmentOverrides()
        .usingServer(address)
        .withCapabilities(new Capabilities(engine.capabilities(profile)))
        .build();
      await driver.manage().setTimeouts({ script: 20_000, pageLoad: 20_000 });
      return { driver, close: () => driver.quit() };
    },
    async close() {
      const ended = once(child, 'exit');
      endProcessGroup(child.pid, 'SIGTERM');
      await ended;
      sweep();
      process.off('exit', atExit);
      for (const signal of SIGNALS) process.off(signal, cutShort);
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

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function endProcessGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
