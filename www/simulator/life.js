/**
 * From the start to a reset, from one reset to the next, and to the end: what takes time belongs to the life in which it
 * began. A reset ends what is under way, which would otherwise do its work in a world that knows nothing of it.
 * @module
 */
import { json } from './http.js';

/** @typedef {import('./types.js').Reply} Reply */

/**
 * @typedef {object} Life
 * @property {() => AbortSignal} signal of the present one
 * @property {() => void} reset
 * @property {() => void} end
 */

const RESET = new Error('the simulator was reset');

/** @returns {Life} */
export function createLife() {
  let present = new AbortController();
  return {
    signal: () => present.signal,
    reset() {
      present.abort(RESET);
      present = new AbortController();
    },
    end: () => present.abort(),
  };
}

/**
 * @param {Life} life
 * @param {() => Promise<Reply>} work
 * @returns {Promise<Reply>} its answer, or that there is none
 */
export async function untilReset(life, work) {
  const signal = life.signal();
  try {
    return await work();
  } catch (error) {
    if (signal.reason !== RESET) throw error;
    // An answer, and no connection that is cut: browsers send again what got none, and that would come after the reset.
    return json(503, { title: 'The simulator was reset meanwhile', status: 503 });
  }
}
