/**
 * What a form of the developer console brought: its fields, and whether it may be believed.
 * @module
 */
import { isForm } from '../http.js';

/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

/**
 * What a form shows: at first what is so, and after a mistake what was typed, with what is wrong under the field's name.
 * @typedef {object} Form
 * @property {Record<string, string>} values
 * @property {Record<string, string>} errors
 * @property {string[]} callbacks one for each field, empty ones too
 * @property {string} [notice] of what was done, or why nothing was
 */

export const ALREADY_SENT = 'Nothing was saved: this form was sent before, or it is older than the simulator. Look it over, and send it again.';

/** @param {Partial<Form>} [form] @returns {Form} */
export const formOf = (form = {}) => ({ values: {}, errors: {}, callbacks: [], ...form });

/**
 * @param {World} world
 * @param {Request} request
 * @returns {{ fields: URLSearchParams, stale: boolean }}
 */
export function submitted({ tickets }, request) {
  const fields = new URLSearchParams(isForm(request) ? request.body : '');
  return { fields, stale: !tickets.close(fields.get('ticket') ?? '') };
}

/**
 * Trimmed: a space at an end of what was pasted is nobody's wish.
 * @param {URLSearchParams} fields
 * @returns {Record<string, string>}
 */
export const valuesOf = (fields) => Object.fromEntries([...fields].map(([name, value]) => [name, value.trim()]));
