/**
 * `npm run reproduce`: builds the package twice, from nothing, in two folders of different names, and compares what `npm pack`
 * makes of it, file by file (J6). Whoever has the same sources, Rust and Node gets the same hashes, which it prints. It takes as
 * long as two first builds, so `npm test` leaves it out; of it, tests/pack keeps what is cheap.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BuildError, filesBelow } from './build/step.mjs';
import { main } from './main.mjs';
import { at, root } from './paths.mjs';
import { elapsed, mustRun } from './run.mjs';

/** Of different lengths, too: an address in a file moves what comes after it. */
const FOLDERS = ['a', 'another-builder-with-a-long-name'];

/** Settings that `npm run` hands down: the npm started here would work on this repository by them. */
const env = Object.fromEntries(Object.keys(process.env).filter((name) => /^npm_/i.test(name)).map((name) => [name, undefined]));

/** @param {Buffer | string} content */
const sha256 = (content) => createHash('sha256').update(content).digest('hex');

/** A copy of the sources, of what is not committed too, with the installed dev dependencies. @param {string} folder */
async function copySources(folder) {
  const listed = await mustRun('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  for (const name of listed.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(at(name), join(folder, name));
  }
  symlinkSync(at('node_modules'), join(folder, 'node_modules'));
}

/** What is built and packed there: path → hash. @param {string} folder @returns {Promise<Map<string, string>>} */
async function packed(folder) {
  const since = performance.now();
  await mustRun(process.execPath, ['www/tools/build.mjs'], { cwd: folder, env });
  console.log(`reproduce: built in ${folder} (${elapsed(since)})`);
  const out = join(folder, 'out');
  mkdirSync(out);
  await mustRun('npm', ['pack', '--pack-destination', out], { cwd: join(folder, 'pkg'), env });
  const [tarball] = filesBelow(out);
  await mustRun('tar', ['-xf', tarball, '-C', out], { cwd: out });
  const files = filesBelow(join(out, 'package'));
  const telling = files.filter((path) => [folder, root].some((place) => readFileSync(path).includes(place)));
  if (telling.length > 0) throw new BuildError(`these files tell where they were built: ${telling.join(', ')}`);
  return new Map([tarball, ...files].map((path) => [path.slice(out.length + 1), sha256(readFileSync(path))]));
}

export async function reproduce() {
  const base = mkdtempSync(join(tmpdir(), 'sign-in-with-x-reproduce-'));
  try {
    const folders = FOLDERS.map((name) => join(base, name));
    // Both before anything is built: somebody may be at work on the sources.
    for (const folder of folders) await copySources(folder);
    // One after the other: the link-time optimisation needs the memory.
    const [first, second] = [await packed(folders[0]), await packed(folders[1])];
    const names = [...new Set([...first.keys(), ...second.keys()])];
    const different = names.filter((name) => first.get(name) !== second.get(name));
    if (different.length > 0) throw new BuildError(`two builds of the same sources differ in ${different.join(', ')}`);
    for (const [name, hash] of first) if (/\.(?:wasm|tgz)$/.test(name)) console.log(`${hash}  ${name}`);
    console.log(`reproduce: ${first.size - 1} files and their package are the same in both`);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

await main(import.meta.url, reproduce);
