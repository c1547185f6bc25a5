/**
 * Plays one scenario, and says what was seen. Whether that is right is judge.mjs's affair.
 * @module
 */

import { ACTS, approve, Missing, PRESSES } from './acts.mjs';
import { FAULTS } from './faults.mjs';
import { LIMITS } from './limits.mjs';

/**
 * @typedef {object} World what lives as long as the soak
 * @property {import('./stage.mjs').Stage} stage
 * @property {Awaited<ReturnType<typeof import('../../www/simulator/index.js').startSimulator>>} simulator
 * @property {Awaited<ReturnType<typeof import('./site.mjs').startSite>>} site
 *
 * @typedef {object} SeenInTab
 * @property {import('./scenarios.mjs').Tab} tab
 * @property {string[] | null} ended what the sign-in ended as; null: it has not
 * @property {string[]} users who the page was told signed in
 * @property {string} state the element's, or none on a callback page
 * @property {string[]} left what is in storage, or listens, or ticks
 *
 * @typedef {object} SeenInRun
 * @property {SeenInTab[]} tabs
 * @property {{ page: number, backend: number, starts: number }} counts
 * @property {string[]} windows addresses of the popups that should be gone
 * @property {string} [missing] what did not come, so that the rest could not be played
 */

/** What the tab shows now: the element's page, or a callback page that goes no further. */
const LOOK = `
const notice = document.querySelector('#sign-in-with-x-status')?.dataset.code;
if (!window.soak && !notice) return null;
const keys = [...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter((key) => key.startsWith('sign-in-with-x:'));
return notice ? { heard: ['page:' + notice], users: [], state: '', keys } : soak.status();`;

/** @param {import('./scenarios.mjs').Tab} tab */
const faultOf = (tab) => /** @type {import('./faults.mjs').Fault} */ (FAULTS[tab.fault]);

/**
 * @param {World} world
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @returns {Promise<SeenInRun>}
 */
export async function play(world, scenario) {
  const { stage, simulator, site } = world;
  const { control } = simulator;
  const { driver } = stage;

  control.reset();
  control.setCoop(scenario.xCoop);
  site.settings.coop = scenario.appCoop;
  site.settings.exchanges = 0;
  if (!scenario.page) control.autoApprove(String(scenario.tabs[0]?.account));

  /** @type {(import('./acts.mjs').Place & { rest: Record<string, number> })[]} */
  const places = [];
  for (const [index, tab] of scenario.tabs.entries()) {
    await stage.tab(index);
    await driver.get(`${site.url}/${scenario.flow}`);
    const rest = /** @type {Record<string, number>} */ (await driver.executeAsyncScript('soak.rest().then(arguments[0])'));
    places.push({ tab, index, rest, popups: [], pressed: 0 });
  }

  /** @type {import('./acts.mjs').Hand} */
  const hand = {
    stage,
    scenario,
    app: site.url,
    async press(place, press = 'click') {
      // A popup that somebody has to find again is told from those that were there.
      const followed = scenario.transport === 'popup' && press !== 'unasked' && (scenario.page || faultOf(place.tab).act);
      const before = followed ? await stage.popups() : [];
      await PRESSES[press](stage);
      place.pressed = performance.now();
      if (!followed) return;
      const opened = await stage.seen(async () => (await stage.popups()).find((/** @type {string} */ handle) => !before.includes(handle)), LIMITS.atX);
      // Where X approves at once, it may be gone again by now.
      if (opened) place.popups.push(opened);
      else if (scenario.page) throw new Missing('no popup came');
    },
  };

  /** @param {import('./acts.mjs').Place} place @param {number} times */
  const arm = ({ tab }, times) => {
    const [kind, values] = faultOf(tab).arm ?? [];
    if (kind) control.fault(kind, { ...values, times });
  };

  let missing;
  try {
    // Where X tells the tabs not apart, they all have the fault.
    if (!scenario.page && places[0]) arm(places[0], places.length);
    for (const place of places) {
      await stage.tab(place.index);
      await driver.sleep(place.tab.hesitates);
      const delay = scenario.delays[place.index];
      if (delay) control.fault('delay_ms', { ms: delay, stage: 'redirect' });
      await hand.press(place, faultOf(place.tab).press);
    }
    const decided = [];
    for (const place of scenario.order.map((index) => /** @type {typeof places[number]} */ (places[index]))) {
      const { act, arm: armed, press } = faultOf(place.tab);
      await driver.sleep(place.tab.thinks);
      if (scenario.page && armed) {
        // What is armed is for this tab: those before it must not be under way any more, nor the next one yet.
        for (const other of decided) await ended(stage, other, scenario);
        arm(place, 1);
      }
      if (act) await ACTS[act](hand, place);
      else if (scenario.page && press !== 'unasked') await approve(hand, place);
      if (scenario.page && armed) await ended(stage, place, scenario);
      decided.push(place);
    }
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    missing = error.message;
  }

  // All have ended before any is looked over: what one of them shares with the others is in use until then.
  const statuses = [];
  for (const place of places) statuses.push(await ended(stage, place, scenario));
  const tabs = [];
  for (const [index, place] of places.entries()) tabs.push(await look(stage, place, statuses[index]));
  return {
    tabs,
    windows: await openWindows(stage, places, scenario),
    counts: { page: site.settings.exchanges, backend: control.counts().tokenExchanges ?? 0, starts: control.counts().authorizeRequests ?? 0 },
    missing,
  };
}

/**
 * The end of a tab's sign-in, or what there is of it when the time is up.
 * @param {import('./stage.mjs').Stage} stage
 * @param {import('./acts.mjs').Place} place
 * @param {import('./scenarios.mjs').Scenario} scenario
 */
async function ended(stage, place, { transport }) {
  const { limit = LIMITS.end, ends, orNothing } = faultOf(place.tab);
  await stage.tab(place.index);
  const enough = orNothing ? 0 : (ends[transport]?.length ?? 1);
  return stage.seen(async () => {
    const status = /** @type {any} */ (await stage.driver.executeScript(LOOK));
    return status?.heard.length >= enough ? status : undefined;
  }, limit);
}

/**
 * What the end left in a tab.
 * @param {import('./stage.mjs').Stage} stage
 * @param {import('./acts.mjs').Place & { rest: Record<string, number> }} place
 * @param {any} status of the end, if it came
 * @returns {Promise<SeenInTab>}
 */
async function look(stage, { tab, index, rest }, status) {
  if (!status) return { tab, ended: null, users: [], state: '', left: [] };
  await stage.tab(index);
  if (status.heard[0]?.startsWith('page:')) {
    let { keys } = status;
    await stage.seen(async () => {
      ({ keys } = /** @type {any} */ (await stage.driver.executeScript(LOOK)));
      return keys.length === 0;
    }, LIMITS.flat);
    return { tab, ended: status.heard, users: [], state: '', left: keys.map((/** @type {string} */ key) => `${key.slice(0, 24)}… in storage`) };
  }
  // What the element became is asked before it is made to forget.
  const { heard, users, left } = /** @type {any} */ (
    await stage.driver.executeAsyncScript('soak.settle(arguments[0], arguments[1]).then(arguments[2])', rest, LIMITS.flat)
  );
  return { tab, ended: heard, users, state: status.state, left };
}

/**
 * Closes the popups that are still open, and says which of them should not have been.
 * @param {import('./stage.mjs').Stage} stage
 * @param {import('./acts.mjs').Place[]} places
 * @param {import('./scenarios.mjs').Scenario} scenario
 */
async function openWindows(stage, places, { appCoop, xCoop }) {
  const severed = appCoop === 'same-origin' || xCoop !== 'unsafe-none';
  const mayBeOpen = places.flatMap(({ tab, popups }) => {
    const { leaves = 'none' } = faultOf(tab);
    return leaves === 'may' || (leaves === 'maySeverOnly' && severed) ? popups : [];
  });
  const surplus = async () => (await stage.popups()).filter((/** @type {string} */ handle) => !mayBeOpen.includes(handle));
  await stage.seen(async () => (await surplus()).length === 0, LIMITS.windows);
  const wrong = await surplus();
  const addresses = [];
  for (const handle of wrong) {
    await stage.driver.switchTo().window(handle);
    // Without its query: the callback's holds the code.
    addresses.push(String((await stage.driver.getCurrentUrl()).split('?')[0]));
  }
  const open = await stage.popups();
  if (open.length > 0) await stage.shut(open);
  return addresses;
}
