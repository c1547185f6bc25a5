/**
 * One request to X: sent as the engine wrote it, answered as plain data.
 * @module
 */
import { TooLarge, readText } from './body.js';

/** X did not answer. `what` is the engine's word for it. */
export class UpstreamError extends Error {
  /** @param {'timeout' | 'unreachable'} what */
  constructor(what) {
    super(what);
    this.what = what;
  }
}

/**
 * @typedef {{ method: string, url: string, headers: [string, string][], body?: string }} UpstreamRequest
 * @typedef {{ status: number, contentType: string, rateLimitReset: string, retryAfter: string, date: string, body: string }} UpstreamResponse
 */

/**
 * @param {typeof globalThis.fetch} fetch
 * @param {UpstreamRequest} request
 * @param {{ response: number, timeout: number }} limits
 * @returns {Promise<UpstreamResponse>}
 */
export async function send(fetch, { method, url, headers, body }, limits) {
  const signal = AbortSignal.timeout(limits.timeout);
  try {
    // A redirect is handed to the engine, which refuses it: followed, it would carry the code or the token elsewhere
    // (CVE-2026-54605).
    const response = await fetch(url, { method, headers, body, redirect: 'manual', signal });
    const header = (/** @type {string} */ name) => response.headers.get(name) ?? '';
    return {
      status: response.status,
      contentType: header('content-type'),
      rateLimitReset: header('x-rate-limit-reset'),
      retryAfter: header('retry-after'),
      date: header('date'),
      body: await readBody(response, limits.response),
    };
  } catch {
    // The cause is dropped on purpose: runtimes put addresses and headers into such errors.
    throw new UpstreamError(signal.aborted ? 'timeout' : 'unreachable');
  }
}

/**
 * An answer that is too long is cut to nothing, which the engine cannot read as anything.
 * @param {Response} response
 * @param {number} most
 */
async function readBody(response, most) {
  try {
    return await readText(response.body, most);
  } catch (error) {
    if (error instanceof TooLarge) return '';
    throw error;
  }
}
