/** Packs pkg/ as npm would publish it, and installs the result into an empty project. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Tests run inside `npm test`, whose settings npm hands down in the environment: they would make the npm started here
 * work on this repository.
 */
export const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) && !name.startsWith('NODE_')));

/** @param {string} command @param {string[]} args @param {string} cwd */
export async function run(command, args, cwd) {
  const { stdout } = await execute(command, args, { cwd, env, timeout: 120_000 });
  return stdout;
}

/**
 * @typedef {object} Tarball
 * @property {string[]} files paths inside the package, sorted
 * @property {Record<string, any>} manifest its package.json
 * @property {string} project a project that depends on the package and nothing else
 * @property {string} installed the package there
 * @property {string} path the packed file
 * @property {string[]} beside what npm has installed with it, itself included
 * @property {() => Promise<void>} remove
 *
 * @returns {Promise<Tarball>}
 */
export async function packAndInstall() {
  const folder = await mkdtemp(join(tmpdir(), 'sign-in-with-x-pack-'));
  const [packed] = JSON.parse(await run('npm', ['pack', '--json', '--pack-destination', folder], join(root, 'pkg')));
  const project = join(folder, 'project');
  await cp(new URL('consumer', import.meta.url), project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  // Offline: the package has no dependencies, so there is nothing to ask a registry for.
  await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, packed.filename)], project);
  const installed = join(project, 'node_modules', 'sign-in-with-x');
  return {
    files: packed.files.map((/** @type {{ path: string }} */ { path }) => path).sort(),
    manifest: JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')),
    project,
    installed,
    path: join(folder, packed.filename),
    beside: (await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.')),
    // A browser that has just ended may still have written.
    remove: () => rm(folder, { recursive: true, maxRetries: 10 }),
  };
}
