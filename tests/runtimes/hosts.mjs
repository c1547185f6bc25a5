/**
 * The hosts of the backend half: each example of `examples/`, started as its comment says, on the packed package. A host
 * prints its address, or tells the port otherwise.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runtimeModules } from '../../www/tools/setup/runtimes.mjs';
import { mustRun } from '../../www/tools/run.mjs';
import { packAndInstall, root } from '../pack/tarball.mjs';

/** @typedef {{ command: string, args: string[], port?: 'control' }} Start `control`: workerd says on a pipe where it listens */

/** @param {...string} path in the runtimes' modules: a package of one platform has its program, the others are not there */
function program(...path) {
  const found = path.map((each) => join(runtimeModules(), each)).find((each) => existsSync(each));
  if (!found) throw new Error(`${path[0]} is not installed: npm run setup`);
  return found;
}

const { platform, arch } = process;
const system = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[platform] ?? platform;
export const bun = () => program(`@oven/bun-${system}-${arch === 'arm64' ? 'aarch64' : arch}/bin/bun`, `@oven/bun-${system}-${arch === 'arm64' ? 'aarch64' : arch}-musl/bin/bun`);
export const deno = () => program(`@deno/${platform}-${arch}-glibc/deno`, `@deno/${platform}-${arch}/deno`);
export const workerd = () => program(`@cloudflare/workerd-${system}-${arch === 'arm64' ? arch : '64'}/bin/workerd`);

/** A project that has the package, the frameworks and the examples, and nothing of this repository. */
export async function project() {
  const tarball = await packAndInstall();
  for (const name of ['express', 'hono', '@hono']) symlinkSync(join(runtimeModules(), name), join(tarball.project, 'node_modules', name));
  cpSync(join(root, 'examples'), join(tarball.project, 'examples'), { recursive: true });
  cpSync(new URL('next-server.mjs', import.meta.url), join(tarball.project, 'next-server.mjs'));
  const next = join(tarball.project, 'node_modules', 'next');
  mkdirSync(next);
  writeFileSync(join(next, 'package.json'), JSON.stringify({ name: 'next', type: 'module', exports: { './server': './server.js' } }));
  // https://nextjs.org/docs/app/api-reference/functions/after
  writeFileSync(join(next, 'server.js'), 'export const after = (task) => void setImmediate(task);\n');
  return tarball;
}

/**
 * What `wrangler` does to a Worker: one module by esbuild, with these conditions, and its WebAssembly beside it
 * (https://developers.cloudflare.com/workers/wrangler/bundling/).
 * @param {string} folder
 */
async function bundledWorker(folder) {
  const outdir = join(folder, 'worker');
  if (existsSync(outdir)) return outdir;
  await build({
    absWorkingDir: folder,
    entryPoints: ['examples/worker.mjs'],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    loader: { '.wasm': 'copy' },
    outdir,
    logLevel: 'error',
  });
  return outdir;
}

/** @param {string[]} names of settings @param {string[]} wasm files */
const workerdConfig = (names, wasm) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["private", "public"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  # No WebAssembly from text at the start either: it is refused in a request anyway.
  compatibilityFlags = ["disallow_eval_during_startup"],
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    ${wasm.map((name) => `(name = "${name}", wasm = embed "${name}"),`).join('\n    ')}
  ],
  bindings = [${names.map((name) => `(name = "${name}", fromEnvironment = "${name}")`).join(', ')}],
);
`;

/** @type {Record<string, (folder: string, env: Record<string, string>) => Promise<Start> | Start>} */
const starts = {
  node: () => ({ command: process.execPath, args: ['examples/node.mjs'] }),
  express: () => ({ command: process.execPath, args: ['examples/express.mjs'] }),
  hono: () => ({ command: process.execPath, args: ['examples/hono.mjs'] }),
  next: () => ({ command: process.execPath, args: ['next-server.mjs'] }),
  bun: () => ({ command: bun(), args: ['examples/bun.mjs'] }),
  // With the permissions that the example names, on this machine, and no download.
  deno: () => ({ command: deno(), args: ['run', '--no-remote', '--cached-only', '--no-prompt', '--allow-env', '--allow-net=127.0.0.1', 'examples/deno.mjs'] }),
  async worker(folder, env) {
    const outdir = await bundledWorker(folder);
    const config = join(outdir, `${env.X_CLIENT_ID.replace(/\W/g, '')}.capnp`);
    writeFileSync(config, workerdConfig(Object.keys(env), readdirSync(outdir).filter((name) => name.endsWith('.wasm'))));
    return { command: workerd(), args: ['serve', '--control-fd=3', config], port: 'control' };
  },
  async axum() {
    await mustRun('cargo', ['build', '--locked', '--all-features', '--example', 'axum']);
    return { command: join(root, 'target', 'debug', 'examples', 'axum'), args: [] };
  },
};

/**
 * @param {string} name of an example
 * @param {string} folder the project
 * @param {Record<string, string>} env what the example reads
 * @returns {Promise<{ url: string, said: () => string, stop: () => Promise<void> }>}
 */
export async function startHost(name, folder, env) {
  const { command, args, port } = await starts[name](folder, env);
  const child = spawn(command, args, { cwd: folder, env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  let output = '';
  const stopped = new Promise((resolve) => child.on('close', resolve));
  const url = await new Promise((resolve, reject) => {
    child.on('error', reject);
    for (const stream of [child.stdout, child.stderr, child.stdio[3]]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        const [, found] = (port === 'control' ? /"event":"listen".*?"port":(\d+)/ : /^http:\/\/127\.0\.0\.1:(\d+)$/m).exec(output) ?? [];
        if (found) resolve(`http://127.0.0.1:${found}`);
      });
    }
    stopped.then((code) => reject(new Error(`${name} ended with ${code}:\n${output}`)));
  });
  return {
    url,
    said: () => output,
    async stop() {
      child.kill('SIGKILL');
      await stopped;
    },
  };
}
