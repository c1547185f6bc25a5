/**
 * Files by name. A name is one path segment of plain characters with a known ending, so no path can leave its folder.
 * @module
 */

import { readFile } from 'node:fs/promises';

/** @type {Record<string, string>} */
const TYPES = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
};

/**
 * @param {URL} folder
 * @param {string} name
 * @returns {Promise<{ type: string, bytes: Buffer } | null>} null: there is no such file
 */
export async function file(folder, name) {
  const ending = /^[\w-]+(?:\.[\w-]+)*\.(\w+)$/.exec(name)?.[1] ?? '';
  const type = Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined;
  if (!type) return null;
  try {
    return { type, bytes: await readFile(new URL(name, folder)) };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}
