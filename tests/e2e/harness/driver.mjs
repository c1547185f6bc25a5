/**
 * A driver process on a port of its own, and browser sessions from it. What is started here is ended here.
 * @module
 */

import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
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
import { keepUserContexts } from './user-contexts.mjs';

/** A test run that is stopped must not leave browsers behind: without a listener these end Node before `exit` is told. */
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/** Milliseconds that a session may take to end. */
const QUIT = 20_000;

/** Milliseconds that a command may take: more than a page may take to load, and to run a script (`setTimeouts`). */
const COMMAND = 60_000;

/**
 * A port that was free a moment ago, and that nobody is given by chance until it is used: systems take those of outgoing
 * connections, and of servers without a wish, from higher ones (Linux from 32768, others from 49152, RFC 6335 section 6).
 * @returns {Promise<number>}
 */
export async function freePort() {
  const port = randomInt(10_240, 32_768);
  const server = createServer().listen(port, '127.0.0.1');
  const free = await once(server, 'listening').then(() => true, () => false);
  if (!free) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * @typedef {object} Opened a browser as nobody has used it before
 * @property {import('selenium-webdriver').WebDriver} driver
 * @property {(type: 'tab' | 'window') => Promise<void>} newWindow opens one, and looks at it
 * @property {() => Promise<import('selenium-webdriver').IWebDriverCookie[]>} cookies those that the page's requests bring
 * @property {() => Promise<void>} close
 */

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
  /**
   * Where profiles are user contexts: the session that they are of, and what it was asked for.
   * @type {{ circumstances: string, driver: import('selenium-webdriver').WebDriver, profiles: Awaited<ReturnType<typeof keepUserContexts>> } | undefined}
   */
  let kept;
  // A group of its own, so that the browsers that it starts end with it.
  const start = () =>
    spawn(engine.driver, args, {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, ...(display && { DISPLAY: display.name, GDK_BACKEND: 'x11' }) },
    });
  let child = start();
  const restart = async () => {
    kept = undefined;
    await ended(child, () => endProcessGroup(child.pid, 'SIGKILL'));
    child = start();
    await answering(address);
  };
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
    if ((await within(driver.quit(), QUIT)) === LATE) await restart();
  };

  /**
   * A command that is never answered must not hold up the whole run: it fails, and the next session has a new driver.
   * @template T
   * @param {string} command
   * @param {Promise<T>} work
   * @returns {Promise<T>}
   */
  const answered = async (command, work) => {
    const answer = await within(work, COMMAND);
    if (answer !== LATE) return answer;
    await restart();
    throw new Error(`the driver has not answered ${command} in ${COMMAND / 1000} s`);
  };

  /** @param {import('./engines.mjs').Circumstances & { proxy?: string }} circumstances */
  const session = async ({ proxy, ...circumstances }) => {
    const profile = await mkdtemp(join(profiles, 'profile-'));
    const driver = await answered(
      'newSession',
      new Builder()
        .disableEnvironmentOverrides()
        .usingServer(address)
        .withCapabilities(new Capabilities(engine.capabilities({ profile, proxy, ...circumstances })))
        .build(),
    );
    await driver.manage().setTimeouts({ script: 20_000, pageLoad: 20_000 });
    if (engine.devTools && circumstances.media) {
      const features = Object.entries(circumstances.media).map(([name, value]) => ({ name, value }));
      await /** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver).sendDevToolsCommand('Emulation.setEmulatedMedia', { features });
    }
    const execute = driver.execute.bind(driver);
    driver.execute = (/** @type {import('selenium-webdriver/lib/command.js').Command} */ command) =>
      answered(`${command.getName()} ${JSON.stringify(command.getParameters())}`, execute(command));
    return driver;
  };

  const letGo = async () => {
    const last = kept;
    kept = undefined;
    if (last) await quit(last.driver);
  };
  /** @param {import('./engines.mjs').Circumstances} circumstances */
  const inUserContext = async (circumstances) => {
    const asked = JSON.stringify(circumstances);
    if (kept?.circumstances !== asked) {
      await letGo();
      const driver = await session(circumstances);
      kept = { circumstances: asked, driver, profiles: await keepUserContexts(driver) };
    }
    const { driver, profiles: own } = kept;
    try {
      const { close, ...opened } = await own.open();
      // A browser that does not even do this is not for the next test.
      return { driver, ...opened, close: () => close().catch(letGo) };
    } catch (error) {
      await letGo();
      throw error;
    }
  };

  return {
    engine,
    /** One at a time. */
    async open({ proxy, ...circumstances } = {}) {
      if (engine.userContexts) return inUserContext(circumstances);
      const driver = await session({ ...circumstances, ...(proxy && { proxy }) });
      return {
        driver,
        newWindow: async (type) => void (await driver.switchTo().newWindow(type)),
        cookies: () => driver.manage().getCookies(),
        close: () => quit(driver),
      };
    },
    async close() {
      await letGo();
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

const LATE = Symbol('late');

/**
 * @template T
 * @param {Promise<T>} answer
 * @param {number} milliseconds
 * @returns {Promise<T | typeof LATE>}
 */
async function within(answer, milliseconds) {
  const timer = new AbortController();
  answer.catch(() => {});
  return Promise.race([answer, wait(milliseconds, LATE, { signal: timer.signal })]).finally(() => timer.abort());
}

/** @param {string} address */
async function answering(address) {
  for (let tries = 0; tries < 100; tries += 1) {
    const up = await fetch(`${address}/status`, { signal: AbortSignal.timeout(5000) }).then(
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
