/**
 * Keeps a simulator's file at what the simulator is.
 * @module
 */
import { readText, SimulatorStateError, writeText } from './file.js';
import { parsed, textOf } from './snapshot.js';

/** @typedef {import('../types.js').World} World */

/**
 * @typedef {object} Keeper
 * @property {import('./snapshot.js').Restored | undefined} found what the file held at the start
 * @property {(world: World) => void} save if anything is new; throws a SimulatorStateError
 */

/**
 * @param {string | undefined} file
 * @returns {Keeper}
 */
export function createKeeper(file) {
  if (file === undefined) return { found: undefined, save() {} };
  if (typeof file !== 'string' || file === '') throw new TypeError('state is the path of a file');
  let last = readText(file);
  return {
    found: last === undefined ? undefined : parsed(file, last),
    save(world) {
      const text = textOf(world);
      if (text === last) return;
      // Two simulators on one file would undo each other's changes, and so would whoever edits it meanwhile.
      if (readText(file) !== last) throw new SimulatorStateError('changed', file, 'was changed by somebody else', 'Use a file for each simulator, and end this one before you edit it.');
      writeText(file, text);
      last = text;
    },
  };
}

/**
 * Saving after the start, where what goes wrong must not end the simulator: it is told, and tried again the next time.
 * @param {Keeper} keeper
 * @param {import('../journal.js').Journal} journal
 * @returns {(world: World) => Error | undefined}
 */
export function saving(keeper, journal) {
  let told = '';
  return (world) => {
    try {
      keeper.save(world);
      told = '';
      return undefined;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      // Once: every request tries again.
      if (failure.message !== told) journal.record('state_error', { message: failure.message });
      told = failure.message;
      return failure;
    }
  };
}
