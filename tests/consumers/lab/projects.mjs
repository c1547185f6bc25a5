/**
 * The projects of the rows, ready to be built: what each depends on comes from npm once per machine, in this project's
 * cache; its own files and the packed package are laid in anew for every run.
 * @module
 */

import { createHash } from 'node:crypto';
import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from '../../../www/tools/run.mjs';

const consumers = fileURLToPath(new URL('..', import.meta.url));
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sign-in-with-x', 'tools', 'consumers');

/** What the projects do not name themselves is as it was on this day, so that every machine tests the same. */
const BEFORE = '2026-11-20';

/** The day's run of one project. @typedef {{ folder: string, version: (name: string) => string, remove: () => void }} Project */

/** Two rows may need the same. @type {Map<string, Promise<string>>} */
const going = new Map();

/** @param {string} key @param {(folder: string) => Promise<void>} install into an empty folder @returns {Promise<string>} */
function once(key, install) {
  const known = going.get(key) ?? installed(key, install);
  going.set(key, known);
  return known;
}

/** @type {typeof once} */
async function installed(key, install) {
  const to = join(cache, key);
  if (existsSync(to)) return to;
  mkdirSync(cache, { recursive: true });
  // Beside it, and moved when it is whole: what was cut short is never taken for an installation.
  const making = mkdtempSync(`${to}.`);
  try {
    await install(making);
    if (!existsSync(to)) renameSync(making, to);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return to;
}

/** No project needs an install script: their programs are in the packages for each platform. @param {string} cwd @param {string[]} names */
const npmInstall = (cwd, ...names) =>
  mustRun('npm', ['install', ...names, `--before=${BEFORE}`, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'], { cwd, minutes: 10 });

/** @param {string} name @returns {{ dependencies?: Record<string, string> } | undefined} none where a project is only files */
export function manifestOf(name) {
  const path = join(consumers, name, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** What a project depends on, installed. @param {string} name */
export function dependenciesOf(name) {
  const manifest = join(consumers, name, 'package.json');
  const hash = createHash('sha256').update(readFileSync(manifest)).update(BEFORE).digest('hex').slice(0, 12);
  return once(`${name}-${hash}`, async (folder) => {
    console.log(`consumers: what tests/consumers/${name} depends on, once`);
    cpSync(manifest, join(folder, 'package.json'));
    await npmInstall(folder);
  });
}

/** A folder with another Node than this one, from the packages that npm has of it. @param {string} version */
export async function nodeOf(version) {
  if (process.versions.node === version) return join(process.execPath, '..');
  const { platform, arch } = process;
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const folder = await once(`${name}-${version}`, async (into) => {
    console.log(`consumers: Node ${version}, once`);
    await npmInstall(into, '--no-save', `${name}@${version}`);
  });
  return join(folder, 'node_modules', name, 'bin');
}

/** As `cp -al`, which not every system has: thousands of files without their bytes. @param {string} from @param {string} to */
function linkTree(from, to) {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}

/**
 * @param {{ project: string, shares?: string[], below?: string }} row `shares`: more folders of tests/consumers whose files it has;
 *   `below`: the package of node_modules that depends on ours
 * @param {string} installed the package, packed and unpacked
 * @returns {Promise<Project>}
 */
export async function freshProject({ project, shares = [], below }, installed) {
  const own = join(consumers, project);
  const dependencies = manifestOf(project)?.dependencies ? await dependenciesOf(project) : undefined;
  mkdirSync(cache, { recursive: true });
  // In the cache, because links to its files cannot leave its file system.
  const folder = mkdtempSync(join(cache, `run-${process.pid}-${project}-`));
  const modules = join(folder, 'node_modules');
  if (dependencies) linkTree(join(dependencies, 'node_modules'), modules);
  else mkdirSync(modules);
  cpSync(own, folder, { recursive: true });
  for (const name of shares) cpSync(join(consumers, name), join(folder, name), { recursive: true });
  const packages = below ? join(modules, below, 'node_modules') : modules;
  if (below) renameSync(join(folder, below), join(modules, below));
  cpSync(installed, join(packages, 'sign-in-with-x'), { recursive: true });
  return {
    folder,
    version: (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/** Runs that were killed have left theirs. */
export function sweep() {
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    const [, pid] = /^run-(\d+)-/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
