/**
 * `npm test`: installs what is missing, builds, runs every step (test/steps.mjs), and ends with one line that counts
 * them all. `npm test -- --only e2e` runs the named steps. A failing step shows all that it printed.
 */
import { main, selection } from './main.mjs';
import { elapsed, run } from './run.mjs';
import { setupTests } from './setup.mjs';

/** How many of the steps that may run beside others do so at a time. */
const LANES = 2;

/** The build is a step like the others: a broken one must not hide what the rest has to say. */
async function buildStep() {
  const { build } = await import('./build.mjs');
  try {
    await build();
    return { code: 0, output: '' };
  } catch (error) {
    const { message, output = '' } = /** @type {Error & { output?: string }} */ (error);
    return { code: 1, output: `${output}\n${message}\n` };
  }
}

/** @param {string[]} only names of steps; all unless told */
async function test(only) {
  const { tally } = await import('./test/count.mjs');
  const { testSteps } = await import('./test/steps.mjs');
  const total = { passed: 0, failed: 0 };

  /**
   * @param {string} name
   * @param {() => Promise<{ code: number, output: string }>} work
   * @param {Pick<import('./test/steps.mjs').TestStep, 'count' | 'shown'>} [how]
   */
  const step = async (name, work, { count, shown = false } = {}) => {
    const since = performance.now();
    const result = await work();
    const { passed, failed } = tally({ ...result, count });
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) console.log(`\n---- ${name} ----\n${result.output.trimEnd()}\n---- end of ${name} ----\n`);
    else if (shown) console.log(result.output.trimEnd());
    const counted = count ? `${passed} passed, ${failed} failed` : failed > 0 ? 'failed' : 'ok';
    console.log(`test: ${name}: ${counted} (${elapsed(since)})`);
  };

  const steps = testSteps();
  const unknown = only.filter((name) => !steps.some((entry) => entry.name === name));
  if (unknown.length > 0) {
    console.error(`no such step: ${unknown.join(', ')} (there are ${steps.map(({ name }) => name).join(', ')})`);
    process.exitCode = 1;
    return;
  }

  await step('build', buildStep);
  /** @type {Set<Promise<void>>} */
  const running = new Set();
  let together = false;
  for (const { name, part, command: [command, ...args], env, minutes = 15, beside = false, ...how } of steps) {
    if (only.length > 0 && !only.includes(name)) continue;
    while (running.size >= (beside && together ? LANES : 1)) await Promise.race(running);
    together = beside;
    const going = step(part ? `${name} ${part}` : name, () => run(command, args, { env, minutes }), how).finally(() => running.delete(going));
    running.add(going);
  }
  await Promise.all(running);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
}

await main(import.meta.url, async (args) => {
  await setupTests();
  await test(selection(args));
});
