/**
 * `npm run e2e -- --engine firefox --only blocked`: whole sign-ins in one engine (Chromium unless told), those scenarios
 * whose name the pattern matches (all unless told). Installs and builds what is missing first.
 */
import { parseArgs } from 'node:util';
import { main } from './main.mjs';
import { BuildError } from './build/step.mjs';
import { run } from './run.mjs';
import { setupTests } from './setup.mjs';
import { engines, endToEnd } from './test/end-to-end.mjs';

await main(import.meta.url, async (args) => {
  const { engine, only } = parseArgs({ args, options: { engine: { type: 'string', default: 'chromium' }, only: { type: 'string' } } }).values;
  if (!engines.includes(String(engine))) throw new BuildError(`no engine "${engine}"; there are: ${engines.join(', ')}`);
  await setupTests();
  const { build } = await import('./build.mjs');
  await build();
  const { command: [command, ...rest], env } = endToEnd(String(engine), only);
  process.exitCode = (await run(command, rest, { env, show: true })).code;
});
