/**
 * The README's own code, taken out of it and run as it stands: the package installed from its tarball, the simulator by
 * its command, the two pages and the server as files. Only ports are put in other places.
 *
 * In front of the README's server stands one that adds the Content Security Policy of the README's table, and nothing
 * that the table does not have.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { By } from 'selenium-webdriver';
import { table, quoted, read } from '../glue/docs/markdown.mjs';
import { packAndInstall } from '../pack/tarball.mjs';
import { freePort, startDriver } from './harness/driver.mjs';
import { engine } from './harness/engines.mjs';
import { watch } from './harness/witness.mjs';

const readme = read('README.md');
const PATIENCE = 15_000;

/** The code block under a bold file name. @param {string} name */
function block(name) {
  const [, code] = new RegExp(`^\\*\\*\`${name}\`\\*\\*[^]*?^\`\`\`\\w+\\n([^]*?)^\`\`\`$`, 'm').exec(readme) ?? [];
  assert.ok(code, `the README has ${name}`);
  return code;
}

/** What ends what was begun, in reverse. @type {(() => unknown)[]} */
const ends = [];
/** @type {Awaited<ReturnType<typeof startDriver>>} */
let browser;
/** @type {{ front: number, back: number, x: number }} */
let ports;

/** A program of the installed package's project. @param {string} cwd @param {string[]} args */
function start(cwd, ...args) {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  ends.push(() => child.kill() && ended);
  return child;
}

before(async () => {
  const tarball = await packAndInstall();
  ends.push(tarball.remove);
  ports = { front: await freePort(), back: await freePort(), x: await freePort() };
  const { project } = tarball;
  const placed = (/** @type {string} */ code) => code.replaceAll(':3000', `:${ports.front}`).replaceAll(':4001', `:${ports.x}`);
  for (const name of ['page.html', 'callback.html', 'main.js']) await writeFile(join(project, name), placed(block(name)));
  await writeFile(join(project, 'server.mjs'), placed(block('server.mjs')).replace('listen(3000,', `listen(${ports.back},`));

  const command = /^npx sign-in-with-x (simulator --app callback=\S+)$/m.exec(readme)?.[1] ?? '';
  const simulator = start(project, join('node_modules', 'sign-in-with-x', 'bin.js'), ...placed(command).split(' '), '--port', String(ports.x));
  const [paste] = await once(simulator.stdout, 'data');
  assert.ok(String(paste).includes(/client-id="(\w+)"/.exec(block('page.html'))?.[1] ?? '?'), 'the README has the simulator’s client id');
  start(project, 'server.mjs');

  await build({ absWorkingDir: project, entryPoints: ['main.js'], bundle: true, format: 'esm', outfile: 'dist/main.js', logLevel: 'warning' });
  await serve({
    '/main.html': ['text/html', '<!doctype html><title>Main</title><button id="sign-in"></button><button id="sign-out"></button><p id="status"></p><script type="module" src="/main.js"></script>'],
    '/main.js': ['text/javascript', await readFile(join(project, 'dist', 'main.js'))],
    '/sign-in-with-x.wasm': ['application/wasm', await readFile(join(tarball.installed, 'sign-in-with-x.wasm'))],
  });
  browser = await startDriver(engine);
  ends.push(browser.close);
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

/** The policy of one column of the README's table. @param {number} column @param {string} html */
function policy(column, html) {
  const [, script] = /<script type="module">([^]*?)<\/script>/.exec(html) ?? [];
  const hash = script ? ` 'sha256-${createHash('sha256').update(script).digest('base64')}'` : '';
  const rows = table(readme, 'directive').map((row) => `${quoted(row[0])[0]} ${quoted(row[column])[0] ?? "'none'"}`);
  return ["default-src 'none'", ...rows.map((row) => (row.startsWith('script-src') ? row + hash : row)), "require-trusted-types-for 'script'", "trusted-types 'none'"].join('; ');
}

/** Serves these, and what the README's server serves. @param {Record<string, [string, string | Buffer]>} files */
async function serve(files) {
  const server = createServer(async (request, response) => {
    const [path] = String(request.url).split('?');
    /** @param {number} status @param {import('node:http').OutgoingHttpHeaders} headers @param {Buffer} body */
    const deliver = (status, headers, body) => {
      const isPage = String(headers['content-type']).startsWith('text/html');
      response.writeHead(status, { ...headers, ...(isPage && { 'Content-Security-Policy': policy(path === '/auth/x/callback' ? 2 : 1, String(body)) }) }).end(body);
    };
    const [type, body] = files[path] ?? [];
    if (type) return deliver(200, { 'content-type': type }, Buffer.from(body ?? ''));
    const passed = ask({ host: '127.0.0.1', port: ports.back, path: request.url, method: request.method, headers: request.headers }, async (answer) => {
      deliver(answer.statusCode ?? 500, answer.headers, Buffer.concat(await answer.toArray()));
    });
    passed.on('error', () => response.writeHead(502).end());
    request.pipe(passed);
  });
  server.listen(ports.front, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  for (let tries = 0; (await fetch(`http://127.0.0.1:${ports.back}/`).catch(() => null))?.status !== 200; tries += 1) {
    assert.ok(tries < 100, 'the README’s server answers');
    await wait(100);
  }
}

/** @param {import('node:test').TestContext} t @param {string} path */
async function open(t, path) {
  const { driver, close } = await browser.open();
  const witness = await watch(driver);
  t.after(async () => {
    const complaints = await witness.complaints().finally(close);
    assert.deepEqual(complaints.filter((line) => !line.includes('/favicon.ico')), [], 'nothing complained in the console');
  });
  await driver.get(`http://127.0.0.1:${ports.front}${path}`);
  const home = await driver.getWindowHandle();
  const says = (/** @type {string} */ text) =>
    driver.wait(async () => (await driver.executeScript('return document.querySelector("#status")?.textContent').catch(() => '')) === text, PATIENCE, text);

  return {
    driver,
    says,
    /** @param {string} username @param {'authorize' | 'cancel'} decision */
    async decide(username, decision = 'authorize') {
      await driver.wait(async () => (await driver.findElements(By.id(decision))).length > 0, PATIENCE, 'X’s page');
      await driver.findElement(By.css(`input[value="${username}"]`)).click();
      await driver.findElement(By.id(decision)).click().catch(() => {});
      await driver.switchTo().window(home);
    },
    async intoPopup() {
      await driver.wait(async () => (await driver.getAllWindowHandles()).length === 2, PATIENCE, 'the popup');
      await driver.switchTo().window((await driver.getAllWindowHandles()).find((handle) => handle !== home) ?? '');
    },
    async popupGone() {
      await driver.wait(async () => (await driver.getAllWindowHandles()).length === 1, PATIENCE, 'the popup closes itself');
    },
  };
}

test('README: page.html, callback.html and server.mjs sign a person in by popup', async (t) => {
  const { driver, says, decide, intoPopup, popupGone } = await open(t, '/');
  const button = driver.findElement(By.css('sign-in-with-x'));
  await button.click();
  await intoPopup();
  await decide('noor_example', 'cancel');
  await says('Not this time.');
  await popupGone();

  await button.click();
  await intoPopup();
  await decide('ada_example');
  await says('Signed in as @ada_example');
  await popupGone();
});

test('README: page.html hears of a sign-in by redirect when it comes back', async (t) => {
  const { driver, says, decide } = await open(t, '/');
  await driver.executeScript(`document.querySelector('sign-in-with-x').flow = 'redirect'`);
  await driver.findElement(By.css('sign-in-with-x')).click();
  await decide('noor_example');
  await says('Signed in as @noor_example');
  assert.equal(await driver.getCurrentUrl(), `http://127.0.0.1:${ports.front}/`);
});

test('README: main.js, bundled, signs in by popup, remembers, and signs out', async (t) => {
  const { driver, says, decide, intoPopup, popupGone } = await open(t, '/main.html');
  await says('Nobody is signed in.');
  await driver.findElement(By.id('sign-in')).click();
  await intoPopup();
  await decide('ada_example');
  await says('Signed in as @ada_example');
  await popupGone();

  await driver.navigate().refresh();
  await says('Signed in as @ada_example');
  await driver.findElement(By.id('sign-out')).click();
  await says('Nobody is signed in.');
  await driver.navigate().refresh();
  await says('Nobody is signed in.');
});

test('README: main.js on a touch-first device signs in by redirect', async (t) => {
  const { driver, says, decide } = await open(t, '/main.html');
  if (!('sendDevToolsCommand' in driver)) return t.skip('this engine cannot pretend to have a touch screen');
  const chrome = /** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver);
  await chrome.sendDevToolsCommand('Emulation.setTouchEmulationEnabled', { enabled: true });
  await chrome.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width: 400, height: 800, deviceScaleFactor: 1, mobile: true });
  await driver.navigate().refresh();
  await says('Nobody is signed in.');
  assert.equal(await driver.executeScript(`return matchMedia('(pointer: coarse)').matches`), true);
  await driver.findElement(By.id('sign-in')).click();
  await decide('noor_example');
  await says('Signed in as @noor_example');
  assert.equal((await driver.getAllWindowHandles()).length, 1);
});
