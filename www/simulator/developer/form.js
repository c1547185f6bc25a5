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
 * @property {import('./answers.js').Notice} [notice] of what was done, or why nothing was
 */

/** @type {import('./answers.js').Notice} */
export const ALREADY_SENT = { words: 'Nothing was saved: this form was sent before, or it is older than the simulator. Look it over, and send it again.', tone: 'bad' };

/** @param {Partial<Form>} [form] @returns {Form} */
export const formOf = (form = {}) => ({ values: {}, errors: {}, callbacks: [], ...form });

/**
 * @param {World} world
 * @param {Request} request
 * @param {{ once: boolean }} how `once`: what is made or done, and not only saved
 * @returns {{ fields: URLSearchParams, stale: boolean }}
 */
export function submitted({ tickets }, request, { once }) {
  const fields = new URLSearchParams(isForm(request) ? request.body : '');
  const ticket = fields.get('ticket') ?? '';
  return { fields, stale: once ? !tickets.close(ticket) : !tickets.isOpen(ticket) };
}

/**
 * Trimmed: a space at an end of what was pasted is nobody's wish.
 * @param {URLSearchParams} fields
 * @returns {Record<string, string>}
 */
export const valuesOf = (fields) => Object.fromEntries([...fields].map(([name, value]) => [name, value.trim()]));
