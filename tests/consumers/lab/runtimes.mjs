/**
 * Runtimes besides the browser: the package is imported, and must leave no trace.
 * @module
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { mustRun } from '../../../www/tools/run.mjs';
import { bun, deno, workerd } from '../../runtimes/hosts.mjs';
import { startServer } from './server.mjs';

/** @typedef {{ cwd: string, env: Record<string, string | undefined>, port: number }} Where */

/** @param {string} text what the project has to say */
function assertQuiet(text) {
  assert.deepEqual(JSON.parse(text), { changed: [], requests: [], modules: 6, functions: Array(4).fill('function') });
}

/** @param {string} program @param {string[]} args @param {Where} where */
const printed = async (program, args, { cwd, env }) => assertQuiet(await mustRun(program, args, { cwd, env, minutes: 1 }));

/** @param {Where} where */
async function inWorkerd({ cwd, env, port }) {
  // As wrangler does (tests/runtimes/hosts.mjs), and nothing of a page's is loaded.
  const conditions = ['workerd', 'worker', 'browser'];
  await build({ absWorkingDir: cwd, entryPoints: ['worker.mjs'], outdir: join(cwd, 'dist'), bundle: true, format: 'esm', target: 'es2022', conditions, loader: { '.wasm': 'copy' }, assetNames: '[name]', logLevel: 'error' });
  const config = join(cwd, 'dist', 'workerd.capnp');
  const engine = 'sign-in-with-x-server.wasm';
  writeFileSync(config, `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["disallow_eval_during_startup"],
  modules = [(name = "worker.js", esModule = embed "worker.js"), (name = "${engine}", wasm = embed "${engine}")],
);
`);
  const { stop } = await startServer([workerd(), 'serve', config], { cwd, env, port });
  try {
    assertQuiet(await (await fetch(`http://127.0.0.1:${port}/`)).text());
  } finally {
    await stop();
  }
}

/** @type {Record<string, (where: Where) => Promise<void>>} */
export const RUNTIMES = {
  node: (where) => printed('node', ['script.mjs'], where),
  bun: (where) => printed(bun(), ['script.mjs'], where),
  deno: (where) => printed(deno(), ['run', '--no-remote', '--cached-only', '--no-prompt', '--allow-read', '--allow-env', 'script.mjs'], where),
  workerd: inWorkerd,
};

/** As tests/runtimes has them installed. @param {string} name @returns {string} */
export const versionOf = (name) => JSON.parse(readFileSync(new URL('../../runtimes/programs/package.json', import.meta.url), 'utf8')).dependencies[name];
