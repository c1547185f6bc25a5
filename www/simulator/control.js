/**
 * What tests, and people at a terminal, may do to a running simulator.
 * @module
 */
import { checkCoop, checkUsername } from './options.js';

/** @typedef {import('./types.js').World} World */

/**
 * @typedef {object} Control
 * @property {(value: import('./types.js').Coop) => void} setCoop the Cross-Origin-Opener-Policy of pages and redirects
 * @property {(username: string | null) => void} autoApprove this account approves at once; null shows the page again
 * @property {(value: boolean) => void} autoCancel every sign-in is cancelled at once, whoever approves; false shows the page again
 * @property {(kind: string, values?: Record<string, unknown>) => void} fault see faults/kinds.js
 * @property {() => void} clearFaults
 * @property {(ms: number) => void} advance
 * @property {(type?: string) => import('./types.js').Event[]} events secrets are masked
 * @property {() => Record<string, number>} counts
 * @property {() => string[]} handedOver the callbacks that went to another browser (fault `second_browser`), oldest first: codes unmasked, for a test to open
 * @property {() => Record<string, unknown>} state
 * @property {() => void} reset back to the state after the start
 */

/**
 * @param {World} world
 * @returns {Control}
 */
export function createControl(world) {
  const initial = { ...world.settings };
  return {
    setCoop(value) {
      world.settings.coop = checkCoop(value);
    },
    autoApprove(username) {
      world.settings.autoApprove = checkUsername(username, world.accounts);
    },
    autoCancel(value) {
      if (typeof value !== 'boolean') throw new TypeError('autoCancel(value) takes true or false');
      world.settings.autoCancel = value;
    },
    fault: (kind, values) => world.faults.add(kind, values),
    clearFaults: () => world.faults.clear(),
    advance: (ms) => world.clock.advance(ms),
    events: (type) => world.journal.events(type),
    counts: () => world.journal.counts(),
    handedOver: () => world.store.handedOver(),
    state: () => ({
      url: world.url,
      apiUrl: world.apiUrl,
      ...world.settings,
      now: world.clock.now(),
      faults: world.faults.pending(),
      counts: world.journal.counts(),
    }),
    reset() {
      Object.assign(world.settings, initial);
      for (const part of [world.faults, world.journal, world.store, world.oauth1]) part.clear();
      world.clock.reset();
    },
  };
}
