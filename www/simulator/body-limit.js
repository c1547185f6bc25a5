/**
 * How much of a request is read, which is decided by its head: any web page can send to loopback, and what it sends is not
 * to fill the memory before anybody asks where it comes from.
 * @module
 */
import { hasLoopbackHost, isFromOwnPage } from './own-site.js';

/** Of a picture X takes 700 KB. More is read so that the page can say how much it is. */
const MOST_BYTES_OF_AN_ICON = 1024 * 1024;

/** The one form with a file in it, which says itself what it does not take. @param {string} path */
export const takesAnIcon = (path) => /^\/developer\/apps\/\d+\/icon$/.test(path);

/**
 * @param {import('node:http').IncomingMessage} message
 * @returns {number | undefined} bytes; none for the usual limit
 */
export function mostBytes({ url = '', method, headers }) {
  const isOurs = method === 'POST' && hasLoopbackHost({ headers }) && isFromOwnPage({ headers });
  return isOurs && takesAnIcon(url) ? MOST_BYTES_OF_AN_ICON : undefined;
}
