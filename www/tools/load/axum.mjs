/**
 * `examples/axum` under load, which keeps its sessions in memory. `node axum.mjs <address of X>`: the program that
 * `npm run load` has built, its address said on, and its end with this one.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { at } from '../paths.mjs';
import { CLIENT_HEADER, CLIENT_ID, ORIGIN, SECRET } from './what.mjs';

const [, , x] = process.argv;

const env = { PORT: '0', ORIGIN, SECRET, X_CLIENT_ID: CLIENT_ID, SIMULATOR: x, CLIENT_HEADER };
const axum = spawn(at('target', 'host', 'examples', 'axum'), { env, stdio: ['ignore', 'pipe', 'inherit'] });
createInterface(axum.stdout).on('line', (url) => process.send?.(url));
axum.on('error', () => process.exit(1)).on('exit', () => process.exit(1));
process.on('exit', () => axum.kill());
process.on('SIGTERM', () => process.exit());
process.on('disconnect', () => process.exit());
