/**
 * Every kind of fault. A new one is one more row, in the file of the stage at which it acts.
 * @module
 */
import { isWhole } from './checks.js';
import { KINDS_AT_SEVERAL } from './kinds-at-several.js';
import { KINDS_OF_ENDPOINTS } from './kinds-of-endpoints.js';
import { KINDS_OF_REDIRECTS } from './kinds-of-redirects.js';

/** @typedef {import('../types.js').Stage} Stage */

/**
 * @typedef {object} Kind
 * @property {readonly Stage[]} stages where it can act; the first is where it does unless `stage` says otherwise
 * @property {Record<string, import('./checks.js').Check>} required
 * @property {Record<string, import('./checks.js').Check>} [optional]
 * @property {(subject: import('../types.js').FaultSubject, values: Values, world: import('../types.js').World, stage: Stage) => void | Promise<void>} apply
 */

/** @typedef {Record<string, unknown>} Values */

/** @type {Record<string, Kind>} */
export const KINDS = { ...KINDS_AT_SEVERAL, ...KINDS_OF_REDIRECTS, ...KINDS_OF_ENDPOINTS };

/**
 * @param {string} name
 * @param {Values} values
 * @returns {{ kind: Kind, stage: Stage, times: number }}
 * @throws {TypeError} on an unknown kind or a bad parameter
 */
export function checkFault(name, values) {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (!kind) throw new TypeError(`unknown fault "${name}"; there are: ${Object.keys(KINDS).join(', ')}`);
  const { stages, required, optional } = kind;
  /** @type {Kind['required']} */
  const known = { ...required, ...optional, times: isWhole(1, Number.MAX_SAFE_INTEGER) };
  if (stages.length > 1) known.stage = (value) => stages.some((stage) => stage === value);
  for (const parameter of Object.keys(required)) {
    if (!Object.hasOwn(values, parameter)) throw new TypeError(`fault "${name}" needs "${parameter}"`);
  }
  for (const [parameter, value] of Object.entries(values)) {
    if (!Object.hasOwn(known, parameter)) throw new TypeError(`fault "${name}" knows no "${parameter}"; it takes: ${Object.keys(known).join(', ')}`);
    if (!known[parameter]?.(value)) throw new TypeError(`fault "${name}": bad value for "${parameter}"`);
  }
  return { kind, stage: /** @type {Stage} */ (values.stage ?? stages[0]), times: Number(values.times ?? 1) };
}
