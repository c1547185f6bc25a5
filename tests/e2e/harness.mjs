/**
 * What a scenario needs. See the files of harness/ for how it works.
 * @module
 */

import { engine, engineNamed } from './harness/engines.mjs';

export { hostAt, hostPage, startForeignSite } from './harness/host-page.mjs';
export { assertNothingRemains, assertTalkedOnlyTo, secretsOf } from './harness/remains.mjs';
export { REFUSED_BY_X, REFUSED_EXCHANGE, useBrowser } from './harness/world.mjs';

/** What the engine can and cannot do. */
export const underTest = engineNamed(engine);

/** @type {readonly import('./harness/person.mjs').Flow[]} */
export const FLOWS = ['popup', 'redirect'];
