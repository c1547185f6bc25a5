/** Whole sign-ins, once per engine (tests/e2e/harness/engines.mjs), many of them at random, and in other people's projects. */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { ENGINES } from '../../../tests/e2e/harness/engines.mjs';
import { at } from '../paths.mjs';
import { which } from '../run.mjs';
import { countNode } from './count.mjs';
import { failing, nodeSuite } from './suite.mjs';

export const engines = Object.keys(ENGINES);

/** @param {string} program */
const isThere = (program) => (isAbsolute(program) ? existsSync(program) : which(program) !== undefined);

/**
 * Without its programs the step is not run, and fails with their names: an engine that is left out is not a pass.
 * @param {string} engine
 * @param {import('./steps.mjs').TestStep} step
 */
function orFailing(engine, step) {
  const { title, needs = [] } = ENGINES[engine] ?? {};
  const missing = needs.filter(([program]) => !isThere(program));
  if (missing.length === 0) return step;
  const lines = missing.map(([program, how]) => `${program} is missing. Install it:\n\n    ${how}\n`);
  return { ...step, command: failing(`${title} was not tested.\n\n${lines.join('\n')}`) };
}

/**
 * @param {string} engine
 * @param {string} [only] which scenarios, a regular expression
 * @param {string} [part] which of the files, such as `1/2`
 * @returns {import('./steps.mjs').TestStep}
 */
export function endToEnd(engine, only, part) {
  const suite = nodeSuite('e2e', [
    ...(only === undefined ? [] : [`--test-name-pattern=/${only.replaceAll('/', '\\/')}/i`]),
    ...(part === undefined ? [] : [`--test-shard=${part}`]),
  ]);
  return orFailing(engine, { ...suite, name: engine === 'chromium' ? 'e2e' : `e2e-${engine}`, part, env: { E2E_ENGINE: engine } });
}

/**
 * Sign-ins at random; each counts as a test.
 * @param {string} engine
 * @param {string[]} args of tests/soak/run.mjs
 * @returns {import('./steps.mjs').TestStep}
 */
export function soak(engine, args) {
  const command = /** @type {[string, ...string[]]} */ ([process.execPath, at('tests', 'soak', 'run.mjs'), '--engine', engine, ...args]);
  return orFailing(engine, { name: 'soak', command, count: countNode, shown: true });
}

/**
 * The packed package in other people's projects; each counts as a test.
 * @param {string[]} args of tests/consumers/run.mjs
 * @returns {import('./steps.mjs').TestStep}
 */
export function consumers(args) {
  // `npm test` says what came of it and writes nothing.
  const command = /** @type {[string, ...string[]]} */ ([process.execPath, at('tests', 'consumers', 'run.mjs'), '--check', ...args]);
  return orFailing('chromium', { name: 'consumers', command, count: countNode, shown: true });
}
