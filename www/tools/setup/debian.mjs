/** Packages of the system, for `npm test` only: installed where apt may do it, asked for elsewhere. */
import { mustRun, which } from '../run.mjs';
import { MissingTool } from './missing-tool.mjs';

/**
 * Any one of `commands` will do. `linux`: there is no such package elsewhere, so it is asked for nowhere.
 * @typedef {{ commands: string[], package: string, linux?: boolean }} Wanted
 */

/** @param {string} what @param {Wanted[]} wanted */
export async function ensurePackages(what, wanted) {
  const apt = process.getuid?.() === 0 && which('apt-get');
  const missing = wanted.filter(({ commands, linux }) => (apt || !linux) && !commands.some((name) => which(name)));
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing.map((entry) => entry.package)];
  if (!apt) {
    const names = missing.map(({ commands }) => commands.join(' or ')).join(', ');
    throw new MissingTool(names, `sudo apt-get ${install.join(' ')}`, 'On other systems, any way that puts them on PATH.');
  }
  console.log(`setup: ${what} (apt-get ${install.join(' ')})`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update'], { env });
  await mustRun('apt-get', install, { env });
}
