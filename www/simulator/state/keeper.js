/**
 * Keeps a simulator's file at what the simulator is.
 * @module
 */
import { SimulatorStateError, stateFile } from './file.js';
import { parsed } from './snapshot.js';
import { isSame, keptOf, textOf } from './text.js';

/** @typedef {import('../types.js').World} World */

/**
 * @typedef {object} Keeper
 * @property {import('./snapshot.js').Restored | undefined} found what the file held at the start
 * @property {(world: World) => void} save if anything is new; throws a SimulatorStateError
 */

/**
 * @param {string | undefined} path
 * @returns {Keeper}
 */
export function createKeeper(path) {
  if (path === undefined) return { found: undefined, save() {} };
  if (typeof path !== 'string' || path === '') throw new TypeError('state is the path of a file');
  const file = stateFile(path);
  let last = file.read();
  const found = last === undefined ? undefined : parsed(path, last);
  file.tidy();
  /** @type {import('./text.js').Kept | undefined} */
  let kept;
  return {
    found,
    save(world) {
      const now = keptOf(world);
      if (kept && isSame(now, kept)) return;
      const text = textOf(now);
      if (text !== last) {
        // Two simulators on one file would undo each other's changes, and so would whoever edits it meanwhile.
        if (file.read() !== last) throw new SimulatorStateError('changed', path, 'was changed by somebody else', 'Use a file for each simulator, and end this one before you edit it.');
        file.write(text);
        last = text;
      }
      kept = now;
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
