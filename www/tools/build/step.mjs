/**
 * A build step and the rule for skipping it: a step runs again only when the content of one of its inputs, its code or
 * its parameters changed, or an output is gone. What it ran on is remembered in target/stamps.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, target } from '../paths.mjs';
import { elapsed } from '../run.mjs';

/**
 * @typedef {object} Step
 * @property {string} name what `--only` selects; steps of several engines share it
 * @property {string} label unique
 * @property {string} code the `import.meta.url` of the file that defines it
 * @property {string[]} inputs files and folders
 * @property {string[]} outputs files
 * @property {unknown} [parameters] anything else the result depends on
 * @property {string} [takes] what it does and how long, for one that people would wonder about; said when it starts
 * @property {() => Promise<void>} run
 */

/** What cannot be built, with the reason. */
export class BuildError extends Error {
  name = 'BuildError';
}

/** Every file below, sorted. @param {string} path @returns {string[]} */
export function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesBelow(join(path, name)));
}

/** @param {Step} step */
function digest(step) {
  const hash = createHash('sha256').update(JSON.stringify(step.parameters ?? null));
  for (const path of [fileURLToPath(step.code), ...step.inputs].flatMap(filesBelow)) {
    const content = readFileSync(path);
    hash.update(`\0${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {Step} step */
export async function runStep(step) {
  const stamp = join(target, 'stamps', step.label.replaceAll(' ', '-'));
  const inputs = digest(step);
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs && step.outputs.every((path) => existsSync(path));
  if (done) return;

  const since = performance.now();
  // Should the step fail, its old stamp must not vouch for what it left.
  rmSync(stamp, { force: true });
  if (step.takes) console.log(`build: ${step.label} … (${step.takes})`);
  await step.run();
  for (const path of step.outputs) {
    if (!existsSync(path)) throw new BuildError(`${step.label} did not write ${relative(root, path)}`);
  }
  mkdirSync(join(target, 'stamps'), { recursive: true });
  writeFileSync(stamp, inputs);
  console.log(`build: ${step.label} (${elapsed(since)})`);
}
