/** A Redis of the test's own: on a socket in a folder of its own, keeping nothing, ended with the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';

export async function startRedis(t) {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const path = join(folder, 'socket');
  const server = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  /** @type {Awaited<ReturnType<typeof connect>> | undefined} */
  let client;
  t.after(async () => {
    await client?.close();
    server.kill();
    await ended;
    await rm(folder, { recursive: true });
  });
  await new Promise((resolve, reject) => {
    let said = '';
    server.on('error', () => reject(new Error('redis-server is not there: npm run setup')));
    server.on('exit', () => reject(new Error(said)));
    server.stdout.on('data', (text) => { said += text; if (said.includes('ready to accept connections')) resolve(); });
  });
  client = await connect(path);
  return { path, client };
}

export const connect = (path) => createClient({ socket: { path } }).connect();
