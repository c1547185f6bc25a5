/**
 * Python with the client of OAuth 1.0a that the simulator's tests use, in an environment of its own: made once on a
 * machine for each list of packages, in this project's cache, so that nobody's Python is changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { at } from '../paths.mjs';
import { mustRun, run, which } from '../run.mjs';
import { MissingTool } from './missing-tool.mjs';

const list = at('tests', 'simulator', 'clients', 'requirements.txt');

function environment() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sign-in-with-x', 'tools');
  return join(cache, `python-${createHash('sha256').update(readFileSync(list)).digest('hex').slice(0, 12)}`);
}

export const pythonWithClients = () => join(environment(), 'bin', 'python');

/** Debian's Python comes without the half of `venv` that installs pip. */
const hasVenv = async () => Boolean(which('python3')) && (await run('python3', ['-c', 'import venv, ensurepip'])).code === 0;

export async function ensurePythonClients() {
  const folder = environment();
  // Written last: an installation that was cut short is made anew.
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return;
  if (!(await hasVenv())) {
    const install = ['install', '-y', '--no-install-recommends', 'python3-venv'];
    if (process.getuid?.() !== 0 || !which('apt-get')) throw new MissingTool('Python 3 with venv', `sudo apt-get ${install.join(' ')}`);
    console.log(`setup: Python (apt-get ${install.join(' ')})`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get', ['update'], { env });
    await mustRun('apt-get', install, { env });
  }
  const python = which('python3') ?? 'python3';
  console.log('setup: a Python client for the tests of the simulator, once; some seconds');
  await mustRun(python, ['-m', 'venv', '--clear', folder]);
  await mustRun(pythonWithClients(), ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--no-deps', '-r', list]);
  writeFileSync(complete, '');
}
