/**
 * What tests, and people at a terminal, may do to a running simulator.
 * @module
 */
import { addApp, changeApp, removeApp } from './apps/changes.js';
import { issuedCodes, issuedTokens } from './issued.js';
import { checkCoop, checkUsername } from './options.js';

/** @typedef {import('./types.js').World} World */

/**
 * @typedef {object} Control
 * @property {(value: import('./types.js').Coop) => void} setCoop the Cross-Origin-Opener-Policy of pages and redirects
 * @property {(username: string | null) => void} autoApprove this account approves at once; null shows the page again
 * @property {(value: boolean) => void} autoCancel every sign-in is cancelled at once, whoever approves; false shows the page again
 * @property {(value: boolean) => void} signInFirst whoever is not signed in at X gets a page for that before the consent page
 * @property {(kind: string, values?: Record<string, unknown>) => void} fault see faults/kinds.js
 * @property {() => void} clearFaults
 * @property {(ms: number) => void} advance
 * @property {(type?: string) => import('./types.js').Event[]} events secrets are masked
 * @property {() => Record<string, number>} counts
 * @property {() => string[]} handedOver the callbacks that went to another browser (fault `second_browser`), oldest first: codes unmasked, for a test to open
 * @property {() => import('./issued.js').IssuedCode[]} codes that were given out, oldest first: unmasked
 * @property {() => import('./issued.js').IssuedToken[]} tokens of both protocols, likewise
 * @property {() => import('./types.js').RunningApp[]} apps as they are now, with their secrets
 * @property {(app: import('./types.js').App) => void} addApp this, the two that follow and `reset` throw a SimulatorStateError when what they did could not be saved
 * @property {(clientId: string, changes: Partial<import('./types.js').App>) => void} changeApp such as `{ suspended: true }`
 * @property {(clientId: string) => void} removeApp
 * @property {() => Record<string, unknown>} state
 * @property {() => void} reset back to the state after the start; what is under way ends
 */

/**
 * @param {World} world
 * @returns {Control}
 */
export function createControl(world) {
  const initial = { ...world.settings };
  const [apps, projects] = [[...world.apps], [...world.projects]];
  const faults = world.faults.waiting();
  /** Saved at once, as what the developer console does is; it holds also when that fails. @param {() => unknown} change */
  const saved = (change) => {
    change();
    const failure = world.save();
    if (failure) throw failure;
  };
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
    signInFirst(value) {
      if (typeof value !== 'boolean') throw new TypeError('signInFirst(value) takes true or false');
      world.settings.signInFirst = value;
    },
    fault: (kind, values) => world.faults.add(kind, values),
    clearFaults: () => world.faults.clear(),
    advance: (ms) => world.clock.advance(ms),
    events: (type) => world.journal.events(type),
    counts: () => world.journal.counts(),
    handedOver: () => world.store.handedOver(),
    codes: () => issuedCodes(world),
    tokens: () => issuedTokens(world),
    apps: () => structuredClone([...world.apps.values()]),
    addApp: (app) => saved(() => addApp(world, app)),
    changeApp: (clientId, changes) => saved(() => changeApp(world, clientId, changes)),
    removeApp: (clientId) => saved(() => removeApp(world, clientId)),
    state: () => ({
      url: world.url,
      apiUrl: world.apiUrl,
      ...world.settings,
      now: world.clock.now(),
      faults: world.faults.pending(),
      counts: world.journal.counts(),
    }),
    reset() {
      // First of all: what was under way must find nothing here.
      world.life.reset();
      Object.assign(world.settings, initial);
      const { journal, store, oauth1, sessions, approvals, rates, requests } = world;
      for (const part of [world.faults, journal, store, oauth1, sessions, approvals, rates, requests, world.apps, world.projects]) part.clear();
      for (const [id, project] of projects) world.projects.set(id, project);
      for (const [id, app] of apps) world.apps.set(id, app);
      for (const { name, values } of faults) world.faults.add(name, values);
      world.clock.reset();
      world.randomness.reset();
      saved(world.restore);
    },
  };
}
