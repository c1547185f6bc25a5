/**
 * Tools that come from crates.io, each at one version (versions.mjs). A tool of the right version is used from where it
 * is. One that is not there at all is installed as a person would, into Cargo's own bin folder; if another version is
 * on PATH, ours goes to a cache of this project instead, so that nobody's tool is replaced.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cargoTools, installCommand } from '../versions.mjs';
import { mustRun, run, which } from '../run.mjs';
import { MissingTool } from './missing-tool.mjs';

const cargoBin = join(process.env.CARGO_INSTALL_ROOT ?? process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'bin');
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sign-in-with-x', 'tools');

/** @param {string | undefined} command a full path @param {string} version */
async function isVersion(command, version) {
  if (!command) return false;
  const { code, output } = await run(command, ['--version']);
  return code === 0 && output.split(/\s+/).includes(version);
}

/**
 * @param {keyof typeof cargoTools} name
 * @returns {Promise<string | undefined>} the folder to put first on PATH; undefined when PATH finds the right one already
 */
export async function ensureCargoTool(name) {
  const tool = cargoTools[name];
  const [command] = tool.commands;
  const ownRoot = join(cache, `${tool.crate}-${tool.version}`);
  const onPath = which(command);
  if (await isVersion(onPath, tool.version)) return undefined;
  for (const folder of [cargoBin, join(ownRoot, 'bin')]) {
    if (await isVersion(which(command, [folder]), tool.version)) return folder;
  }

  const install = installCommand(tool);
  if (!which('cargo')) throw new MissingTool(`${tool.crate} ${tool.version}`, install.join(' '));
  const taken = onPath ?? which(command, [cargoBin]);
  if (taken) install.push('--root', ownRoot);
  console.log(`setup: ${tool.crate} ${tool.version}, once; a few minutes (${install.join(' ')})`);
  await mustRun(install[0], install.slice(1), { show: true, cwd: homedir() });
  return taken ? join(ownRoot, 'bin') : cargoBin;
}
