/**
 * One browser for the whole soak, with as many tabs as a run needs. Tabs are used again; popups come and go.
 * @module
 */

import { error as failures } from 'selenium-webdriver';

/** Looks until it sees, or until the limit; a page that is about to be left may fail to answer. */
const LOOK_EVERY = 25;

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/** @param {Awaited<ReturnType<typeof import('../e2e/harness/driver.mjs').startDriver>>} browser */
export async function openStage(browser) {
  const { driver, close } = await browser.open();
  const tabs = [await driver.getWindowHandle()];
  await driver.manage().setTimeouts({ script: 30_000, pageLoad: 30_000 });

  return {
    driver,
    close,
    tabs,
    /** @param {number} index */
    async tab(index) {
      while (tabs.length <= index) {
        await driver.switchTo().newWindow('tab');
        tabs.push(await driver.getWindowHandle());
      }
      await driver.switchTo().window(String(tabs[index]));
    },
    /** Windows that are no tabs of ours. */
    async popups() {
      return (await driver.getAllWindowHandles()).filter((/** @type {string} */ handle) => !tabs.includes(handle));
    },
    /**
     * Asks until the answer is one, or the time is up.
     * @template T
     * @param {() => Promise<T>} ask
     * @param {number} limit ms
     * @returns {Promise<T | undefined>}
     */
    async seen(ask, limit) {
      const until = performance.now() + limit;
      for (;;) {
        const answer = await ask().catch(unlessBroken);
        if (answer) return answer;
        if (performance.now() > until) return undefined;
        await driver.sleep(LOOK_EVERY);
      }
    },
    /** As people close windows. @param {string[]} handles */
    async shut(handles) {
      for (const handle of handles) {
        try {
          await driver.switchTo().window(handle);
          await driver.close();
        } catch (error) {
          if (!(error instanceof failures.NoSuchWindowError)) throw error;
        }
      }
    },
  };
}

/**
 * A window on its way out, or to another page, gives no answer; a mistake in a script is a mistake, and so is a browser
 * that is gone.
 * @param {unknown} error
 * @returns {undefined}
 */
function unlessBroken(error) {
  const passing = [failures.NoSuchWindowError, failures.StaleElementReferenceError, failures.NoSuchElementError, failures.DetachedShadowRootError, failures.WebDriverError];
  const broken = [failures.JavascriptError, failures.NoSuchSessionError, failures.SessionNotCreatedError];
  if (broken.some((kind) => error instanceof kind) || !passing.some((kind) => error instanceof kind)) throw error;
  return undefined;
}
