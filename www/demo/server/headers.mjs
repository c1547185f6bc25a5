/**
 * The response headers of the demo: what a site that signs people in should send.
 * @module
 */

import { createHash } from 'node:crypto';

/**
 * A page may run its own scripts and the inline import map named by its hash, and nothing else; it may show the
 * pictures of X (`avatars`). Trusted Types are required with no policy allowed: string-to-HTML is off altogether.
 * @param {{ html: string, wasm: boolean, avatars: string }} page
 */
export function contentSecurityPolicy({ html, wasm, avatars }) {
  const script = ["'self'", ...(wasm ? ["'wasm-unsafe-eval'"] : []), ...importMapHashes(html)];
  return [
    "default-src 'none'",
    `script-src ${script.join(' ')}`,
    "style-src 'self'",
    "connect-src 'self'",
    `img-src 'self' data: https://pbs.twimg.com ${avatars}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** @param {string} html */
function importMapHashes(html) {
  const maps = html.matchAll(/<script type="importmap">([^]*?)<\/script>/g);
  return [...maps].map(([, text]) => `'sha256-${createHash('sha256').update(String(text)).digest('base64')}'`);
}

/** For everything that is served: no guessing of types, and always ask again, since a build may have changed it. */
export const COMMON = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' };

/**
 * The callback URL holds the code: it may be neither stored nor passed on as a referrer (RFC 9700 §4.2.4).
 */
export const CALLBACK = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };
