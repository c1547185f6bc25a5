/**
 * What the package wants to reach, and whether it has.
 * @module
 */

import { fixed, times } from './table.mjs';

/**
 * @typedef {object} Target
 * @property {string} what
 * @property {boolean | undefined} met undefined: could not be measured
 * @property {string} why
 */

/** A limit that a figure must not pass. @param {string} what @param {number | undefined} figure @param {number} limit @param {(value: number) => string} written @returns {Target} */
export function atMost(what, figure, limit, written) {
  if (figure === undefined) return { what, met: undefined, why: 'there is no figure' };
  const over = figure - limit;
  return { what, met: over <= 0, why: `${written(figure)}, which is ${written(Math.abs(over))} ${over > 0 ? 'over' : 'below'} ${written(limit)}` };
}

/**
 * No later than another: by the medians. Where the interval holds 1, a next run may find it the other way round.
 * @param {string} what @param {ReturnType<typeof import('./statistics.mjs').ratio>} of @param {string} [where] what takes the time
 * @returns {Target}
 */
export function noLater(what, of, where) {
  if (!of) return { what, met: undefined, why: 'there is no figure' };
  const sure = of.interval[0] > 1 || of.interval[1] <= 1;
  const met = of.ratio <= 1;
  return { what, met, why: `${times(of)} times${sure ? '' : '; too near to be sure'}${!met && where ? `; ${where}` : ''}` };
}

/**
 * Before all others.
 * @param {string} what @param {number | undefined} own @param {[name: string, figure: number][]} others @param {string} unit
 * @returns {Target}
 */
export function first(what, own, others, unit) {
  const [best] = [...others].sort(([, one], [, other]) => one - other);
  if (own === undefined || !best) return { what, met: undefined, why: 'there is no figure' };
  return { what, met: own < best[1], why: `${fixed(own, 1)} ${unit}; the best of the others, ${best[0]}, takes ${fixed(best[1], 1)} ${unit}` };
}

/** Every time. @param {string} what @param {boolean[] | undefined} times @returns {Target} */
export function always(what, times) {
  if (!times?.length) return { what, met: undefined, why: 'there is no figure' };
  const good = times.filter(Boolean).length;
  return { what, met: good === times.length, why: `${good} of ${times.length}` };
}

/** @param {Target} target */
export const verdict = ({ met }) => (met === undefined ? 'not measured' : met ? 'met' : '**missed**');
