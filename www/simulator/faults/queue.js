/**
 * The faults that wait. Each waits for the next time its stage is reached, acts once and is gone (or acts `times`
 * times).
 * @module
 */
import { checkFault } from './kinds.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('./kinds.js').Values} Values */
/** @typedef {{ name: string, kind: import('./kinds.js').Kind, stage: Stage, times: number, values: Values }} Waiting */

/**
 * @typedef {object} Faults
 * @property {(name: string, values?: Values) => void} add throws on an unknown kind or a bad parameter
 * @property {() => { kind: string, stage: Stage, times: number }[]} pending
 * @property {() => { name: string, values: Values }[]} waiting as they were set
 * @property {(stage: Stage) => Waiting[]} take those that act now, in the order in which they were set
 * @property {() => void} clear
 */

/** @returns {Faults} */
export function createFaults() {
  /** @type {Waiting[]} */
  let queue = [];
  return {
    add(name, values = {}) {
      // A copy: what was checked must not change while it waits.
      queue.push({ name, ...checkFault(name, values), values: structuredClone(values) });
    },
    pending: () => queue.map(({ name, stage, times }) => ({ kind: name, stage, times })),
    waiting: () => queue.map(({ name, values }) => ({ name, values })),
    take(stage) {
      const acting = queue.filter((fault) => fault.stage === stage);
      // Counted down before anything is awaited: a second request must not meet the same fault again.
      for (const fault of acting) fault.times -= 1;
      queue = queue.filter((fault) => fault.times > 0);
      return acting;
    },
    clear() {
      queue = [];
    },
  };
}
