/**
 * What the person does: how they start, and what they do instead of simply deciding. Each click is the driver's own, so
 * that it counts with the popup blocker.
 * @module
 */

import { By, error as failures } from 'selenium-webdriver';
import { LIMITS, SEEN, TRY_AGAIN } from './limits.mjs';

/**
 * @typedef {object} Place one tab during a run
 * @property {import('./scenarios.mjs').Tab} tab
 * @property {number} index of the tab on the stage
 * @property {string[]} popups the windows that it opened, the newest last; those that are followed
 * @property {number} pressed when
 *
 * @typedef {object} Hand
 * @property {import('./stage.mjs').Stage} stage
 * @property {import('./scenarios.mjs').Scenario} scenario
 * @property {string} app where the app is
 * @property {(place: Place, press?: Press) => Promise<void>} press starts a sign-in, and follows it to X if need be
 *
 * @typedef {keyof typeof PRESSES} Press
 * @typedef {keyof typeof ACTS} Act
 */

/** Something that had to be there is not: the run hangs. */
export class Missing extends Error {
  name = 'Missing';
}

/**
 * Clicks, in a window that may close itself before the driver has answered for the click.
 * @param {import('./stage.mjs').Stage} stage
 * @param {string} css
 */
async function click({ driver }, css) {
  try {
    await driver.findElement(By.css(css)).click();
  } catch (error) {
    if (!(error instanceof failures.NoSuchWindowError)) throw error;
  }
}

const BUTTON = 'sign-in-with-x';

/** How a sign-in is started, in the tab. */
export const PRESSES = {
  click: (/** @type {import('./stage.mjs').Stage} */ stage) => click(stage, BUTTON),
  /** @param {import('./stage.mjs').Stage} stage */
  async double({ driver }) {
    await driver.actions().doubleClick(driver.findElement(By.css(BUTTON))).perform();
  },
  /** By the host's own button, which can take it back. */
  withSignal: (/** @type {import('./stage.mjs').Stage} */ stage) => click(stage, '#with-signal'),
  /** By a script, without anybody's click. */
  async unasked(/** @type {import('./stage.mjs').Stage} */ { driver }) {
    await driver.executeScript('soak.element.shadowRoot.querySelector("button").click()');
  },
};

/** To the window where X is: the last popup, or the tab itself. @param {Hand} hand @param {Place} place */
async function goToX({ stage, scenario }, { index, popups }) {
  if (scenario.transport === 'popup') await stage.driver.switchTo().window(String(popups.at(-1)));
  else await stage.tab(index);
}

/**
 * On X's page, once it is there. `false`: the window is gone.
 * @param {Hand} hand
 * @param {Place} place
 */
async function atX(hand, place) {
  await goToX(hand, place);
  const { driver } = hand.stage;
  const found = await hand.stage.seen(() => driver.findElement(By.id('authorize')), LIMITS.atX);
  if (!found) throw new Missing('X’s page did not come');
}

/** @param {Hand} hand @param {Place} place */
export async function approve(hand, place) {
  await atX(hand, place);
  const { stage } = hand;
  await click(stage, `input[name="account"][value="${place.tab.account}"]`);
  await click(stage, '#authorize');
}

/** Long enough after the last click for the next not to be its second half. @param {Hand} hand @param {Place} place */
const untilTryAgain = ({ stage }, { pressed }) => stage.driver.sleep(Math.max(0, pressed + TRY_AGAIN - performance.now()));

/** By Back, over X's page and the one after it: as many as there are. @param {Hand} hand @param {Place} place */
async function goBack({ stage, app }, { index }) {
  await stage.tab(index);
  const back = await stage.seen(async () => {
    if ((await stage.driver.getCurrentUrl()).startsWith(app)) return true;
    await stage.driver.navigate().back();
    return false;
  }, LIMITS.ready);
  if (!back || !(await stage.seen(() => stage.driver.executeScript('return Boolean(window.soak)'), LIMITS.ready))) throw new Missing('Back does not lead back');
  await stage.driver.executeAsyncScript('soak.ready().then(arguments[0])');
}

/** What somebody does instead of deciding. In the end the sign-in has ended, or will without them. */
export const ACTS = {
  /** @param {Hand} hand @param {Place} place */
  async cancel(hand, place) {
    await atX(hand, place);
    await click(hand.stage, '#cancel');
  },

  /** As by the window's close button; the keyboard is the page's again. @param {Hand} hand @param {Place} place */
  async close(hand, place) {
    const { stage } = hand;
    await atX(hand, place);
    await stage.driver.sleep(SEEN);
    await stage.driver.close();
    await stage.tab(place.index);
    await stage.driver.executeScript('soak.keyboard.isHere = true');
  },

  /**
   * Nothing comes of it, so they go back to the page and click once more. By then X may have taken a decision and said
   * nothing (the fault is armed), or nobody took one.
   * @param {Hand} hand @param {Place} place
   */
  async again(hand, place) {
    const { stage, scenario } = hand;
    if (scenario.page && place.tab.fault.startsWith('X never')) {
      await approve(hand, place);
      await goToX(hand, place);
      const stranded = await stage.seen(async () => (await stage.driver.findElements(By.id('authorize'))).length === 0, LIMITS.atX);
      if (!stranded) throw new Missing('the decision was not taken');
    }
    await untilTryAgain(hand, place);
    await stage.tab(place.index);
    if (scenario.transport === 'redirect') {
      await goBack(hand, place);
      await stage.driver.executeAsyncScript('soak.begin().then(arguments[0])');
    }
    await hand.press(place);
    if (scenario.page) await approve(hand, place);
  },

  /** @param {Hand} hand @param {Place} place */
  async back(hand, place) {
    await atX(hand, place);
    await goBack(hand, place);
  },

  /** @param {Hand} hand @param {Place} place */
  async abort({ stage }, { index }) {
    await stage.tab(index);
    await stage.driver.executeScript('soak.abort.abort()');
  },

  /** The page's framework takes the element out. @param {Hand} hand @param {Place} place */
  async destroy({ stage }, { index }) {
    await stage.tab(index);
    await stage.driver.executeScript('soak.element.remove()');
  },

  /** @param {Hand} hand @param {Place} place */
  async reload(hand, place) {
    const { stage } = hand;
    await atX(hand, place);
    await stage.tab(place.index);
    await stage.driver.navigate().refresh();
    await stage.seen(() => stage.driver.executeScript('return Boolean(window.soak)'), LIMITS.ready);
    await stage.driver.executeAsyncScript('soak.ready().then(arguments[0])');
    await approve(hand, place);
  },

  /** Two windows are open, and the first one is decided in. @param {Hand} hand @param {Place} place */
  async olderAnswers(hand, place) {
    await atX(hand, place);
    await untilTryAgain(hand, place);
    await hand.stage.tab(place.index);
    await hand.press(place);
    await approve(hand, { ...place, popups: place.popups.slice(0, -1) });
  },

  /** Back on the page for so long that nobody seems to be at X any more; and then they decide. @param {Hand} hand @param {Place} place */
  async late(hand, place) {
    const { stage } = hand;
    await atX(hand, place);
    await stage.driver.sleep(SEEN);
    await stage.tab(place.index);
    await stage.driver.executeScript('soak.keyboard.isHere = true');
    if (!(await stage.seen(() => stage.driver.executeScript('return soak.status().heard.length > 0'), LIMITS.closed))) throw new Missing('the page does not give up');
    await approve(hand, place);
  },
};
