/**
 * The soak itself; `npm run soak` starts it, with everything built. `--number N` plays that one scenario of the
 * seed; `--verbose` tells of every run.
 * @module
 */

import { parseArgs } from 'node:util';
import { error as failures } from 'selenium-webdriver';
import { freePort, startDriver } from '../e2e/harness/driver.mjs';
import { engineNamed } from '../e2e/harness/engines.mjs';
import { startSimulator } from '../../www/simulator/index.js';
import { BAD, judge } from './judge.mjs';
import { play } from './play.mjs';
import { described, scenario } from './scenarios.mjs';
import { startSite } from './site.mjs';
import { openStage } from './stage.mjs';

/** How often a long soak says that it is alive. */
const TELL_EVERY = 50;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    engine: { type: 'string', default: 'chromium' },
    number: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const numbers = values.number === undefined ? [...Array(Number(values.runs)).keys()] : [Number(values.number)];
if (![seed, ...numbers].every(Number.isSafeInteger) || numbers.length === 0) throw new Error('--runs, --seed and --number are whole numbers');
// Such an engine needs a proxy for each session, and loses its driver in a Back (tests/e2e/harness/engines.mjs).
if (engineNamed(values.engine).watched === 'proxy') throw new Error(`no soak in ${engineNamed(values.engine).title}`);

const port = await freePort();
const simulator = await startSimulator({ apps: [{ clientId: 'c29hazoxOmNp', type: 'spa', name: 'Soak', redirectUris: [`http://127.0.0.1:${port}/auth/x/callback`] }] });
const site = await startSite(port, simulator);
const browser = await startDriver(values.engine);
const accounts = simulator.accounts.map(({ username }) => username);

console.log(`soak: ${numbers.length} runs in ${browser.engine.title}, seed ${seed}`);
/** @type {Record<import('./judge.mjs').Verdict, number>} */
const tally = { completed: 0, refused: 0, wrong: 0, hung: 0, leaked: 0 };
const told = () => Object.entries(tally).map(([verdict, count]) => `${count} ${verdict}`).join(', ');
const since = performance.now();
const seconds = () => (performance.now() - since) / 1000;
let slowest = { number: -1, took: 0 };
let stage = await openStage(browser);

try {
  for (const [index, number] of numbers.entries()) {
    const before = performance.now();
    const next = scenario(seed, number, accounts);
    const { verdict, why } = await played(next);
    tally[verdict] += 1;
    const took = performance.now() - before;
    if (took > slowest.took) slowest = { number, took };
    if (BAD.some((bad) => bad === verdict)) console.log(`\n${verdict}: ${described(next)}\n${why.map((line) => `  ${line}`).join('\n')}\n  again: npm run soak -- --engine ${values.engine} --seed ${seed} --number ${number}`);
    else if (values.number !== undefined || values.verbose) console.log(`${verdict} in ${(took / 1000).toFixed(1)} s: ${described(next)}`);
    if ((index + 1) % TELL_EVERY === 0) console.log(`soak: ${index + 1} of ${numbers.length}: ${told()} (${(seconds() / (index + 1)).toFixed(2)} s per run)`);
  }
} finally {
  await stage.close().catch(() => {});
  await browser.close();
  await site.close();
  await simulator.close();
}

const bad = BAD.reduce((sum, kind) => sum + tally[kind], 0);
console.log(`\nsoak: ${told()}; ${seconds().toFixed(0)} s, ${(seconds() / numbers.length).toFixed(2)} s per run, the slowest ${(slowest.took / 1000).toFixed(1)} s (${slowest.number}); seed ${seed}`);
// As the closing lines of node's test runner, so that each run is counted as a test (www/tools/test/count.mjs).
console.log(`ℹ pass ${numbers.length - bad}\nℹ fail ${bad}`);
if (bad > 0) process.exitCode = 1;

/**
 * What went wrong in one run, or broke its browser, must not reach the next: that gets a browser of its own.
 * @param {import('./scenarios.mjs').Scenario} next
 * @returns {Promise<import('./judge.mjs').Judgement>}
 */
async function played(next) {
  const judgement = await play({ stage, simulator, site }, next).then(
    (seen) => judge(next, seen),
    (error) => {
      // A mistake in the soak is not the SDK's.
      if (!(error instanceof failures.WebDriverError)) throw error;
      return { verdict: /** @type {const} */ ('hung'), why: [String(error.stack)] };
    },
  );
  if (BAD.some((bad) => bad === judgement.verdict)) {
    await stage.close().catch(() => {});
    stage = await openStage(browser);
  }
  return judgement;
}
