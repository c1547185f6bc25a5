/** Runs programs: output kept or shown, a time limit, and nothing left behind when this process is stopped. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

/** A program that failed, with all that it printed. */
export class CommandFailed extends Error {
  /** @param {string} command @param {number} code @param {string} output */
  constructor(command, code, output) {
    super(`\`${command}\` ended with exit code ${code}`);
    this.name = 'CommandFailed';
    this.output = output;
  }
}

/** Each child leads a process group of its own; a time-out or Ctrl-C ends the whole group. @type {Set<number>} */
const groups = new Set();

/** @param {number} group @param {NodeJS.Signals} signal */
function endGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended by itself.
  }
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    for (const group of groups) endGroup(group, signal);
    // `npm start` listens too, and closes its servers first.
    if (groups.size > 0 || process.listenerCount(signal) === 1) process.exit(130);
  });
}

/**
 * @typedef {{ env?: Record<string, string | undefined>, cwd?: string, show?: boolean, minutes?: number }} RunOptions
 * `show` prints the output as it comes instead of keeping it; `minutes` is the time limit.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { env = {}, cwd = root, show = false, minutes = 30 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      detached: true,
    });
    let output = '';
    const group = child.pid;
    if (group !== undefined) groups.add(group);
    const limit = setTimeout(() => {
      output += `\n(ended after ${minutes} minutes without a result)\n`;
      if (group !== undefined) endGroup(group, 'SIGKILL');
    }, minutes * 60_000);
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    /** @param {number} code */
    const done = (code) => {
      clearTimeout(limit);
      if (group !== undefined) groups.delete(group);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      done(127);
    });
    child.on('close', (code) => done(code ?? 1));
  });
}

/**
 * Like `run`, but a failure throws.
 * @param {string} command @param {string[]} args @param {RunOptions} [options]
 * @returns {Promise<string>} what it printed
 */
export async function mustRun(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new CommandFailed([command, ...args].join(' '), code, output);
  return output;
}

/**
 * The full path of a program, or undefined.
 * @param {string} name
 * @param {string[]} [folders] where to look; PATH unless told
 */
export function which(name, folders = (process.env.PATH ?? '').split(delimiter)) {
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** `1 min 04 s` or `3.2 s`. @param {number} since a `performance.now()` */
export function elapsed(since) {
  const seconds = (performance.now() - since) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;
}
