/**
 * An X display without a screen, for the engine that has no headless mode.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @returns {Promise<{ name: string, child: import('node:child_process').ChildProcess }>} */
export async function startDisplay() {
  // It takes a free number by itself, and says which one on descriptor 3 once it can be used.
  // By itself it starts anew when its last client goes, and refuses the browser that comes meanwhile (Xserver(1), -noreset);
  // WebKitWebDriver then waits for that browser for ever.
  const child = spawn('Xvfb', ['-displayfd', '3', '-noreset', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`Xvfb ended with ${code}`)));
  // Whoever waits for it hears of it; nobody else has to.
  ended.catch(() => {});
  const [number] = await Promise.race([once(/** @type {import('node:stream').Readable} */ (child.stdio[3]), 'data'), ended]);
  return { name: `:${String(number).trim()}`, child };
}
