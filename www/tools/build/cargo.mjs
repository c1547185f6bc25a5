/** Step `cargo`: the crate to WebAssembly, without what the first engines of 2017 did not have. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { at, root } from '../paths.mjs';
import { mustRun } from '../run.mjs';
import { filesOf } from './engines.mjs';

const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');

/**
 * Panic messages carry source paths. Those of this machine become short names, so that the result is the same
 * everywhere and tells nothing about who built it (build/private-paths.mjs checks).
 * @param {string} sysroot
 */
function remapped(sysroot) {
  const registries = join(cargoHome, 'registry', 'src');
  const crates = existsSync(registries) ? readdirSync(registries).map((name) => join(registries, name)) : [];
  const pairs = [[root, ''], [join(sysroot, 'lib', 'rustlib', 'src', 'rust'), 'rust'], ...crates.map((path) => [path, ''])];
  return pairs.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/** @param {string} sysroot */
const rustFlags = (sysroot) => [
  // One engine file for every browser, and one that wasm2js can translate: no reference types, no bulk memory.
  '-Ctarget-cpu=mvp',
  '-Ctarget-feature=+mutable-globals',
  // SHA-256 by a loop instead of unrolled rounds: 7 KB smaller, and it hashes 43 bytes once per sign-in.
  '--cfg=sha2_backend="soft"',
  '--cfg=sha2_backend_soft="compact"',
  ...remapped(sysroot),
];

/** @param {import('./engines.mjs').Engine} engine @returns {import('./step.mjs').Step} */
export const cargo = (engine) => ({
  name: 'cargo',
  label: `cargo ${engine.name}`,
  takes: 'Rust to WebAssembly; the first time some minutes',
  code: import.meta.url,
  inputs: ['Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', 'src', 'www/src/engine/page.js', 'www/src/engine/store.js'].map((path) => at(path)),
  outputs: [filesOf(engine).compiled],
  async run() {
    // The sources of the crates have to be there before their paths can be named.
    await mustRun('cargo', ['fetch', '--locked', '--target', 'wasm32-unknown-unknown']);
    const sysroot = (await mustRun('rustc', ['--print', 'sysroot'])).trim();
    // `cargo build` would also make the rlib, and a library built as both gets no link-time optimisation.
    const args = ['rustc', '--locked', '--lib', '--crate-type', 'cdylib', '--release', '--target', 'wasm32-unknown-unknown'];
    args.push('--no-default-features', '--features', engine.name, '--target-dir', engine.work);
    await mustRun('cargo', args, {
      // The encoded form, because a path may have spaces; it also outranks a person's own RUSTFLAGS.
      env: { CARGO_ENCODED_RUSTFLAGS: rustFlags(sysroot).join('\x1f') },
    });
  },
});
