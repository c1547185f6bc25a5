/**
 * How the console answers: a page, or the way to the page that shows what was done.
 * @module
 */
import { page } from '../http.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').World} World */

/** What was done: its words, a link to what comes next, and whether it is good news. @typedef {{ words: string, link?: [path: string, words: string], tone?: 'bad' }} Notice */

/** After the redirect that follows a form, by the word in the query. @type {Record<string, Notice>} */
const NOTICES = {
  saved: { words: 'Saved. It holds from now on.' },
  created: { words: 'Created.' },
  suspended: { words: 'The App is suspended.', tone: 'bad' },
  lifted: { words: 'The suspension is lifted.' },
  deleted: { words: 'Deleted.' },
  revoked: { words: 'Revoked. It is refused from now on.' },
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
 * @param {string} done a word of NOTICES, or one that the page knows
 * @returns {Reply}
 */
export function seeOther(world, path, done) {
  const { headers } = page(world, 303, '');
  return { status: 303, headers: { ...headers, Location: `${path}?done=${done}` }, body: '' };
}

/** @param {import('../types.js').Request} request */
export const doneOf = ({ query }) => new URLSearchParams(query).get('done') ?? '';

/** @param {import('../types.js').Request} request @returns {{ notice?: Notice }} */
export function noticeOf(request) {
  const done = doneOf(request);
  const notice = Object.hasOwn(NOTICES, done) ? NOTICES[done] : undefined;
  return notice ? { notice } : {};
}
