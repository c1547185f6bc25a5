/**
 * A file of settings that is whole at every moment: what is written goes into another file first, reaches the disk, and
 * then takes the name. It holds secrets, so nobody but its owner may read it. A link stays one: what it leads to is the file.
 * @module
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, fstatSync, fsyncSync, openSync, readdirSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

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
 * @typedef {object} StateFile
 * @property {() => string | undefined} read undefined when there is none yet
 * @property {(text: string) => void} write
 * @property {() => void} tidy from whoever else may read it, and from what a simulator that was killed has left beside it
 */

/**
 * @param {string} file as errors name it
 * @returns {StateFile}
 */
export function stateFile(file) {
  const place = placeOf(resolve(file));
  return {
    read() {
      try {
        return readFileSync(place, 'utf8');
      } catch (error) {
        if (reason(error) === 'ENOENT') return undefined;
        throw new SimulatorStateError('unreadable', file, `cannot be read (${reason(error)})`, 'Name a file, not a folder, that you may read.', error);
      }
    },
    write(text) {
      try {
        replace(place, text);
      } catch (error) {
        throw new SimulatorStateError('unwritable', file, `cannot be written (${reason(error)})`, 'Name a file in a folder that is there and that you may write to.', error);
      }
    },
    tidy() {
      for (const work of [makePrivate, removeDrafts]) {
        try {
          work(place);
        } catch {
          // None is there yet, or it is somebody else's, whose place the next write takes.
        }
      }
    },
  };
}

/** Where a link leads, also one whose end is not there yet. @param {string} path @returns {string} */
function placeOf(path) {
  try {
    return realpathSync(path);
  } catch (error) {
    if (reason(error) !== 'ENOENT') return path;
  }
  try {
    return placeOf(resolve(dirname(path), readlinkSync(path)));
  } catch {
    return path;
  }
}

/** @param {string} place @param {string} text */
function replace(place, text) {
  // Beside it, because a name can only be taken over within one file system.
  const draft = `${place}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A copy that was put back may be open to others. @param {string} place */
function makePrivate(place) {
  const handle = openSync(place, 'r');
  try {
    const { mode } = fstatSync(handle);
    if ((mode & 0o077) !== 0) fchmodSync(handle, 0o600);
  } finally {
    closeSync(handle);
  }
}

/** They hold secrets too. @param {string} place */
function removeDrafts(place) {
  const [folder, start] = [dirname(place), `${basename(place)}.`];
  for (const name of readdirSync(folder)) {
    if (name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length))) rmSync(join(folder, name), { force: true });
  }
}
