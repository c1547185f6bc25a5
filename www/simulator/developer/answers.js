/**
 * How the console answers: a page, or the way to the page that shows what was done.
 * @module
 */
import { page } from '../http.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').World} World */

/** After the redirect that follows a form, by the word in the query. @type {Record<string, string>} */
const NOTICES = {
  saved: 'Saved. It holds from now on.',
  created: 'Created.',
  suspended: 'The App is suspended.',
  lifted: 'The suspension is lifted.',
  deleted: 'Deleted.',
  revoked: 'Revoked. It is refused from now on.',
};

/**
 * Its forms lead nowhere but here: unlike a consent page's they are followed by no redirect to an App.
 * @param {World} world
 * @param {string} html
 * @param {number} [status]
 * @returns {Reply}
 */
export function shown(world, html, status = 200) {
  const reply = page(world, status, html);
  return { ...reply, headers: { ...reply.headers, 'Content-Security-Policy': `${reply.headers['Content-Security-Policy']}; form-action 'self'` } };
}

/**
 * So that a reload sends no form again.
 * @param {World} world
 * @param {string} path
 * @param {keyof typeof NOTICES} done
 * @returns {Reply}
 */
export function seeOther(world, path, done) {
  const { headers } = page(world, 303, '');
  return { status: 303, headers: { ...headers, Location: `${path}?done=${done}` }, body: '' };
}

/** @param {import('../types.js').Request} request */
export const noticeOf = ({ query }) => {
  const done = new URLSearchParams(query).get('done') ?? '';
  return Object.hasOwn(NOTICES, done) ? { notice: NOTICES[done] } : {};
};
