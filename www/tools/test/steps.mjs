/**
 * All that `npm test` runs, in order: cheap checks first. Listed one by one, so that a suite that vanished is a failure
 * and not silence.
 */
import { at, nodeTools } from '../paths.mjs';
import { which } from '../run.mjs';
import { countRust } from './count.mjs';
import { consumers, endToEnd, engines, soak } from './end-to-end.mjs';
import { nodeSuite } from './suite.mjs';

/**
 * @typedef {object} TestStep
 * @property {string} name what `--only` selects
 * @property {string} [part] which part of it, where several steps have one name
 * @property {[string, ...string[]]} command
 * @property {Record<string, string | undefined>} [env]
 * @property {(output: string) => import('./count.mjs').Count} [count] none: the step is one check
 * @property {boolean} [shown] print the output of a good run too
 * @property {boolean} [beside] may run at the same time as others that may
 * @property {number} [minutes] how long it may take; default: 15
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

/** @returns {TestStep[]} */
export const testSteps = () => [
  { name: 'size', command: [process.execPath, at('www', 'tools', 'size.mjs')], shown: true },
  { name: 'rustfmt', command: ['cargo', 'fmt', '--all', '--check'] },
  { name: 'tsc', command: [process.execPath, nodeTools.tsc, '-p', 'tsconfig.json'] },
  { name: 'tsc-node', command: [process.execPath, nodeTools.tsc, '-p', 'tsconfig.node.json'] },
  { name: 'clippy', command: clippy('--all-features') },
  { name: 'clippy-wasm', command: clippy('--all-features', ...wasm) },
  // What the other features use of an engine without them is dead code.
  { name: 'clippy-click', command: ['cargo', 'clippy', '--locked', '--lib', '--no-default-features', '--features', 'click', ...wasm, '--', '-D', 'warnings'] },
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
  ...['tools', 'glue', 'server', 'simulator', 'types', 'pack', 'runtimes'].map((suite) => nodeSuite(suite)),
  ...[
    // The ones that take longest first, and the last in halves, so that no lane is left alone with one.
    ...engines.filter((engine) => engine !== 'chromium').map((engine) => endToEnd(engine)),
    ...['1/2', '2/2'].map((part) => endToEnd('chromium', undefined, part)),
    // Always the same ones, so that a failure is a change's and not chance's; `npm run soak` draws others.
    soak('chromium', ['--runs', '50', '--seed', '1']),
    // Beside another step, so one at a time.
    consumers(['--lanes', '1']),
    // Browsers mostly wait: two steps at a time take little longer than one.
  ].map((step) => ({ ...step, minutes: 45, beside: true })),
];
