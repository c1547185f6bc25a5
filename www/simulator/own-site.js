/**
 * Whether a request comes from where it must. Loopback is no protection from web pages: any tab can send forms to it, and
 * a name that was rebound to loopback (DNS rebinding) is the same site as its own pages.
 * @module
 */

/** @typedef {Pick<import('./types.js').Request, 'headers'>} Request */

/** @param {Request} request */
export const hasLoopbackHost = ({ headers }) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '');

/**
 * A form of one of the simulator's own pages. Browsers mark where it comes from; older ones by `Origin` alone.
 * @param {Request} request
 */
export function isFromOwnPage({ headers }) {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined || origin.toLowerCase() === `http://${host}`.toLowerCase();
}
