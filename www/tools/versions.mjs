/**
 * The tools the project is built and tested with, each at the one version that is known to work.
 * Everything from npm is pinned in package.json, the Rust toolchain in rust-toolchain.toml.
 *
 * @typedef {{ crate: string, version: string, commands: string[], flags: string[] }} CargoTool
 */

/** @type {Record<'wasmBindgen' | 'wasmPack' | 'geckodriver', CargoTool>} */
export const cargoTools = {
  // Must equal the `wasm-bindgen` of Cargo.toml: the glue and the crate speak a format of exactly one version.
  // Not `--locked`: the lock file it was published with names a webpki-roots release that not every registry has.
  wasmBindgen: {
    crate: 'wasm-bindgen-cli',
    version: '0.2.130',
    commands: ['wasm-bindgen', 'wasm-bindgen-test-runner'],
    flags: [],
  },
  // `--debug` halves the time it takes to compile these two, and they only wait for other programs.
  wasmPack: { crate: 'wasm-pack', version: '0.15.1', commands: ['wasm-pack'], flags: ['--locked', '--debug'] },
  geckodriver: { crate: 'geckodriver', version: '0.37.1', commands: ['geckodriver'], flags: ['--locked', '--debug'] },
};

/** The command that installs a tool by hand. @param {CargoTool} tool */
export function installCommand({ crate, version, flags }) {
  return ['cargo', 'install', crate, '--version', version, ...flags];
}
