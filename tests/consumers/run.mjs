/**
 * `npm run consumers`: the packed package in other people's projects (list.mjs). Builds and serves each, signs a person in
 * on its page in Chromium, and writes what came of it into results.json and the README. `-- --only vite,next` runs some;
 * `--quick` those that are fast; `--check` writes nothing; `--lanes 1` takes one at a time, not two.
 * @module
 */

import { appendFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startSimulator } from '../../www/simulator/index.js';
import { main } from '../../www/tools/main.mjs';
import { run } from '../../www/tools/run.mjs';
import { freePort, startDriver } from '../e2e/harness/driver.mjs';
import { env, packAndInstall } from '../pack/tarball.mjs';
import { freshProject, nodeOf, sweep } from './lab/projects.mjs';
import { record, recorded } from './lab/results.mjs';
import { RUNTIMES, versionOf } from './lab/runtimes.mjs';
import { startServer } from './lab/server.mjs';
import { startSite } from './lab/site.mjs';
import { visit } from './lab/visit.mjs';
import { ROWS } from './list.mjs';

const CLIENT_ID = 'Y29uc3VtZXI6MTpjaQ';

/** What the frameworks would tell their makers stays here. */
const SILENT = { NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CI: '1', NO_COLOR: '1' };

/**
 * @param {import('./list.mjs').Row} row
 * @param {{ tarball: import('../pack/tarball.mjs').Tarball, browser: Awaited<ReturnType<typeof startDriver>> | undefined }} given
 * @returns {Promise<import('./lab/results.mjs').Result>}
 */
async function tried(row, { tarball, browser }) {
  if (row.needs && !tarball.files.includes(row.needs)) return { state: 'missing', why: `${row.needs} is not in this tarball` };
  /** @type {(() => unknown)[]} */
  const ends = [];
  try {
    const project = await freshProject(row, tarball.installed);
    ends.push(project.remove);
    const { folder: cwd } = project;
    const [port, behind] = [await freePort(), await freePort()];
    const origin = `http://127.0.0.1:${port}`;
    const redirectUris = [`${origin}/auth/x/callback`];
    const simulator = await startSimulator({ apps: [{ clientId: CLIENT_ID, type: 'spa', name: row.name, redirectUris }] });
    ends.push(simulator.close);
    const path = row.node ? [await nodeOf(row.node), process.env.PATH].join(delimiter) : process.env.PATH;
    const given = { ...env, ...SILENT, PATH: path, HOME: cwd, XDG_CONFIG_HOME: undefined, XDG_CACHE_HOME: undefined, HOST: '127.0.0.1', PORT: String(behind), ORIGIN: origin, X_CLIENT_ID: CLIENT_ID, SIMULATOR: simulator.url };
    const version = row.version ? project.version(row.version) : row.node;

    for (const [program, ...args] of row.build ?? []) {
      const { code, output } = await run(program, args, { cwd, env: cleared(given), minutes: 5 });
      if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
    }
    if (row.runtime) await RUNTIMES[row.runtime]({ cwd, env: cleared(given), port: behind });
    if (row.kind === 'run') return { state: 'passed', version: row.runtime && !row.node ? versionOf(row.runtime) : version };

    if (row.serve) {
      const [program, ...args] = row.serve.map((word) => word.replace('PORT', String(behind)));
      const server = await startServer([program, ...args], { cwd, env: given, port: behind });
      ends.push(server.stop);
    }
    const signIn = row.routes ? undefined : await backend(tarball.installed, { clientId: CLIENT_ID, redirectUris, origin, simulator });
    const site = await startSite(port, row.serve ? { port: behind } : { folders: (row.folders ?? []).map((name) => join(cwd, name)) }, signIn);
    ends.push(site.close);
    const after = row.edits ? (/** @type {import('selenium-webdriver').WebDriver} */ driver) => edited(driver, join(cwd, String(row.edits))) : undefined;
    const { engines, brotli } = await visit(browser, { origin, simulator, answers: site.answers, after });
    return { state: 'passed', version, engines, ...(row.folders && { brotli }) };
  } catch (error) {
    return { state: 'failed', why: String(/** @type {Error} */ (error).stack ?? error) };
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** `run` adds to the environment of this process; what is to be gone there has to be named. @param {Record<string, string | undefined>} given */
const cleared = (given) => ({ ...Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined])), ...given });

/** The backend half, as the packed package has it. @param {string} installed @param {object} options */
async function backend(installed, { clientId, redirectUris, origin, simulator }) {
  const load = (/** @type {string} */ name) => import(pathToFileURL(join(installed, name)).href);
  const [{ createHandler }, { toNodeListener }] = await Promise.all([load('server.js'), load('server-node.js')]);
  const endpoints = { token: `${simulator.apiUrl}/2/oauth2/token`, user: `${simulator.apiUrl}/2/users/me`, revoke: `${simulator.apiUrl}/2/oauth2/revoke` };
  return toNodeListener(createHandler({ clientId, redirectUris, origin, endpoints }));
}

/** F9: the module runs again in the same page, and the element bears it. @param {import('selenium-webdriver').WebDriver} driver @param {string} file */
async function edited(driver, file) {
  await driver.executeScript('window.before = customElements.get("sign-in-with-x")');
  appendFileSync(file, '\nimport.meta.hot.accept();\nwindow.times = (window.times ?? 0) + 1;\n');
  const times = (/** @type {number} */ count) => driver.wait(() => driver.executeScript(`return window.times === ${count} && document.querySelector('sign-in-with-x').shadowRoot?.querySelector('button') != null`), 20_000, `waiting for change ${count}`);
  // The first change loads the page anew, because the file did not take changes yet; the second one does not.
  await times(1);
  await driver.executeScript('window.same = true');
  appendFileSync(file, '\n');
  await times(2);
  if (!(await driver.executeScript('return window.same'))) throw new Error('the page was loaded anew');
}

await main(import.meta.url, async (args) => {
  const options = /** @type {const} */ ({ only: { type: 'string' }, quick: { type: 'boolean' }, check: { type: 'boolean' }, lanes: { type: 'string', default: '2' } });
  const { only, quick, check, lanes } = parseArgs({ args, options }).values;
  const names = only?.split(',');
  const rows = ROWS.filter((row) => (!names || names.includes(row.name)) && (!quick || row.quick));
  const unknown = names?.filter((name) => !ROWS.some((row) => row.name === name)) ?? [];
  if (unknown.length > 0 || rows.length === 0) throw new Error(`no such consumer: ${unknown} (there are ${ROWS.map(({ name }) => name).join(', ')})`);

  sweep();
  const started = performance.now();
  const tarball = await packAndInstall();
  /** @type {Record<string, import('./lab/results.mjs').Result>} */
  const results = {};
  // The one that takes longest first, so that no lane is left alone with it.
  const took = (/** @type {import('./list.mjs').Row} */ { name }) => recorded()[name]?.seconds ?? 0;
  const waiting = rows.toSorted((a, b) => took(b) - took(a));
  const lane = async () => {
    const browser = rows.some(({ kind }) => kind === 'visit') ? await startDriver('chromium') : undefined;
    try {
      for (let row = waiting.shift(); row; row = waiting.shift()) {
        const since = performance.now();
        const result = await tried(row, { tarball, browser });
        const seconds = Math.round((performance.now() - since) / 100) / 10;
        results[row.name] = { ...result, seconds };
        if (!check) record(results);
        console.log(`consumers: ${row.name}: ${result.state} (${seconds} s)${result.why ? ` ${result.why}` : ''}`);
      }
    } finally {
      await browser?.close();
    }
  };
  try {
    await Promise.all(Array.from({ length: Number(lanes) }, lane));
  } finally {
    await tarball.remove();
  }
  const count = (/** @type {string} */ state) => Object.values(results).filter((result) => result.state === state).length;
  console.log(`\nconsumers: ${count('passed')} passed, ${count('failed')} failed, ${count('missing')} missing (${((performance.now() - started) / 1000).toFixed(0)} s)`);
  // As the closing lines of node's test runner (www/tools/test/count.mjs).
  console.log(`ℹ pass ${count('passed')}\nℹ fail ${count('failed')}`);
  if (count('failed') > 0) process.exitCode = 1;
});
