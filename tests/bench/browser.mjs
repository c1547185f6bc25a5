/**
 * Chromium by its DevTools protocol, over a pipe: when this process goes, the pipe closes, and the browser ends with it.
 * The program and its flags are those of the end-to-end tests.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ENGINES } from '../e2e/harness/engines.mjs';

/** Milliseconds that a command may take, and the browser to end. */
const COMMAND = 60_000;
const QUIT = 5_000;

/** @typedef {(method: string, params?: object) => Promise<any>} Send */

/**
 * Commands and answers, each ended by a zero byte (Chromium's `--remote-debugging-pipe`).
 * @param {import('node:stream').Writable} out @param {import('node:stream').Readable} back
 */
function conversation(out, back) {
  let last = 0;
  let rest = '';
  /** @type {Map<number, { method: string, resolve: (result: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  /** @param {Error} error */
  const giveUp = (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  back.setEncoding('utf8').on('data', (text) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message);
      const command = waiting.get(id);
      if (!command) continue;
      waiting.delete(id);
      if (error) command.reject(new Error(`${command.method}: ${error.message}`));
      else command.resolve(result);
    }
  });
  back.on('close', () => giveUp(new Error('the browser has ended')));
  out.on('error', giveUp);
  /** @param {string | undefined} sessionId @returns {Send} */
  return (sessionId) => (method, params = {}) => {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => waiting.delete(id) && reject(new Error(`${method}: no answer in ${COMMAND / 1000} s`)), COMMAND);
      waiting.set(id, {
        method,
        resolve: (result) => (clearTimeout(timer), resolve(result)),
        reject: (error) => (clearTimeout(timer), reject(error)),
      });
      out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  };
}

/**
 * @typedef {object} Page a tab of a profile that nobody has used: no cache, no cookies, no compiled scripts
 * @property {Send} send
 * @property {(expression: string) => Promise<any>} evaluate waits for a promise
 * @property {(at: [x: number, y: number]) => Promise<void>} click as a mouse does it
 * @property {() => Promise<void>} close with every window that it has opened
 */

export async function startBrowser() {
  const profile = await mkdtemp(join(tmpdir(), 'sign-in-with-x-bench-'));
  const { capabilities } = /** @type {import('../e2e/harness/engines.mjs').Engine} */ (ENGINES.chromium);
  const { binary, args } = /** @type {{ binary: string, args: string[] }} */ (capabilities({ profile, proxy: undefined })['goog:chromeOptions']);
  const child = spawn(binary, [...args, '--remote-debugging-pipe', '--no-default-browser-check'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const failed = once(child, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  const [, , , out, back] = child.stdio;
  const to = conversation(/** @type {import('node:stream').Writable} */ (out), /** @type {import('node:stream').Readable} */ (back));
  const browser = to(undefined);
  const { product } = await Promise.race([browser('Browser.getVersion'), failed]);

  return {
    version: String(product),
    /** @param {string} url @param {{ slowed?: number }} [how] `slowed`: how many times slower the processor is @returns {Promise<Page>} */
    async open(url, { slowed = 1 } = {}) {
      const { browserContextId } = await browser('Target.createBrowserContext');
      const close = async () => void (await browser('Target.disposeBrowserContext', { browserContextId }));
      try {
        const { targetId } = await browser('Target.createTarget', { url: 'about:blank', browserContextId });
        const { sessionId } = await browser('Target.attachToTarget', { targetId, flatten: true });
        const send = to(sessionId);
        if (slowed !== 1) await send('Emulation.setCPUThrottlingRate', { rate: slowed });
        const { errorText } = await send('Page.navigate', { url });
        if (errorText) throw new Error(`${url}: ${errorText}`);
        return {
          send,
          async evaluate(expression) {
            const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
            if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
            return result.value;
          },
          async click([x, y]) {
            for (const type of ['mousePressed', 'mouseReleased']) await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
          },
          close,
        };
      } catch (error) {
        await close().catch(() => {});
        throw error;
      }
    },
    async close() {
      const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      await browser('Browser.close').catch(() => {});
      if (exit) await Promise.race([exit, wait(QUIT)]);
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
