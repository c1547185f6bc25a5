/**
 * The README's own code as a site: the package installed from its tarball, the simulator by the README's command, the two
 * pages and the server as files, the module bundled. Only ports are put in other places.
 *
 * In front of the README's server stands one that adds the Content Security Policy of the README's table, and nothing
 * that the table does not have.
 * @module
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { quoted, read, table } from '../../glue/docs/markdown.mjs';
import { packAndInstall } from '../../pack/tarball.mjs';
import { freePort } from '../harness/driver.mjs';

const readme = read('README.md');

/** The code block under a bold file name. @param {string} name */
function block(name) {
  const [, code] = new RegExp(`^\\*\\*\`${name}\`\\*\\*[^]*?^\`\`\`\\w+\\n([^]*?)^\`\`\`$`, 'm').exec(readme) ?? [];
  assert.ok(code, `the README has ${name}`);
  return code;
}

/** The policy of one column of the README's table. @param {number} column @param {string} html @param {number} x the simulator's port: there avatars are, in the place of X's */
function policy(column, html, x) {
  const [, script] = /<script type="module">([^]*?)<\/script>/.exec(html) ?? [];
  const hash = script ? ` 'sha256-${createHash('sha256').update(script).digest('base64')}'` : '';
  const rows = table(readme, 'directive').map((row) => `${quoted(row[0])[0]} ${quoted(row[column])[0] ?? "'none'"}`);
  const asked = rows.map((row) => (row.startsWith('script-src ') ? row + hash : row));
  const placed = asked.map((row) => row.replace('https://pbs.twimg.com', `$& http://localhost:${x}`));
  return ["default-src 'none'", ...placed, "require-trusted-types-for 'script'", "trusted-types 'none'"].join('; ');
}

/**
 * Serves these files, and what the README's server serves.
 * @param {{ front: number, back: number, x: number }} ports
 * @param {Record<string, [type: string, body: string | Buffer]>} files
 */
async function serve({ front, back, x }, files) {
  const server = createServer((request, response) => {
    const [path = ''] = String(request.url).split('?');
    /** @param {number} status @param {import('node:http').IncomingHttpHeaders} headers @param {Buffer} body */
    const deliver = (status, headers, body) => {
      const isPage = String(headers['content-type']).startsWith('text/html');
      const column = path === '/auth/x/callback' ? 2 : 1;
      response.writeHead(status, { ...headers, ...(isPage && { 'Content-Security-Policy': policy(column, String(body), x) }) }).end(body);
    };
    const [type, body] = files[path] ?? [];
    if (type) return deliver(200, { 'content-type': type }, Buffer.from(body ?? ''));
    const { method, headers } = request;
    const passed = ask({ host: '127.0.0.1', port: back, path: request.url, method, headers }, async (answer) => {
      deliver(answer.statusCode ?? 500, answer.headers, Buffer.concat(await answer.toArray()));
    });
    passed.on('error', () => response.writeHead(502).end());
    return request.pipe(passed);
  });
  server.listen(front, '127.0.0.1');
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
}

/** A program that runs until it is ended. @param {string} cwd @param {string[]} args */
function start(cwd, args) {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const failed = ended.then(([code]) => assert.fail(`${args.join(' ')} ended with ${code}`));
  // Whoever waits for it hears of it; nobody else has to.
  failed.catch(() => {});
  return { child, failed, end: () => child.kill() && ended };
}

/** @param {(() => unknown)[]} ends told, as each part is up, how to end it */
export async function startSite(ends) {
  const { project, installed, remove } = await packAndInstall();
  ends.push(remove);
  const ports = { front: await freePort(), back: await freePort(), x: await freePort() };
  const placed = (/** @type {string} */ code) => code.replaceAll(':3000', `:${ports.front}`).replaceAll(':4001', `:${ports.x}`);
  for (const name of ['page.html', 'callback.html', 'main.js']) await writeFile(join(project, name), placed(block(name)));
  await writeFile(join(project, 'server.mjs'), placed(block('server.mjs')).replace('listen(3000,', `listen(${ports.back},`));

  const command = /^npx sign-in-with-x (simulator --app callback=\S+)$/m.exec(readme)?.[1] ?? '';
  const simulator = start(project, [join(installed, 'bin.js'), ...placed(command).split(' '), '--port', String(ports.x)]);
  ends.push(simulator.end);
  const [paste] = await Promise.race([once(simulator.child.stdout, 'data'), simulator.failed]);
  assert.ok(String(paste).includes(/client-id="(\w+)"/.exec(block('page.html'))?.[1] ?? '?'), 'the README has the simulator’s client id');

  const server = start(project, ['server.mjs']);
  ends.push(server.end);
  const answers = async () => (await fetch(`http://127.0.0.1:${ports.back}/`).catch(() => null))?.status === 200;
  while (!(await Promise.race([answers(), server.failed]))) await wait(100);

  await build({ absWorkingDir: project, entryPoints: ['main.js'], bundle: true, format: 'esm', outfile: 'dist/main.js', logLevel: 'warning' });
  const main = '<!doctype html><title>Main</title><link rel="icon" href="data:,"><button id="sign-in"></button><button id="sign-out"></button><p id="status"></p><script type="module" src="/main.js"></script>';
  ends.push(
    await serve(ports, {
      '/main.html': ['text/html', main],
      '/main.js': ['text/javascript', await readFile(join(project, 'dist', 'main.js'))],
      // As the README says: esbuild leaves the engine to us.
      '/sign-in-with-x.wasm': ['application/wasm', await readFile(join(installed, 'sign-in-with-x.wasm'))],
    }),
  );
  return `http://127.0.0.1:${ports.front}`;
}
