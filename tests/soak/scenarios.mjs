/**
 * Scenarios from a seed: the same seed and number give the same scenario, alone or among others.
 * @module
 */

import { createChance } from './chance.mjs';
import { FAULTS } from './faults.mjs';

/**
 * @typedef {object} Tab
 * @property {string} fault a row of FAULTS
 * @property {string} account who approves
 * @property {number} hesitates ms before the click
 * @property {number} thinks ms at X before the decision
 *
 * @typedef {object} Scenario
 * @property {number} number
 * @property {import('./faults.mjs').Transport} transport
 * @property {'popup' | 'auto' | 'redirect'} flow the element's attribute
 * @property {string | null} appCoop Cross-Origin-Opener-Policy of the app's pages
 * @property {'unsafe-none' | 'same-origin-allow-popups' | 'same-origin' | 'noopener-allow-popups'} xCoop and of X's
 * @property {boolean} page somebody decides on X's page; otherwise X approves at once
 * @property {number[]} delays without a page: ms that X waits before it sends a browser back, by tab
 * @property {Tab[]} tabs in the order in which they start
 * @property {number[]} order in which they are decided on
 */

const APP_COOP = [null, 'same-origin-allow-popups', 'same-origin'];
const X_COOP = /** @type {const} */ (['unsafe-none', 'same-origin-allow-popups', 'same-origin', 'noopener-allow-popups']);
const TABS_MOST = 5;
/** One run in so many has several tabs, and one of the others goes through X's page although it need not. */
const SEVERAL = 7;
const THROUGH_PAGE = 4;

/** Every fault as many times as it weighs: a deck is dealt to its end, so that a short soak misses none for long. */
const DECK = Object.entries(FAULTS).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

/**
 * @param {number} seed
 * @param {number} number of the scenario, from 0
 * @param {string[]} accounts of the simulator
 * @returns {Scenario}
 */
export function scenario(seed, number, accounts) {
  // Numbers that are mixed in by a large odd factor do not overlap with the next seed's.
  const chance = createChance(Math.imul(seed, 0x9e3779b1) + Math.imul(number, 0x85ebca6b));
  const deal = createChance(Math.imul(seed, 0x9e3779b1) - 1 - Math.floor(number / DECK.length)).shuffled(DECK);
  const name = String(deal[number % DECK.length]);
  const fault = /** @type {import('./faults.mjs').Fault} */ (FAULTS[name]);
  const transport = chance.pick(fault.transports);
  const flow = transport === 'redirect' ? transport : chance.pick(fault.flows ?? /** @type {const} */ (['popup', 'auto']));
  const page = fault.page ?? chance.int(THROUGH_PAGE) === 0;
  // Without a page X tells the tabs not apart, and one that must be tried again would find the next one's fault.
  const alone = fault.act !== undefined && !page;
  const count = !alone && chance.int(SEVERAL) === 0 ? 2 + chance.int(TABS_MOST - 1) : 1;
  const victim = chance.int(count);
  const sole = chance.pick(accounts);
  const tabs = Array.from({ length: count }, (_, index) => ({
    // Where X tells the tabs apart, one of them has the fault, and the others must not notice.
    fault: !page || index === victim ? name : 'nothing',
    account: page ? chance.pick(accounts) : sole,
    hesitates: chance.int(80),
    thinks: page ? chance.int(160) : 0,
  }));
  return {
    number,
    transport,
    flow,
    appCoop: chance.pick(APP_COOP),
    xCoop: chance.pick(fault.severed ? X_COOP.filter((value) => value !== 'unsafe-none') : X_COOP),
    page,
    delays: page ? [] : tabs.map(() => chance.int(count > 1 ? 300 : 50)),
    tabs,
    order: chance.shuffled(tabs.map((_, index) => index)),
  };
}

/** In one line, for people. @param {Scenario} scenario */
export function described({ number, transport, flow, appCoop, xCoop, page, tabs, order }) {
  const faults = [...new Set(tabs.map(({ fault }) => fault))].join(' beside ');
  const several = tabs.length > 1 ? `, ${tabs.length} tabs${page ? ` decided in the order ${order.join(' ')}` : ''}` : '';
  return `${number}: ${transport} (flow ${flow}), ${faults}${several}${page ? ', on X’s page' : ''}; opener policies: app ${appCoop ?? 'none'}, X ${xCoop}`;
}
