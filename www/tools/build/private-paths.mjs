/** A published file must not tell where it was built: the check that the remapping in cargo.mjs works. */
import { homedir } from 'node:os';
import { relative, sep } from 'node:path';
import { root } from '../paths.mjs';
import { BuildError } from './step.mjs';

/**
 * @param {string} name for the message
 * @param {Uint8Array} bytes
 * @param {string[]} [folders] whose paths may not appear
 */
export function assertNoPrivatePaths(name, bytes, folders = privateFolders()) {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const folder of folders) {
    const found = content.indexOf(folder + sep);
    if (found === -1) continue;
    const excerpt = content.subarray(found, found + 120).toString('latin1').replace(/[^ -~]+/g, '…');
    throw new BuildError(`${relative(root, name)} holds a path of this machine: ${excerpt}`);
  }
}

function privateFolders() {
  const { CARGO_HOME, RUSTUP_HOME } = process.env;
  return [root, homedir(), CARGO_HOME ?? '', RUSTUP_HOME ?? ''].filter((folder) => folder.length > 1);
}
