/**
 * All that `npm test` runs, in order: cheap checks first. Listed one by one, so that a suite that vanished is a failure
 * and not silence.
 */
import { relative } from 'node:path';
import { filesBelow } from '../build/step.mjs';
import { at, nodeTools, root } from '../paths.mjs';
import { which } from '../run.mjs';
import { countNode, countRust } from './count.mjs';

/**
 * @typedef {object} TestStep
 * @property {string} name what `--only` selects
 * @property {[string, ...string[]]} command
 * @property {Record<string, string | undefined>} [env]
 * @property {(output: string) => import('./count.mjs').Count} [count] none: the step is one check
 * @property {boolean} [shown] print the output of a good run too
 */

const wasm = ['--target', 'wasm32-unknown-unknown'];
const clippy = (/** @type {string[]} */ ...args) =>
  /** @type {[string, ...string[]]} */ (['cargo', 'clippy', '--locked', '--all-targets', ...args, '--', '-D', 'warnings']);

/**
 * wasm-bindgen-test takes the first of these variables that is set, so a run sets exactly one. A loaded machine needs
 * more than its 20 s for a suite and 5 s for a driver to start.
 * @param {'CHROMEDRIVER' | 'GECKODRIVER'} variable @param {string} command
 */
const driver = (variable, command) => ({
  CHROMEDRIVER: undefined,
  GECKODRIVER: undefined,
  SAFARIDRIVER: undefined,
  [variable]: which(command),
  WASM_BINDGEN_TEST_TIMEOUT: '180',
  WASM_BINDGEN_TEST_DRIVER_TIMEOUT: '60',
});

/** @param {string} suite a folder of tests/ @returns {TestStep} */
function nodeSuite(suite) {
  const files = filesBelow(at('tests', suite)).filter((path) => path.endsWith('.test.mjs') || path.endsWith('.test.js'));
  const args = ['--test', '--test-reporter=spec', ...files.map((path) => relative(root, path))];
  // Without a file to run, node would look for tests by itself and find another suite's.
  const nothing = `console.error('tests/${suite} holds no test'); process.exit(1)`;
  return { name: suite, command: [process.execPath, ...(files.length > 0 ? args : ['-e', nothing])], count: countNode };
}

/** @returns {TestStep[]} */
export const testSteps = () => [
  { name: 'size', command: [process.execPath, at('www', 'tools', 'size.mjs')], shown: true },
  { name: 'rustfmt', command: ['cargo', 'fmt', '--all', '--check'] },
  { name: 'tsc', command: [process.execPath, nodeTools.tsc, '-p', 'tsconfig.json'] },
  { name: 'tsc-node', command: [process.execPath, nodeTools.tsc, '-p', 'tsconfig.node.json'] },
  { name: 'clippy', command: clippy('--all-features') },
  { name: 'clippy-wasm', command: clippy('--all-features', ...wasm) },
  { name: 'native', command: ['cargo', 'test', '--locked', '--all-features', '--no-fail-fast'], count: countRust },
  {
    name: 'chromium',
    command: ['wasm-pack', 'test', '--mode', 'no-install', '--headless', '--chrome'],
    env: driver('CHROMEDRIVER', 'chromedriver'),
    count: countRust,
  },
  {
    name: 'firefox',
    command: ['wasm-pack', 'test', '--mode', 'no-install', '--headless', '--firefox'],
    env: driver('GECKODRIVER', 'geckodriver'),
    count: countRust,
  },
  ...['tools', 'glue', 'server', 'simulator', 'types', 'pack', 'e2e'].map(nodeSuite),
];
