/** A person in front of a browser that nobody has used before: Chromium, driven by Selenium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Builder, By, error, until } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';
import { onTestFinished } from 'vitest';

// Debian's. With the program and its driver named, Selenium looks for neither, and fetches neither.
const { CHROMIUM = '/usr/bin/chromium', CHROMEDRIVER = '/usr/bin/chromedriver' } = process.env;

/** Milliseconds. */
const PATIENCE = 20_000;

const BUTTON = By.css('sign-in-with-x');

const DRAWN = `return document.querySelector('sign-in-with-x').shadowRoot?.querySelector('[part~=button]') != null`;
const SIGN_OUT = `return document.querySelector('sign-in-with-x').shadowRoot.querySelector('[part~=sign-out]')`;

/** For one test. @param {string} home the page to begin on */
export async function openBrowser(home) {
  const profile = await mkdtemp(join(tmpdir(), 'browser-'));
  onTestFinished(() => rm(profile, { recursive: true, maxRetries: 10 }));
  const options = new chrome.Options().setBinaryPath(CHROMIUM);
  options.addArguments(`--user-data-dir=${profile}`, '--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking');
  // Nothing leaves this machine.
  options.addArguments('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1');
  const driver = await new Builder()
    .forBrowser('chrome')
    .setChromeOptions(options)
    .setChromeService(new chrome.ServiceBuilder(CHROMEDRIVER))
    .build();
  onTestFinished(() => driver.quit());
  await driver.get(home);
  const site = await driver.getWindowHandle();

  const popup = async () => (await driver.getAllWindowHandles()).find((handle) => handle !== site);

  return {
    async pressTheButton() {
      await driver.wait(() => driver.executeScript(DRAWN), PATIENCE, 'the button is drawn');
      await driver.findElement(BUTTON).click();
    },

    /** On X's page in the popup. @param {'authorize' | 'cancel'} what @param {string} [username] */
    async decide(what, username) {
      await driver.wait(popup, PATIENCE, 'the popup opens');
      await driver.switchTo().window(await popup());
      const decision = await driver.wait(until.elementLocated(By.id(what)), PATIENCE);
      if (username) await driver.findElement(By.css(`input[value="${username}"]`)).click();
      // The popup may be gone before the driver has said that it was pressed.
      await decision.click().catch(unlessGone);
      await driver.switchTo().window(site);
    },

    /** The popup closes, and the site says so. @param {string} text */
    async reads(text) {
      await driver.wait(async () => !(await popup()), PATIENCE, 'the popup closes');
      const status = await driver.findElement(By.id('status'));
      await driver.wait(until.elementTextIs(status, text), PATIENCE);
    },

    async signOut() {
      const out = await driver.wait(() => driver.executeScript(SIGN_OUT), PATIENCE, 'who is signed in is shown, with a way out');
      await out.click();
    },

    reload: () => driver.navigate().refresh(),
  };
}

function unlessGone(failure) {
  if (!(failure instanceof error.NoSuchWindowError)) throw failure;
}
