/**
 * Whether a request comes from where it must. Loopback is no protection from web pages: any tab can send forms to it, and
 * a name that was rebound to loopback (DNS rebinding) is the same site as its own pages.
 * @module
 */
import { isForm, parameters } from './http.js';
import { isLoopback } from './loopback.js';

/** @typedef {Pick<import('./types.js').Request, 'headers'>} Request */

/** @param {Request} request */
export const hasLoopbackHost = ({ headers: { host = '' } }) => isLoopback(host.replace(/:\d+$/, ''));

/**
 * A form of one of the simulator's own pages. Browsers mark where it comes from; older ones by `Origin` alone, which is
 * `null` in WebKit for a popup whose opener sends no referrers.
 * @param {Request} request
 */
export function isFromOwnPage({ headers }) {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return origin === undefined || origin.toLowerCase() === `http://${host}`.toLowerCase();
}

/**
 * Whether somebody is to see this page. A picture or a frame of another site that has this address shows none, and is given
 * no form that works: it could have so many opened that those which people have before them are forgotten.
 * @param {Request} request
 */
export const isForAWindow = ({ headers }) => (headers['sec-fetch-dest'] ?? 'document') === 'document';

/**
 * The form that a page of the simulator posted. Another site may post one here as well, but it cannot know what the page's
 * ticket is; and what a browser marks as coming from elsewhere is not even read.
 * @param {import('./types.js').Request} request
 * @returns {Map<string, string>} empty for a form from elsewhere
 */
export const ownForm = (request) => parameters(isForm(request) && isFromOwnPage(request) ? request.body : '').values;
