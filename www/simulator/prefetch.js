/**
 * One visit to an address by somebody who is no browser: the bot that previews links, a scanner for viruses. It brings
 * no cookie, runs no script and follows no redirect. Visits this machine only, as nothing here may reach others.
 * @module
 */
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { isLoopback, lookUpLoopback } from './loopback.js';

/** Of a visit from beginning to end; the browser waits for it. */
const MOST_MS = 5000;

/** @type {Record<string, typeof getPlain>} */
const PROTOCOLS = { 'http:': getPlain, 'https:': getSecure };

/**
 * @param {string} address
 * @param {AbortSignal} ending
 * @returns {Promise<{ status: number } | { failed: string }>}
 */
export function prefetch(address, ending) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const get = url && PROTOCOLS[url.protocol];
  if (!get || !isLoopback(url.hostname)) return Promise.resolve({ failed: 'not an address of this machine' });
  return new Promise((resolve) => {
    // `agent: false`: a connection of its own, which ends with it. The name is that of X's bot.
    const visit = get(url, { agent: false, lookup: lookUpLoopback, signal: ending, headers: { 'User-Agent': 'Twitterbot/1.0 (simulator of X)', Accept: '*/*' } });
    const limit = setTimeout(() => visit.destroy(new Error('took too long')), MOST_MS);
    visit.on('response', (response) => {
      // Read to its end, so that the App is through with it.
      response.resume();
      response.on('close', () => resolve({ status: response.statusCode ?? 0 }));
    });
    visit.on('error', ({ message }) => resolve({ failed: message }));
    visit.on('close', () => clearTimeout(limit));
  });
}
