/**
 * `npm run soak -- --runs 1000 --seed 7 --engine firefox`: sign-ins at random, with everything that can go wrong, in one
 * browser (tests/soak). The same seed gives the same scenarios; without one it is drawn, and printed. `--number N` plays
 * that one scenario of the seed, `--verbose` tells of every run. Ends with how many completed, were correctly refused,
 * ended wrong, hung, or left something behind; the last three must be none.
 */
import { parseArgs } from 'node:util';
import { main } from './main.mjs';
import { BuildError } from './build/step.mjs';
import { run } from './run.mjs';
import { setupTests } from './setup.mjs';
import { engines, soak } from './test/end-to-end.mjs';

await main(import.meta.url, async (args) => {
  const { engine, verbose, ...numbers } = parseArgs({
    args,
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      number: { type: 'string' },
      engine: { type: 'string', default: 'chromium' },
      verbose: { type: 'boolean', default: false },
    },
  }).values;
  if (!engines.includes(String(engine))) throw new BuildError(`no engine "${engine}"; there are: ${engines.join(', ')}`);
  await setupTests();
  const { build } = await import('./build.mjs');
  await build();
  const more = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { command: [command, ...rest] } = soak(String(engine), [...more, ...(verbose ? ['--verbose'] : [])]);
  // A thousand runs take longer than most commands may.
  process.exitCode = (await run(command, rest, { show: true, minutes: 120 })).code;
});
