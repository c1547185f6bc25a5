/**
 * `npm run setup`: installs what is missing, and says how to where it cannot. `npm start` needs the build part,
 * `npm test` all of it. Imports nothing but Node, because a fresh clone has nothing else.
 */
import { delimiter } from 'node:path';
import { ensureBrowsers } from './setup/browsers.mjs';
import { ensureCargoTool } from './setup/cargo-tools.mjs';
import { ensureConsumers } from './setup/consumers.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { ensurePythonClients } from './setup/python.mjs';
import { ensureRedis } from './setup/redis.mjs';
import { ensureRuntimes } from './setup/runtimes.mjs';
import { ensureRust, ensureRustChecks } from './setup/rust.mjs';
import { main } from './main.mjs';

/** Makes a tool the one that PATH finds, for this process and all that it starts. @param {string | undefined} folder */
function usePath(folder) {
  if (folder) process.env.PATH = [folder, process.env.PATH].join(delimiter);
}

export async function setupBuild() {
  await ensureRust();
  await ensureNodeModules();
  usePath(await ensureCargoTool('wasmBindgen'));
}

/**
 * A browser, its driver, a Python client, Redis, another runtime or another framework that cannot be installed here must not keep the other tests
 * from running; the steps that need it fail, and name it.
 * @returns {Promise<boolean>} whether everything is there
 */
export async function setupTests() {
  await setupBuild();
  await ensureRustChecks();
  usePath(await ensureCargoTool('wasmPack'));
  let complete = true;
  for (const ensure of [ensureBrowsers, () => ensureCargoTool('geckodriver').then(usePath), ensurePythonClients, ensureRedis, ensureRuntimes, ensureConsumers]) {
    await ensure().catch((error) => {
      if (!['CommandFailed', 'MissingTool'].includes(error.name)) throw error;
      complete = false;
      console.error(`setup: ${error.message}\n${error.output ?? ''}`);
    });
  }
  return complete;
}

await main(import.meta.url, async () => {
  if (await setupTests()) console.log('setup: everything is there');
  else process.exitCode = 1;
});
