/** An error of the backend half that nobody catches is read in a terminal, or in a container's log. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { root } from '../../www/tools/paths.mjs';

test('G15 J5: what createHandler refuses can be read where the program ends, and is not drowned in the engine', () => {
  const program = `import { createHandler } from 'sign-in-with-x/server'; createHandler({});`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /code: .invalid_config./);
  assert.ok(stderr.length < 4000, `${stderr.length} characters`);
});
