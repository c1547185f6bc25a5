/**
 * The browsers these tests can drive, and what each cannot do. Another engine is one more row.
 * @module
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Circumstances of one session, as the person's browser would have them
 * @property {boolean} [javascript] default: on
 * @property {boolean} [wasm] whether there is WebAssembly; default: on
 * @property {boolean} [touch] the device is used by touch first
 * @property {Media} [media] what the person's system asks of a page; default: light and plain
 *
 * @typedef {{ 'prefers-color-scheme'?: 'dark', 'prefers-reduced-motion'?: 'reduce', 'forced-colors'?: 'active' }} Media
 *
 * @typedef {Circumstances & { profile: string, proxy: string | undefined }} Session
 * `profile` is an empty folder of the session's own; `proxy` the `host:port` that its traffic goes through, if any
 *
 * @typedef {object} Engine
 * @property {string} title for people
 * @property {string} driver a command
 * @property {string[]} args the driver's; a free port is put in place of each PORT, a folder in place of PROFILES
 * @property {(session: Session) => Record<string, unknown>} capabilities
 * @property {[program: string, how: string][]} needs without which it cannot be driven, and how each is installed
 * @property {boolean} display it has no headless mode, and is given an X display
 * @property {'bidi' | 'proxy'} watched how a test sees its traffic and its console: WebKitGTK speaks no WebDriver BiDi
 * @property {boolean} networkLog its console log, by WebDriver, tells what the network stack complains of
 * @property {boolean} history it tells the addresses behind the Back button; others tell no more than their number
 * @property {boolean} backAcross its driver follows a Back that crosses a Cross-Origin-Opener-Policy. WebKitWebDriver
 *   answers no command after it, although the page lives
 * @property {boolean} userContexts a profile is a user context of a browser that goes on running (user-contexts.mjs)
 * @property {boolean} devTools it speaks Chromium's DevTools protocol
 * @property {boolean} touch it can be told to be a device with a touch screen; in others the page's media query is
 * @property {boolean} forcedColours it can be told that the person's system forces its colours on pages. WebKitGTK knows
 *   the media query, and has nothing that makes it true
 */

/** Makes a folder of settings one that GTK reads. @param {string} folder @param {string} setting */
function gtk(folder, setting) {
  mkdirSync(join(folder, 'gtk-3.0'), { recursive: true });
  writeFileSync(join(folder, 'gtk-3.0', 'settings.ini'), `[Settings]\n${setting}\n`);
  return folder;
}

const APT = 'apt-get install -y --no-install-recommends';
/** Debian's folder of this machine's kind. */
const TRIPLE = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
const { CHROMIUM = '/usr/bin/chromium', CHROMEDRIVER = 'chromedriver' } = process.env;
const { FIREFOX = '/usr/bin/firefox-esr', GECKODRIVER = 'geckodriver' } = process.env;
const { MINIBROWSER = `/usr/lib/${TRIPLE}/webkit2gtk-4.1/MiniBrowser`, WEBKITDRIVER = 'WebKitWebDriver' } = process.env;

/** @type {Record<string, Engine>} */
export const ENGINES = {
  chromium: {
    title: 'Chromium',
    driver: CHROMEDRIVER,
    args: ['--port=PORT', '--allowed-ips='],
    needs: [[CHROMIUM, `${APT} chromium`], [CHROMEDRIVER, `${APT} chromium-driver`]],
    display: false,
    watched: 'bidi',
    networkLog: true,
    userContexts: false,
    devTools: true,
    history: true,
    backAcross: true,
    touch: true,
    forcedColours: true,
    // Its media are told by DevTools (driver.mjs), which change them without a new session.
    capabilities: ({ profile, javascript = true, wasm = true, touch = false }) => ({
      browserName: 'chrome',
      webSocketUrl: true,
      'goog:loggingPrefs': { browser: 'ALL' },
      'goog:chromeOptions': {
        binary: CHROMIUM,
        // chromedriver switches the popup blocker off unless it is told to leave it alone; the tests need it as people have it.
        excludeSwitches: ['disable-popup-blocking'],
        ...(javascript ? {} : { prefs: { 'profile.managed_default_content_settings.javascript': 2 } }),
        ...(touch ? { mobileEmulation: { deviceMetrics: { width: 400, height: 800, pixelRatio: 1, touch: true, mobile: true } } } : {}),
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
          // Lockdown Mode's effect: no compiler at run time, and so no WebAssembly (`--noexpose-wasm` has none).
          ...(wasm ? [] : ['--js-flags=--jitless']),
        ],
      },
    }),
  },

  firefox: {
    title: 'Firefox',
    driver: GECKODRIVER,
    args: ['--port=PORT', '--websocket-port=0', '--profile-root=PROFILES', '--log=fatal'],
    needs: [[FIREFOX, `${APT} firefox-esr`], [GECKODRIVER, 'npm run setup']],
    display: false,
    watched: 'bidi',
    networkLog: false,
    userContexts: true,
    devTools: false,
    history: false,
    backAcross: true,
    touch: true,
    forcedColours: true,
    capabilities: ({ javascript = true, wasm = true, touch = false, media = {} }) => ({
      browserName: 'firefox',
      webSocketUrl: true,
      'moz:firefoxOptions': {
        binary: FIREFOX,
        args: ['-headless', '--width=1280', '--height=900'],
        prefs: {
          // geckodriver switches the popup blocker off; the tests need it as people have it.
          'dom.disable_open_during_load': true,
          ...(javascript ? {} : { 'javascript.enabled': false }),
          ...(wasm ? {} : { 'javascript.options.wasm': false }),
          // A coarse pointer that cannot hover (nsXULAppAPI's LookAndFeel: 1 coarse, 2 fine, 4 hover).
          ...(touch ? { 'ui.primaryPointerCapabilities': 1, 'ui.allPointerCapabilities': 1 } : {}),
          ...(media['prefers-color-scheme'] ? { 'ui.systemUsesDarkTheme': 1 } : {}),
          ...(media['prefers-reduced-motion'] ? { 'ui.prefersReducedMotion': 1 } : {}),
          // Never the page's colours (1: with a high-contrast theme only, 0: always).
          ...(media['forced-colors'] ? { 'browser.display.document_color_use': 2 } : {}),
        },
      },
    }),
  },

  webkit: {
    title: 'WebKitGTK',
    driver: WEBKITDRIVER,
    args: ['--host=127.0.0.1', '--port=PORT'],
    needs: [[MINIBROWSER, `${APT} webkit2gtk-driver`], [WEBKITDRIVER, `${APT} webkit2gtk-driver`], ['Xvfb', `${APT} xvfb`]],
    display: true,
    watched: 'proxy',
    networkLog: false,
    userContexts: false,
    devTools: false,
    history: false,
    backAcross: false,
    touch: false,
    forcedColours: false,
    // Its popup blocker is on unless it is told otherwise.
    capabilities: ({ proxy, profile, javascript = true, wasm = true, media = {} }) => ({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {
        // Only the environment says some things: less motion is a setting of GTK's, read from a folder that it names.
        binary: '/usr/bin/env',
        args: [
          ...(media['prefers-reduced-motion'] ? [`XDG_CONFIG_HOME=${gtk(profile, 'gtk-enable-animations=0')}`] : []),
          ...(wasm ? [] : ['JSC_useWasm=0']),
          MINIBROWSER,
          '--automation',
          '--geometry=1280x900',
          ...(javascript ? [] : ['--enable-javascript=false']),
          ...(media['prefers-color-scheme'] ? ['--dark-mode'] : []),
        ],
      },
      proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy },
    }),
  },
};

/** The name of the engine under test, by the environment variable E2E_ENGINE. */
export const engine = process.env.E2E_ENGINE ?? 'chromium';

/** @param {string} name */
export function engineNamed(name) {
  const found = ENGINES[name];
  if (!found) throw new Error(`no engine "${name}"; there are: ${Object.keys(ENGINES).join(', ')}`);
  return found;
}
