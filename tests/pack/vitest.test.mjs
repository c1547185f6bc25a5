/** examples/vitest as whoever copies it has it: the packed package, Vitest and Selenium, and nothing else of this repository. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { env, packAndInstall, root } from './tarball.mjs';

const example = join(root, 'examples', 'vitest');
const devDependencies = (/** @type {string} */ folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).devDependencies;

describe('a site’s own tests', () => {
  /** @type {import('./tarball.mjs').Tarball} */
  let tarball;
  before(async () => {
    tarball = await packAndInstall();
  });
  after(() => tarball?.remove());

  test('K: what the example asks npm for is what it is tried with', () => {
    const { 'sign-in-with-x': own, ...others } = devDependencies(example);
    assert.equal(join(example, own.replace(/^file:/, '')), join(root, 'pkg'));
    const ours = devDependencies(root);
    assert.deepEqual(others, Object.fromEntries(Object.keys(others).map((name) => [name, ours[name]])));
  });

  test('K J3: with Vitest, a simulator in each and a real browser pass on the packed package', { timeout: 300_000 }, async (t) => {
    const folder = join(tarball.project, 'vitest');
    cpSync(example, folder, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
    // Installed with this repository; the package of the same project is the packed one.
    for (const name of ['vitest', 'selenium-webdriver', '.bin/vitest']) {
      symlinkSync(join(root, 'node_modules', name), join(tarball.project, 'node_modules', name));
    }

    const TMPDIR = join(folder, 'tmp');
    mkdirSync(TMPDIR);
    // A group of its own, so that drivers and browsers end with it, however it ends. Selenium is to fetch nothing.
    const child = spawn('npm', ['test', '--silent', '--', '--reporter=json'], { cwd: folder, env: { ...env, TMPDIR, SE_OFFLINE: 'true' }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    t.after(() => endGroup(child.pid));
    const [said, complained, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    assert.equal(status, 0, said + complained);

    const { testResults } = JSON.parse(said.slice(said.indexOf('{')));
    /** @type {{ title: string, status: string }[]} */
    const tests = testResults.flatMap((/** @type {{ assertionResults: object[] }} */ { assertionResults }) => assertionResults);
    const written = [...readFileSync(join(example, 'sign-in.test.mjs'), 'utf8').matchAll(/^test\('(.+?)',/gm)].map(([, title]) => title);
    assert.ok(written.length >= 6);
    assert.deepEqual(tests.map(({ title, status: end }) => [title, end]), written.map((title) => [title, 'passed']));
  });
});

/** @param {number | undefined} pid */
function endGroup(pid) {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
