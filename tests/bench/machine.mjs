/**
 * What the figures were measured on.
 * @module
 */

import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

function system() {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? `${type()} ${release()}`;
  } catch {
    return `${type()} ${release()}`;
  }
}

export const machine = () => ({
  processor: cpus()[0]?.model.trim() || 'unknown',
  cores: cpus().length,
  memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
  system: system(),
  node: process.version.slice(1),
});

/** How many programs wanted the processor, on average of the last minute, five and fifteen. */
export const load = () => loadavg().map((average) => average.toFixed(2)).join(', ');
