/** Chromium, Firefox and WebKitGTK with their drivers, for `npm test` only. Installed where apt may do it, asked for elsewhere. */
import { mustRun, which } from '../run.mjs';
import { MissingTool } from './missing-tool.mjs';

/**
 * Any one of `commands` will do. geckodriver is not in Debian; it comes from crates.io (versions.mjs).
 * @type {{ commands: string[], package: string }[]}
 */
const wanted = [
  { commands: ['chromium', 'google-chrome', 'chrome'], package: 'chromium' },
  { commands: ['chromedriver'], package: 'chromium-driver' },
  { commands: ['firefox-esr', 'firefox'], package: 'firefox-esr' },
];

/** WebKitGTK and the display it needs exist as packages on Linux only, so they are installed there and asked for nowhere. */
const onDebian = [
  { commands: ['WebKitWebDriver'], package: 'webkit2gtk-driver' },
  { commands: ['Xvfb'], package: 'xvfb' },
  { commands: ['xauth'], package: 'xauth' },
];

/** @param {{ commands: string[], package: string }[]} list */
const missingOf = (list) => list.filter(({ commands }) => !commands.some((name) => which(name)));

export async function ensureBrowsers() {
  const apt = process.getuid?.() === 0 && which('apt-get');
  const missing = missingOf(apt ? [...wanted, ...onDebian] : wanted);
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing.map((entry) => entry.package)];
  if (!apt) {
    const names = missing.map(({ commands }) => commands.join(' or ')).join(', ');
    throw new MissingTool(names, `sudo apt-get ${install.join(' ')}`, 'On other systems, any way that puts them on PATH.');
  }
  console.log(`setup: browsers (apt-get ${install.join(' ')})`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update'], { env });
  await mustRun('apt-get', install, { env });
}
