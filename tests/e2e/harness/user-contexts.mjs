/**
 * A profile per test in one running browser: a user context of WebDriver BiDi has cookies, storage and a cache of its own.
 * Firefox takes seconds to start and to end; with hundreds of tests those are most of the time.
 * @module
 */

import { bidiOf } from './bidi.mjs';

/** @typedef {import('selenium-webdriver').WebDriver} WebDriver */

/** The windows of a session as engines.mjs asks for them. */
const WINDOW = { width: 1280, height: 900 };

/** @param {WebDriver} driver of a session that nobody has used yet */
export async function keepUserContexts(driver) {
  const { send } = await bidiOf(driver);
  // It stays, so that the browser never runs out of windows; tests do not see it.
  const parked = await driver.getWindowHandle();
  const handles = driver.getAllWindowHandles.bind(driver);
  driver.getAllWindowHandles = async () => (await handles()).filter((handle) => handle !== parked);

  return {
    async open() {
      await driver.switchTo().window(parked);
      await driver.manage().window().setRect(WINDOW);
      const { userContext } = await send('browser.createUserContext', {});
      /** @param {'tab' | 'window'} type */
      const newWindow = async (type) => {
        const { context } = await send('browsingContext.create', { type, userContext, ...(type === 'tab' && { referenceContext: parked }) });
        await driver.switchTo().window(context);
      };
      await newWindow('tab');
      return {
        newWindow,
        /** WebDriver's own question is about the cookies of no user context. */
        async cookies() {
          const { cookies } = await send('storage.getCookies', { partition: { type: 'context', context: await driver.getWindowHandle() } });
          return cookies.map((/** @type {{ sameSite: string }} */ { sameSite, ...cookie }) => ({ ...cookie, sameSite: sameSite[0]?.toUpperCase() + sameSite.slice(1) }));
        },
        async close() {
          await driver.switchTo().window(parked);
          // With all its windows.
          await send('browser.removeUserContext', { userContext });
        },
      };
    },
  };
}
