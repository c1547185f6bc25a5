/**
 * What the backend half is tried on besides Node: the runtimes and frameworks that tests/runtimes/programs lists, 400 MB.
 * Installed once on a machine for each list, in this project's cache, so that a clone does without them until it tests.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { at } from '../paths.mjs';
import { mustRun } from '../run.mjs';

const lists = ['package.json', 'package-lock.json'].map((name) => at('tests', 'runtimes', 'programs', name));

function folder() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sign-in-with-x', 'tools');
  const hash = createHash('sha256');
  for (const list of lists) hash.update(readFileSync(list));
  return join(cache, `runtimes-${hash.digest('hex').slice(0, 12)}`);
}

/** Where they are. */
export const runtimeModules = () => join(folder(), 'node_modules');

export async function ensureRuntimes() {
  const to = folder();
  // Written last: an installation that was cut short is made anew.
  const complete = join(to, 'complete');
  if (existsSync(complete)) return;
  console.log('setup: Bun, Deno, workerd, Express and Hono for the tests of the backend half, once; 150 MB to download');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const list of lists) cpSync(list, join(to, list.split(/[\\/]/).at(-1) ?? ''));
  // Their programs are in the packages for each platform; no script has to fetch or move them.
  await mustRun('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: to });
  writeFileSync(complete, '');
}
