/**
 * What a scenario needs. See the files of harness/ for how it works.
 * @module
 */

export { assertNothingRemains, assertTalkedOnlyTo, secretsOf } from './harness/remains.mjs';
export { REFUSED_BY_X, REFUSED_EXCHANGE, useBrowser } from './harness/world.mjs';

/** @type {readonly import('./harness/person.mjs').Flow[]} */
export const FLOWS = ['popup', 'redirect'];
