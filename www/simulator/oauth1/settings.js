/**
 * The settings of an App for OAuth 1.0a, checked and completed. Every App at X has an API key and secret.
 * @module
 */
import { createHash } from 'node:crypto';
import { isRecord, isWord, need } from '../checks.js';
import { ACCESS_LEVELS } from './access.js';

/** @typedef {import('../types.js').OAuth1Settings} OAuth1Settings */

/** X's keys are 25 letters and digits, its secrets 50. The same in every run, so that they can be written in a config. @param {string} words @param {number} length */
const made = (words, length) => createHash('sha512').update(words).digest('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, length);

/**
 * @param {{ clientId: string, name: string, oauth1?: Partial<OAuth1Settings> }} app
 * @returns {OAuth1Settings}
 */
export function completeOAuth1({ clientId, name, oauth1: given = {} }) {
  need(isRecord(given), `app "${name}": oauth1 is a list of settings by name`);
  const settings = {
    consumerKey: made(`key of ${clientId}`, 25),
    consumerSecret: made(`secret of ${clientId}`, 50),
    access: /** @type {const} */ ('read'),
    enabled: true,
    signIn: true,
    desktop: false,
  };
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(settings, key));
  if (unknown !== undefined) throw new TypeError(`app "${name}": oauth1 has no "${unknown}"; it takes: ${Object.keys(settings).join(', ')}`);
  // Undefined is what was taken away.
  const complete = { ...settings, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
  for (const key of /** @type {const} */ (['consumerKey', 'consumerSecret'])) {
    need(isWord(complete[key]), `app "${name}": oauth1.${key} is a text`);
  }
  for (const key of /** @type {const} */ (['enabled', 'signIn', 'desktop'])) {
    if (typeof complete[key] !== 'boolean') throw new TypeError(`app "${name}": oauth1.${key} is true or false`);
  }
  if (!ACCESS_LEVELS.includes(complete.access)) throw new TypeError(`app "${name}": oauth1.access is one of ${ACCESS_LEVELS.join(', ')}`);
  return complete;
}

/**
 * @param {unknown} origins
 * @returns {string[]}
 */
export function checkSignatureOrigins(origins) {
  if (!Array.isArray(origins)) throw new TypeError('signatureOrigins is a list of origins');
  for (const origin of origins) {
    if (!URL.canParse(origin) || !/^https?:$/.test(new URL(origin).protocol) || new URL(origin).origin !== origin) {
      throw new TypeError(`signatureOrigins: "${String(origin)}" is not an origin such as https://api.x.com`);
    }
  }
  return [...origins];
}
