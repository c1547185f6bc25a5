// In place of download.js where the package's condition `node` holds, as in test runners with a made-up document (jsdom,
// happy-dom): the engine lies beside the scripts on disk, and Node's `fetch` refuses `file:` (WHATWG Fetch §4.2).
import { download as fetched } from './download.js';

/**
 * @param {string | URL} url
 * @param {string} [integrity]
 */
export async function download(url, integrity) {
  // A test runner's document may have another URL class than Node, so the address crosses as text.
  if (!String(url).startsWith('file:')) return fetched(url, integrity);
  // Asked for here and not above: a bundle for a server holds this file, and never gets here.
  const { readFile } = await import('node:fs/promises');
  const { fileURLToPath } = await import('node:url');
  return readFile(fileURLToPath(String(url)));
}
