/** The dev dependencies, exactly as locked. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { at } from '../paths.mjs';
import { mustRun } from '../run.mjs';

const stamp = at('node_modules', '.installed-lock');

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

export async function ensureNodeModules() {
  const lock = createHash('sha256').update(readFileSync(at('package-lock.json'))).digest('hex');
  if (read(stamp) === lock) return;
  console.log('setup: dev dependencies (npm ci)');
  // No dependency needs its install script: esbuild and binaryen ship their programs in their packages.
  await mustRun('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}
