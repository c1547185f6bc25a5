/**
 * What makes a form of the developer console acceptable, once. Other sites can send forms here but cannot read a page.
 * @module
 */
import { unseeded } from '../randomness.js';

/** So many forms may be open at a time; the oldest go first. */
const MOST = 500;

/** @typedef {{ open: () => string, close: (ticket: string) => boolean }} Tickets */

/** @returns {Tickets} */
export function createTickets() {
  /** @type {Set<string>} */
  const open = new Set();
  return {
    open() {
      const ticket = unseeded();
      open.add(ticket);
      for (const oldest of open) {
        if (open.size <= MOST) break;
        open.delete(oldest);
      }
      return ticket;
    },
    close: (ticket) => open.delete(ticket),
  };
}
