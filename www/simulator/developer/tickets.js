/**
 * What makes a form of the developer console acceptable: once what makes something, as often as somebody likes what only
 * saves, so that whoever goes back can save again. Other sites can send forms here but cannot read a page.
 *
 * A ticket is a number and what proves that this simulator gave it out, so that none has to be remembered before it is
 * used: any site can have a page of the console loaded as often as it likes, and would push out those that are open.
 * @module
 */
import { createHmac, randomBytes } from 'node:crypto';
import { sameText } from '../constant-time.js';

/** So many used ones are remembered; what is older than those that were forgotten is refused. */
const MOST = 5000;

/** @typedef {{ open: () => string, isOpen: (ticket: string) => boolean, close: (ticket: string) => boolean }} Tickets */

/** @returns {Tickets} */
export function createTickets() {
  // Not from the seed: to look at a page must not change the codes that follow.
  const key = randomBytes(32);
  /** @param {number} number */
  const ticketOf = (number) => `${number}-${createHmac('sha256', key).update(String(number)).digest('base64url')}`;
  /** @type {Set<number>} */
  const used = new Set();
  let opened = 0;
  let oldest = 0;
  /** @param {string} ticket */
  const isOpen = (ticket) => {
    const number = Number.parseInt(ticket, 10);
    return sameText(ticket, ticketOf(number)) && number > oldest && !used.has(number);
  };
  return {
    open: () => ticketOf((opened += 1)),
    isOpen,
    close(ticket) {
      if (!isOpen(ticket)) return false;
      used.add(Number.parseInt(ticket, 10));
      for (const first of used) {
        if (used.size <= MOST) break;
        used.delete(first);
        oldest = Math.max(oldest, first);
      }
      return true;
    },
  };
}
