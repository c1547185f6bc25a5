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
import { startDisplay } from './display.mjs';
import { engineNamed } from './engines.mjs';

/** A test run that is stopped must not leave browsers behind: without a listener these end Node before `exit` is told. */
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/** Milliseconds that a session may take to end. */
const QUIT = 20_000;

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @typedef {{ driver: import('selenium-webdriver').WebDriver, close: () => Promise<void> }} Opened */

/**
 * @param {string} name
 * @returns {Promise<{ engine: import('./engines.mjs').Engine, open: (session?: import('./engines.mjs').Circumstances & { proxy?: string }) => Promise<Opened>, close: () => Promise<void> }>}
 */
export async function startDriver(name) {
  const engine = engineNamed(name);
  const profiles = await mkdtemp(join(tmpdir(), 'sign-in-with-x-e2e-'));
  const display = engine.display ? await startDisplay() : undefined;
  /** @type {number[]} */
  const ports = [];
  const args = [];
  for (const word of engine.args) {
    if (word.includes('PORT')) ports.push(await freePort());
    args.push(word.replace('PORT', String(ports.at(-1))).replace('PROFILES', profiles));
  }
  // A group of its own, so that the browsers that it starts end with it.
  const start = () =>
    spawn(engine.driver, args, {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, ...(display && { DISPLAY: display.name, GDK_BACKEND: 'x11' }) },
    });
  let child = start();
  const sweep = () => rmSync(profiles, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  const atExit = () => {
    // At once: a browser that still tidies up would write its profile anew.
    endProcessGroup(child.pid, 'SIGKILL');
    display?.child.kill();
    sweep();
  };
  const cutShort = () => process.exit(1);
  process.once('exit', atExit);
  for (const signal of SIGNALS) process.once(signal, cutShort);
  const address = `http://127.0.0.1:${ports[0]}`;
  await Promise.race([answering(address), once(child, 'error').then(([error]) => Promise.reject(error))]);

  /** WebKitWebDriver was seen to answer for the end of a session never; the next one then needs another driver. */
  const quit = async (/** @type {import('selenium-webdriver').WebDriver} */ driver) => {
    const late = new AbortController();
    const done = driver.quit().then(() => true);
    const quitted = await Promise.race([done, wait(QUIT, false, { signal: late.signal })]);
    late.abort();
    if (quitted) return;
    done.catch(() => {});
    await ended(child, () => endProcessGroup(child.pid, 'SIGKILL'));
    child = start();
    await answering(address);
  };

  return {
    engine,
    async open({ proxy, ...circumstances } = {}) {
      const profile = await mkdtemp(join(profiles, 'profile-'));
      const driver = await new Builder()
        .disableEnvironmentOverrides()
        .usingServer(address)
        .withCapabilities(new Capabilities(engine.capabilities({ profile, proxy, ...circumstances })))
        .build();
      await driver.manage().setTimeouts({ script: 20_000, pageLoad: 20_000 });
      if (engine.devTools && circumstances.media) {
        const features = Object.entries(circumstances.media).map(([name, value]) => ({ name, value }));
        await /** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver).sendDevToolsCommand('Emulation.setEmulatedMedia', { features });
      }
      return { driver, close: () => quit(driver) };
    },
    async close() {
      await ended(child, () => endProcessGroup(child.pid, 'SIGTERM'));
      if (display) await ended(display.child, () => display.child.kill());
      sweep();
      process.off('exit', atExit);
      for (const signal of SIGNALS) process.off(signal, cutShort);
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => void} end
 */
async function ended(child, end) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  end();
  await exit;
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
