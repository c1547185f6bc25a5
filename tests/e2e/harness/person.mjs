/**
 * What a person does in front of the browser, and what they see.
 * @module
 */

import { By, error as failures, Key } from 'selenium-webdriver';
import { LostWindow } from './scenario.mjs';

/**
 * Longer than one command may take (driver.mjs): in two of sixty runs beside a busy browser WebKitWebDriver missed the end of
 * a navigation in a popup, and kept a question about it for as long as it could. The next one gets an answer.
 */
const PATIENCE = 50_000;

/** Milliseconds in which X hears of a click. */
const HEARD = 5000;

/** The page's module has run, and the engine has drawn both buttons. */
const READY = `
  const buttons = [...document.querySelectorAll('sign-in-with-x')].map((element) => element.shadowRoot?.querySelector('button'));
  return document.querySelector('[data-step]') !== null && buttons.length === 2 && buttons.every(Boolean);`;

const DRAWN = `
  const elements = [...document.querySelectorAll('sign-in-with-x')];
  return elements.length > 0 && elements.every(({ shadowRoot }) => shadowRoot?.querySelector('button'));`;

/** For a link the element around it: chromedriver does not find the document of a link inside a shadow root. */
const BUTTON = `
  const host = document.querySelector('sign-in-with-x[flow="' + arguments[0] + '"]');
  const button = host?.shadowRoot?.querySelector('[part=button]');
  return button?.localName === 'a' ? host : button;`;

/** Not before the person can see it. */
const OFFER = `
  const offer = document.querySelector('sign-in-with-x').shadowRoot.querySelector('button[value="' + arguments[0] + '"]');
  return offer.checkVisibility({ visibilityProperty: true }) && offer;`;

/**
 * The window or its document may be on the way out; that is no answer yet. A mistake in a script is a mistake.
 * @param {unknown} error
 */
function unlessBroken(error) {
  if (error instanceof failures.JavascriptError) throw error;
  return null;
}

/** The popup may be gone before the driver has answered for the click. @param {unknown} error */
function unlessGone(error) {
  if (!(error instanceof failures.NoSuchWindowError)) throw error;
}

/** What could be seen where nothing more came, so that a failure on another machine can be understood from its words. */
const SCENE = `
  return [location.origin + location.pathname, document.readyState, document.visibilityState, innerWidth + 'x' + innerHeight,
    JSON.stringify(window.heard ?? null), document.body?.innerText.replace(/\\s+/g, ' ').slice(0, 900)].join(' | ')`;

/** @param {import('selenium-webdriver').WebDriver} driver */
async function sceneOf(driver) {
  const scenes = [await driver.executeScript(SCENE).catch(String)];
  const here = await driver.getWindowHandle().catch(() => undefined);
  for (const handle of await driver.getAllWindowHandles().catch(() => [])) {
    if (handle === here) continue;
    scenes.push(await driver.switchTo().window(handle).then(() => driver.executeScript(SCENE)).catch(String));
  }
  return scenes.join('\nAnother: ');
}

/** @typedef {'popup' | 'redirect'} Flow */

/** Does something that opens X. @typedef {<T>(act: () => Promise<T>) => Promise<T>} Opening */

/**
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {string} app the demo's address
 * @param {Opening} [opening] waits until X's page has loaded, where a driver needs that
 * @param {() => number} [decisions] how often somebody has decided at X, or was refused there
 */
export function person(driver, app, opening = (act) => act(), decisions) {
  /** @type {string} */
  let home;
  /**
   * Asks until there is an answer.
   * @param {() => Promise<any>} ask
   * @param {string} what
   */
  const until = async (ask, what) => {
    let answered = false;
    const attempt = () =>
      ask().then(
        (answer) => {
          answered = true;
          return answer;
        },
        (error) => {
          // The driver's own time limit, for a load that does not end; everything else is an answer.
          answered ||= !(error instanceof failures.TimeoutError);
          return unlessBroken(error);
        },
      );
    return driver.wait(attempt, PATIENCE, what).catch(async (error) => {
      if (!answered) throw new LostWindow(`the driver has no answer about a window (${what.slice(0, 60)})`);
      error.message += `\nThe window: ${await sceneOf(driver)}`;
      throw error;
    });
  };
  /** @param {string} css */
  // WebKitWebDriver gives up on a window that is busy loading; that is no answer either.
  const seen = (css) => until(() => driver.findElement(By.css(css)), `waiting for ${css}`);
  /**
   * Asks the page until it has an answer; a page that is about to be left may fail to give one.
   * @param {string} script
   * @param {...unknown} values
   * @returns {Promise<any>}
   */
  const asked = (script, ...values) => until(() => driver.executeScript(script, ...values), `waiting for an answer to: ${script} ${values}`);
  /** Until it is chosen: a window that has just opened may still be finding its size, and a click then misses. @param {string} username */
  const choose = async (username) => {
    // A page shows its heading before it has come whole.
    const account = await seen(`input[name="account"][value="${username}"]`);
    await driver.wait(() => account.click().then(() => account.isSelected()), PATIENCE, `choosing ${username}`);
  };
  /**
   * Until X has heard it: a window that has just opened may still be finding its size, and a click then misses.
   * @param {'authorize' | 'cancel'} id
   */
  const press = async (id) => {
    const button = await seen(`#${id}`);
    const before = decisions?.();
    const isHeard = () => before === undefined || decisions?.() !== before;
    await button.click();
    for (let clicks = 1; !(await driver.wait(isHeard, HEARD).catch(() => false)); clicks += 1) {
      if (clicks === 5) throw new Error(`five clicks at #${id}, and X heard none`);
      await button.click();
    }
  };
  /** @param {string} css */
  const textOf = (css) => asked(`const element = document.querySelector(arguments[0]); return element?.checkVisibility() && element.textContent`, css);

  return {
    async visit(path = '/') {
      await this.arrive(path);
      await this.ready();
    },
    /** The page has come to life: the elements are defined, and it knows whether somebody is signed in. */
    async ready() {
      await asked(READY);
    },
    /** A page of host-page.mjs. */
    async visitHost(path = '/host') {
      await this.arrive(path);
      await this.drawn();
    },
    /** The page that is here, whatever becomes of it, is the one to come back to. */
    async arrive(path = '/') {
      await driver.get(app + path);
      home = await driver.getWindowHandle();
    },
    /** The engine has drawn every button of the page. */
    async drawn() {
      await asked(DRAWN);
    },
    /** On a desktop a popup takes the keyboard from the page. A headless browser says that every window has it. */
    async looksAway() {
      await driver.executeScript('window.hasKeyboard = false; Document.prototype.hasFocus = () => window.hasKeyboard');
    },
    async looksBack() {
      await driver.executeScript('window.hasKeyboard = true');
    },
    /**
     * The window that something opens, and that waits for somebody: one that closes itself may be gone before it is found.
     * @param {() => Promise<unknown>} act
     * @returns {Promise<string>}
     */
    async opens(act) {
      const before = await driver.getAllWindowHandles();
      await opening(act);
      const found = () => driver.getAllWindowHandles().then((handles) => handles.find((handle) => !before.includes(handle)));
      return String(await driver.wait(found, PATIENCE, 'waiting for a window to open'));
    },
    /** The way out of a wait, beside the first button. @param {'retry' | 'cancel'} which */
    async pressOffer(which) {
      // A WebDriver of WebKitGTK knows no shadow roots, but elements inside one.
      await (await asked(OFFER, which)).click();
    },
    /** @param {Flow} flow */
    button: (flow) => driver.findElement(By.css(`sign-in-with-x[flow="${flow}"]`)),
    /** @param {Flow} flow */
    async press(flow) {
      if (flow === 'popup') await this.looksAway();
      // Not in the middle of the element, where its notice may be.
      const button = await asked(BUTTON, flow);
      await opening(() => button.click());
      await this.lookAtX(flow);
    },
    /** @param {Flow} flow */
    async pressEnter(flow) {
      await driver.executeScript(`document.querySelector('sign-in-with-x[flow="${flow}"]').shadowRoot.querySelector('button').focus()`);
      await opening(() => driver.actions().sendKeys(Key.ENTER).perform());
      await this.lookAtX(flow);
    },
    /** @param {Flow} flow */
    async lookAtX(flow) {
      if (flow === 'popup') await driver.switchTo().window(await this.popup());
      await seen('main.card h1');
    },
    async popup() {
      await driver.wait(async () => (await driver.getAllWindowHandles()).length > 1, PATIENCE, 'waiting for the popup');
      const handles = await driver.getAllWindowHandles();
      return handles.find((handle) => handle !== home) ?? '';
    },
    windows: async () => (await driver.getAllWindowHandles()).length,
    /** @param {string} username */
    async approve(username) {
      await choose(username);
      await this.decide('authorize');
    },
    cancel() {
      return this.decide('cancel');
    },
    /** @param {'authorize' | 'cancel'} id */
    async decide(id) {
      try {
        await press(id);
      } catch (error) {
        unlessGone(error);
      }
      await this.home();
    },
    home: () => driver.switchTo().window(home),
    /** In one window of several, and stays there. @param {string} handle @param {string} username */
    async approveIn(handle, username) {
      await driver.switchTo().window(handle);
      await seen('main.card h1');
      await choose(username);
      await this.decideHere('authorize');
    },
    /** In this window, and stays there. @param {'authorize' | 'cancel'} id @param {string} [username] nobody: who is chosen already */
    async decideHere(id, username) {
      if (username) await choose(username);
      await press(id).catch(unlessGone);
    },
    /** Closes the popup as by its close button. */
    async closePopup() {
      await driver.switchTo().window(await this.popup());
      // Nobody closes a window sooner; the page looks at it every 250 ms.
      await driver.sleep(600);
      await driver.close();
      await this.home();
      await driver.executeScript('window.hasKeyboard = true');
    },
    async popupGone() {
      await driver.wait(async () => (await driver.getAllWindowHandles()).length === 1, PATIENCE, 'waiting for the popup to close itself');
    },
    /** Waits until words are there. @param {string} css @param {RegExp} pattern */
    async reads(css, pattern) {
      await asked(`return new RegExp(arguments[1]).test(document.querySelector(arguments[0])?.textContent)`, css, pattern.source);
    },
    /** The handle in the greeting. */
    greeting: () => textOf('#handle'),
    /** The code of the notice. */
    notice: () => textOf('#error-code'),
    /** The callback page will not go on: the code it gives for that, once it has said so and shows the way back. */
    async callbackNotice() {
      await textOf('#sign-in-with-x-status a');
      return asked(`return document.querySelector('#sign-in-with-x-status').dataset.code`);
    },
    async backToSite() {
      await driver.findElement(By.linkText('Back to the site')).click();
      await this.ready();
    },
    /** On a callback page that will not go on: one tap, and X again. */
    async tryAgain() {
      await driver.findElement(By.linkText('Try again')).click();
      await seen('main.card h1');
    },
    /**
     * Waits until a host page (host-page.mjs) has heard something.
     * @param {RegExp} pattern
     * @returns {Promise<string>}
     */
    async hears(pattern) {
      return asked('return (window.heard ?? []).find((line) => new RegExp(arguments[0]).test(line))', pattern.source);
    },
    async signOut() {
      await driver.findElement(By.id('sign-out')).click();
      await asked(`return document.querySelector('sign-in-with-x').checkVisibility()`);
    },
    /** @returns {Promise<Record<string, string>>} how far each step of the panel is */
    steps: () => driver.executeScript(`return Object.fromEntries([...document.querySelectorAll('[data-step]')].map((item) => [item.dataset.step, item.dataset.status]))`),
    /** Notes down each event of the elements from now on, on this page. */
    async listen() {
      await driver.executeScript(`
        window.heard = [];
        for (const name of ['sign-in', 'sign-in-error', 'sign-in-cancel', 'sign-in-state'])
          document.addEventListener(name, ({ type, detail }) => window.heard.push(type === 'sign-in-state' ? detail.state : type));`);
    },
    /** @returns {Promise<string[]>} */
    heard: () => driver.executeScript('return window.heard'),
  };
}
