/**
 * A program of a project that serves until it is ended.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds until it has to answer. */
const STARTS = 120_000;

/**
 * @param {[string, ...string[]]} command
 * @param {{ cwd: string, env: Record<string, string | undefined>, port: number }} where
 */
export async function startServer([program, ...args], { cwd, env, port }) {
  // A group of its own, so that what it starts ends with it.
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', end);
  const closed = once(child, 'close').catch(() => {});
  const stop = async () => {
    end();
    await closed;
    process.off('exit', end);
  };
  let failure = '';
  child.on('error', (error) => (failure = error.message));
  for (const until = performance.now() + STARTS; ; await wait(100)) {
    if (failure || child.exitCode !== null || performance.now() > until) {
      await stop();
      throw new Error(`${program} ${args.join(' ')} does not serve: ${failure}\n${output}`);
    }
    const up = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(STARTS) }).then((answer) => answer.arrayBuffer(), () => undefined);
    if (up) return { stop, said: () => output };
  }
}
