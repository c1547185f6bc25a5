/**
 * `npm run bench`: the package beside other libraries of its kind and a hand-written floor, in Chromium, in one run (tests/bench):
 * time to a working button, authorization URLs, clicks, callbacks, a hundred buttons, memory, bytes. Writes
 * tests/bench/RESULTS.md, and the samples to target/bench/samples.json. Some ten minutes, on a machine that does nothing else;
 * `--seed 7` draws another order, `--quick` takes less than a minute and prints figures that say nothing.
 */
import { parseArgs } from 'node:util';
import { main } from './main.mjs';
import { at } from './paths.mjs';
import { run } from './run.mjs';
import { setupBuild } from './setup.mjs';
import { benchModules, ensureBench } from './setup/bench.mjs';
import { ensureBrowsers } from './setup/browsers.mjs';
import { BuildError } from './build/step.mjs';

/** Whatever hangs ends by then, with the browser. */
const MINUTES = 12;

await main(import.meta.url, async (args) => {
  const { quick, seed } = parseArgs({ args, options: { quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } } }).values;
  if (!/^\d{1,6}$/.test(String(seed))) throw new BuildError('--seed is a whole number of at most six digits');
  await setupBuild();
  await ensureBrowsers();
  await ensureBench();
  const { build } = await import('./build.mjs');
  await build();
  const more = ['--seed', String(seed), ...(quick ? ['--quick'] : [])];
  process.exitCode = (await run(process.execPath, [at('tests', 'bench', 'run.mjs'), benchModules(), ...more], { show: true, minutes: MINUTES })).code;
});
