/** An engine that is not there must be a failure that names what is missing, and not silence. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

process.env.FIREFOX = '/nowhere/firefox';
process.env.CHROMIUM = process.env.CHROMEDRIVER = process.execPath;
const { testSteps } = await import('../../www/tools/test/steps.mjs');
const { endToEnd, engines } = await import('../../www/tools/test/end-to-end.mjs');

test('a step per engine', () => {
  assert.deepEqual(engines.map((engine) => endToEnd(engine).name), ['e2e', 'e2e-firefox', 'e2e-webkit']);
});

test('an engine without its programs is not run, and fails with their names', () => {
  const { command: [command, ...args] } = endToEnd('firefox');
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^Firefox was not tested\.\n\n\/nowhere\/firefox is missing\. Install it:\n\n {4}apt-get install .* firefox-esr\n/);
});

test('the halves of an engine are all of its files', () => {
  const halves = testSteps().filter(({ name }) => name === 'e2e').map(({ part, command }) => [part, command.find((word) => word.startsWith('--test-shard'))]);
  assert.deepEqual(halves, [['1/2', '--test-shard=1/2'], ['2/2', '--test-shard=2/2']]);
});

test('a pattern chooses scenarios, and may hold a slash', () => {
  const { command, env } = endToEnd('chromium', 'a/b');
  assert.ok(command.includes('--test-name-pattern=/a\\/b/i'), command.join(' '));
  assert.deepEqual(env, { E2E_ENGINE: 'chromium' });
});
