/** The packed package in a document that is made up: Vitest with jsdom and with happy-dom, on the tests in document/. */
import assert from 'node:assert/strict';
import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { packAndInstall, root, run } from './tarball.mjs';

describe('E6: a document that is made up', () => {
  /** @type {import('./tarball.mjs').Tarball} */
  let tarball;
  before(async () => {
    tarball = await packAndInstall();
  });
  after(() => tarball?.remove());

  test('E6 E4: Vitest with jsdom and happy-dom draws the button by every entry point, without a request, and a click opens X', async () => {
    const folder = join(tarball.project, 'document');
    await cp(new URL('document', import.meta.url), folder, { recursive: true });
    for (const name of ['vitest', 'react', 'react-dom', 'vue']) await symlink(join(root, 'node_modules', name), join(tarball.project, 'node_modules', name));
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const said = await run(process.execPath, [vitest, 'run', '--reporter=json'], folder).catch((error) => assert.fail(error.stdout + error.stderr));
    const { testResults } = JSON.parse(said.slice(said.indexOf('{')));
    /** @type {{ title: string, status: string }[]} */
    const tests = testResults.flatMap((/** @type {{ assertionResults: object[] }} */ { assertionResults }) => assertionResults);
    const once = ['define', 'element', 'react', 'vue', 'functions'].map((title) => `${title} passed`);
    assert.deepEqual(tests.map(({ title, status }) => `${title} ${status}`), [...once, ...once]);
  });
});
