/** Chromium, Firefox and WebKitGTK with their drivers. */
import { ensurePackages } from './debian.mjs';

/**
 * geckodriver is not in Debian; it comes from crates.io (versions.mjs). WebKitGTK and the display it needs exist as packages
 * on Linux only.
 */
export const ensureBrowsers = () =>
  ensurePackages('browsers', [
    { commands: ['chromium', 'google-chrome', 'chrome'], package: 'chromium' },
    { commands: ['chromedriver'], package: 'chromium-driver' },
    { commands: ['firefox-esr', 'firefox'], package: 'firefox-esr' },
    { commands: ['WebKitWebDriver'], package: 'webkit2gtk-driver', linux: true },
    { commands: ['Xvfb'], package: 'xvfb', linux: true },
    { commands: ['xauth'], package: 'xauth', linux: true },
  ]);
