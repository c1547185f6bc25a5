/**
 * What a run was: completed, correctly refused, or one of the three that must not be.
 * @module
 */

import { FAULTS } from './faults.mjs';

/**
 * @typedef {'completed' | 'refused' | 'wrong' | 'hung' | 'leaked'} Verdict
 * @typedef {{ verdict: Verdict, why: string[] }} Judgement
 */

/** What must not be. */
export const BAD = /** @type {const} */ (['wrong', 'hung', 'leaked']);

/**
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {import('./play.mjs').SeenInRun} seen
 * @returns {Judgement}
 */
export function judge(scenario, { tabs, counts, windows, missing }) {
  const { transport } = scenario;
  /** @type {Record<typeof BAD[number], string[]>} */
  const found = { hung: missing ? [missing] : [], wrong: [], leaked: windows.map((address) => `a popup is still open, at ${address}`) };
  const expected = { exchanges: 0, starts: 0 };
  let refused = false;

  for (const [index, { tab, ended, users, state, left }] of tabs.entries()) {
    const fault = /** @type {import('./faults.mjs').Fault} */ (FAULTS[tab.fault]);
    const ends = fault.ends[transport] ?? [];
    const success = ends.at(-1) === 'sign-in';
    const who = tabs.length > 1 ? `tab ${index} (${tab.fault}): ` : '';
    refused ||= !success;
    expected.exchanges += fault.exchanges;
    expected.starts += fault.starts ?? 1;
    if (!ended) {
      found.hung.push(`${who}no end; expected ${ends}`);
      continue;
    }
    const nothing = fault.orNothing && ended.length === 0;
    if (String(ended) !== String(ends) && !nothing) found.wrong.push(`${who}ended in ${ended}; expected ${ends}`);
    else if (success && String(users) !== tab.account) found.wrong.push(`${who}signed in as ${users}; it was ${tab.account} who approved`);
    else if (!ends[0]?.startsWith('page:') && state !== (success ? 'signed_in' : 'idle')) found.wrong.push(`${who}the element is ${state}`);
    found.leaked.push(...left.map((what) => who + what));
  }

  if (found.hung.length === 0) {
    const { page, backend, starts } = counts;
    if (page !== expected.exchanges || backend !== expected.exchanges) {
      found.wrong.push(`${page} exchanges by pages and ${backend} at X; expected ${expected.exchanges}`);
    }
    // By redirect, Back may ask X for its page anew.
    if (transport === 'popup' && starts !== expected.starts) found.wrong.push(`X’s page was asked for ${starts} times; expected ${expected.starts}`);
  }
  const worst = /** @type {const} */ (['hung', 'wrong', 'leaked']).find((kind) => found[kind].length > 0);
  if (!worst) return { verdict: refused ? 'refused' : 'completed', why: [] };
  return { verdict: worst, why: [...found.hung, ...found.wrong, ...found.leaked] };
}
