/**
 * `node tests/e2e/rust-page.mjs` builds examples/rust-page, by Leptos and by Yew, and signs in on each; `yew` or `leptos`
 * alone after it, `--engine firefox`. No part of `npm test`: from nothing it compiles for some minutes.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSimulator } from '../../www/simulator/index.js';
import { main } from '../../www/tools/main.mjs';
import { at, pkg, target } from '../../www/tools/paths.mjs';
import { mustRun } from '../../www/tools/run.mjs';
import { setupBuild } from '../../www/tools/setup.mjs';
import { startSite } from '../consumers/lab/site.mjs';
import { freePort, startDriver } from './harness/driver.mjs';
import { person } from './harness/person.mjs';
import { openWatched } from './harness/witness.mjs';

const CLIENT_ID = 'cnVzdC1wYWdlOjE6Y2k';

/** What the page needs and no more: its own scripts, its own WebAssembly, and no style but by adopted sheets. */
const POLICY = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'`;

const page = (/** @type {string} */ script, body = '') => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}; img-src data:">
<link rel="icon" href="data:,">
<title>Welcome</title>
${script}
<body>${body}</body>
</html>
`;

/** The page of one framework, as files. @param {string} name @param {{ redirectUri: string, authorize: string }} at_ */
async function built(name, { redirectUri, authorize }) {
  const into = join(target, 'rust-page');
  const wasm = 'wasm32-unknown-unknown';
  const env = { CARGO_TARGET_DIR: into, X_CLIENT_ID: CLIENT_ID, X_REDIRECT_URI: redirectUri, X_AUTHORIZE: authorize };
  await mustRun('cargo', ['build', '--release', '--target', wasm, '--features', name, '--bin', `${name}-page`], { cwd: at('examples', 'rust-page'), env });
  const folder = join(into, 'site', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'auth', 'x'), { recursive: true });
  await mustRun('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', folder, '--out-name', 'page', join(into, wasm, 'release', `${name}-page.wasm`)]);
  writeFileSync(join(folder, 'start.js'), `import init from './page.js';\nawait init();\n`);
  writeFileSync(join(folder, 'index.html'), page('<script type="module" src="/start.js"></script>'));
  cpSync(join(pkg, 'callback.js'), join(folder, 'callback.js'));
  writeFileSync(join(folder, 'auth', 'x', 'callback.html'), page('<script src="/callback.js"></script>', '<div id="sign-in-with-x-status" role="status"></div>'));
  return folder;
}

const BUTTON = `return document.querySelector('span')?.shadowRoot?.querySelector('[part=button]')`;
const KEYS = `return Object.keys(sessionStorage)`;

/**
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {string} origin
 * @param {import('../../www/simulator/index.js').Simulator} simulator
 */
async function signsIn(driver, origin, simulator) {
  const who = person(driver, origin, undefined, () => decisions(simulator));
  const atX = () => driver.wait(async () => (await driver.getCurrentUrl()).startsWith(simulator.url), 20_000, 'waiting for X');
  const press = async () => {
    const button = await driver.wait(() => driver.executeScript(BUTTON), 20_000, 'waiting for the button');
    await /** @type {import('selenium-webdriver').WebElement} */ (button).click();
    await atX();
  };
  const left = async (/** @type {string} */ path) => {
    assert.equal(await driver.getCurrentUrl(), origin + path, 'where the person began, without a code');
    assert.deepEqual(await driver.executeScript(KEYS), [], 'nothing is left of it');
  };
  await who.arrive('/?a=1#here');
  const drawn = await driver.wait(() => driver.executeScript(BUTTON), 20_000, 'waiting for the button');
  assert.equal(await /** @type {import('selenium-webdriver').WebElement} */ (drawn).getCssValue('border-top-left-radius'), '999px', 'it has its style');
  await press();
  await who.approve('ada_example');
  await who.reads('[role=status]', /^Signed in as @ada_example$/);
  await left('/?a=1#here');

  // Once: a page that is loaded anew does not say it again.
  await driver.navigate().refresh();
  await driver.wait(() => driver.executeScript(BUTTON), 20_000, 'waiting for the button');
  assert.equal(await driver.executeScript(`return document.querySelector('[role=status]').textContent`), '');

  await press();
  await who.cancel();
  await who.reads('[role=status]', /^cancelled/);
  await left('/?a=1#here');

  // Without an answer. The page is not kept, so that Back loads it.
  await driver.executeScript(`addEventListener('unload', () => {})`);
  await press();
  await driver.navigate().back();
  await who.reads('[role=status]', /^cancelled$/);
  await left('/?a=1#here');

  // A tab that forgets: nobody leaves.
  await driver.executeScript(`Storage.prototype.setItem = () => {}`);
  await (await /** @type {Promise<import('selenium-webdriver').WebElement>} */ (driver.executeScript(BUTTON))).click();
  await who.reads('[role=status]', /^storage_unavailable$/);
}

/** @param {import('../../www/simulator/index.js').Simulator} simulator */
const decisions = (simulator) => Object.values(simulator.control.counts()).reduce((sum, count) => sum + Number(count), 0);

await main(import.meta.url, async (args) => {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { engine: { type: 'string', default: 'chromium' } } });
  await setupBuild();
  const { createHandler } = await import('../../pkg/server.js');
  const { toNodeListener } = await import('../../pkg/server-node.js');
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const redirectUri = `${origin}/auth/x/callback`;
  const simulator = await startSimulator({ apps: [{ clientId: CLIENT_ID, type: 'spa', name: 'A page in Rust', redirectUris: [redirectUri] }] });
  const browser = await startDriver(values.engine);
  try {
    for (const name of positionals.length > 0 ? positionals : ['leptos', 'yew']) {
      const folder = await built(name, { redirectUri, authorize: `${simulator.url}/i/oauth2/authorize` });
      const endpoints = { token: `${simulator.apiUrl}/2/oauth2/token`, user: `${simulator.apiUrl}/2/users/me`, revoke: `${simulator.apiUrl}/2/oauth2/revoke` };
      const signIn = toNodeListener(createHandler({ clientId: CLIENT_ID, redirectUris: [redirectUri], origin, endpoints }));
      const site = await startSite(port, { folders: [folder] }, signIn);
      const { driver, witness, close } = await openWatched(browser);
      try {
        await signsIn(driver, origin, simulator);
        assert.deepEqual(await witness.complaints(), [], 'nothing complained in the console');
        const kilobytes = site.answers.filter(({ path }) => /page(_bg)?\.(js|wasm)$/.test(path)).slice(0, 2).reduce((sum, { brotli }) => sum + brotli, 0) / 1000;
        console.log(`${name}: signs in, is told of a cancelled one, and of Back; ${kilobytes.toFixed(0)} kB of brotli`);
      } finally {
        await close();
        await site.close();
      }
    }
  } finally {
    await browser.close();
    await simulator.close();
  }
});
