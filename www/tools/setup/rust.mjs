/** The Rust toolchain: compiler, the wasm32 target, rustfmt and clippy. */
import { existsSync } from 'node:fs';
import { mustRun, run, which } from '../run.mjs';
import { MissingTool } from './missing-tool.mjs';

const wasmTarget = 'wasm32-unknown-unknown';

/** @param {string[]} args what to give rustup @param {string} what */
async function rustup(args, what) {
  if (!which('rustup')) {
    throw new MissingTool(what, `rustup ${args.join(' ')}`, 'or the package of your system that holds it');
  }
  console.log(`setup: ${what} (rustup ${args.join(' ')})`);
  await mustRun('rustup', args, { show: true });
}

/** The compiler and the standard library for wasm32: all that a build needs. */
export async function ensureRust() {
  if (!which('cargo')) throw new MissingTool('Rust (cargo, rustc)', 'see https://rustup.rs');
  const { code, output } = await run('rustc', ['--print', 'target-libdir', '--target', wasmTarget]);
  if (code !== 0 || !existsSync(output.trim().split('\n').at(-1) ?? '')) {
    await rustup(['target', 'add', wasmTarget], `the Rust target ${wasmTarget}`);
  }
}

/** What the checks of `npm test` need beyond a build. */
export async function ensureRustChecks() {
  for (const [command, component] of [['fmt', 'rustfmt'], ['clippy', 'clippy']]) {
    const { code } = await run('cargo', [command, '--version']);
    if (code !== 0) await rustup(['component', 'add', component], component);
  }
}
