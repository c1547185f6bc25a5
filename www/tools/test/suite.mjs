/** A suite of node:test: a folder of tests/. */
import { relative } from 'node:path';
import { filesBelow } from '../build/step.mjs';
import { at, root } from '../paths.mjs';
import { countNode } from './count.mjs';

/** A step that fails with what it has to say. @param {string} message @returns {[string, ...string[]]} */
export const failing = (message) => [process.execPath, '-e', `console.error(${JSON.stringify(message)}); process.exit(1)`];

/**
 * @param {string} suite
 * @param {string[]} [flags] of node's test runner
 * @returns {import('./steps.mjs').TestStep}
 */
export function nodeSuite(suite, flags = []) {
  const files = filesBelow(at('tests', suite)).filter((path) => path.endsWith('.test.mjs') || path.endsWith('.test.js'));
  const args = ['--test', '--test-reporter=spec', ...flags, ...files.map((path) => relative(root, path))];
  // Without a file to run, node would look for tests by itself and find another suite's.
  return { name: suite, command: files.length > 0 ? [process.execPath, ...args] : failing(`tests/${suite} holds no test`), count: countNode };
}
