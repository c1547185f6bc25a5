/**
 * The browsers these tests can drive. Another engine is one more row.
 * @module
 */

/**
 * @typedef {object} Engine
 * @property {string[]} driver the driver's command line; the port is put in place of PORT
 * @property {(profile: string) => Record<string, unknown>} capabilities `profile` is an empty folder of the session's own
 */

/** @type {Record<string, Engine>} */
export const ENGINES = {
  chromium: {
    driver: [process.env.CHROMEDRIVER ?? '/usr/bin/chromedriver', '--port=PORT', '--allowed-ips='],
    capabilities: (profile) => ({
      browserName: 'chrome',
      webSocketUrl: true,
      'goog:loggingPrefs': { browser: 'ALL' },
      'goog:chromeOptions': {
        binary: process.env.CHROMIUM ?? '/usr/bin/chromium',
        // chromedriver switches the popup blocker off unless it is told to leave it alone; the tests need it as people have it.
        excludeSwitches: ['disable-popup-blocking'],
        args: [
          '--headless=new',
          '--no-sandbox',
          '--disable-gpu',
          '--disable-dev-shm-usage',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--window-size=1280,900',
          `--user-data-dir=${profile}`,
        ],
      },
    }),
  },
};

/** The engine under test, by the environment variable E2E_ENGINE. */
export const engine = process.env.E2E_ENGINE ?? 'chromium';
