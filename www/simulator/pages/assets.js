/**
 * The files that the pages load.
 * @module
 */
import { readFileSync } from 'node:fs';
import { ICON } from './layout.js';

/** @type {Record<string, () => [type: string, body: string]>} */
const ASSETS = {
  '/_assets/page.css': () => ['text/css; charset=utf-8', readFileSync(new URL('./page.css', import.meta.url), 'utf8')],
  '/_assets/developer.css': () => ['text/css; charset=utf-8', readFileSync(new URL('../developer/developer.css', import.meta.url), 'utf8')],
  '/_assets/log.js': () => ['text/javascript; charset=utf-8', readFileSync(new URL('./log-live.js', import.meta.url), 'utf8')],
  '/_assets/icon.svg': () => ['image/svg+xml', ICON],
};

/**
 * @param {string} path
 * @returns {import('../types.js').Reply | undefined}
 */
export function asset(path) {
  const file = Object.hasOwn(ASSETS, path) ? ASSETS[path]?.() : undefined;
  return file && { status: 200, headers: { 'Content-Type': file[0], 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' }, body: file[1] };
}
