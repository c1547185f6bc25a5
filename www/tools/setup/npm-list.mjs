/**
 * Packages that some tests need beside the workspace's own: a folder with a package.json and its lock. Installed once on a machine
 * for each list, in this project's cache, so that a clone does without them until it needs them.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from '../run.mjs';

const LISTS = ['package.json', 'package-lock.json'];

/** @param {string} name of the folder in the cache @param {string} list where the list is */
function folder(name, list) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sign-in-with-x', 'tools');
  const hash = createHash('sha256');
  for (const file of LISTS) hash.update(readFileSync(join(list, file)));
  return join(cache, `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** Where they are. @param {string} name @param {string} list */
export const modulesOf = (name, list) => join(folder(name, list), 'node_modules');

/** @param {string} name @param {string} list @param {string} what for people: what is being installed */
export async function ensureList(name, list, what) {
  const to = folder(name, list);
  // Written last: an installation that was cut short is made anew.
  const complete = join(to, 'complete');
  if (existsSync(complete)) return;
  console.log(`setup: ${what}`);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const file of LISTS) cpSync(join(list, file), join(to, file));
  // Programs are in the packages for each platform; no script has to fetch or move them.
  await mustRun('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: to });
  writeFileSync(complete, '');
}
