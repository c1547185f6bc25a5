/** F4: what a page loads has no name that content blockers refuse (tests/fixtures/blocklists). */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { suspicious } from '../fixtures/blocklists/names.mjs';
import { root, run } from './tarball.mjs';

test('F4: no file of the package has a name that a content blocker knows', async () => {
  const [{ files }] = JSON.parse(await run('npm', ['pack', '--dry-run', '--json'], join(root, 'pkg')));
  const paths = /** @type {{ path: string }[]} */ (files).map(({ path }) => path);
  assert.ok(paths.includes('define.js') && paths.includes('sign-in-with-x.wasm'), 'the package was built');
  const folders = paths.flatMap((path) => dirname(path).split('/'));
  assert.deepEqual(suspicious([...paths.flatMap((path) => path.split('/')), ...folders]), []);
});

test('F4: the list knows the names that are on blockers’ lists', () => {
  const known = ['button_twitter', 'connect-twitter', 'getSocialLoginBox', 'shareBar', 'btn_sns_x', 'fb-like', 'ad-slot'];
  assert.deepEqual(suspicious([...known, 'sign-in-with-x', 'button', 'mark', 'notice', 'label', 'loading']), known);
});
