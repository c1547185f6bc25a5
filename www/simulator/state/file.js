/**
 * A file of settings that is whole at every moment: what is written goes into another file first, reaches the disk, and
 * then takes the name. It holds secrets, so nobody but its owner may read it.
 * @module
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** @typedef {'unreadable' | 'broken' | 'version' | 'unwritable' | 'changed'} StateErrorCode */

/** What is wrong with a file of settings, and what to do about it. */
export class SimulatorStateError extends Error {
  /**
   * @param {StateErrorCode} code
   * @param {string} file
   * @param {string} problem
   * @param {string} fix
   * @param {unknown} [cause]
   */
  constructor(code, file, problem, fix, cause) {
    super(`the simulator's state file ${file} ${problem}. ${fix}`, { cause });
    this.name = 'SimulatorStateError';
    this.code = code;
    this.file = file;
    this.fix = fix;
  }
}

/** @param {unknown} error */
const reason = (error) => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

/**
 * @param {string} file
 * @returns {string | undefined} undefined when there is none yet
 */
export function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (reason(error) === 'ENOENT') return undefined;
    throw new SimulatorStateError('unreadable', file, `cannot be read (${reason(error)})`, 'Name a file, not a folder, that you may read.', error);
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
export function writeText(file, text) {
  // Beside it, because a name can only be taken over within one file system.
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new SimulatorStateError('unwritable', file, `cannot be written (${reason(error)})`, 'Name a file in a folder that is there and that you may write to.', error);
  }
}
