/**
 * The options of `startSimulator`, checked and completed. Those of Apps are in apps/complete.js.
 * @module
 */
import { isText, isWord, need } from './checks.js';

/** @typedef {import('./types.js').Account} Account */
/** @typedef {import('./types.js').Coop} Coop */
/** @typedef {import('./types.js').SimulatorOptions} SimulatorOptions */

const LOOPBACK = ['127.0.0.1', '::1'];
/** @type {readonly Coop[]} */
export const COOP_VALUES = ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none', null];

/** @type {NonNullable<SimulatorOptions['accounts']>} */
const DEFAULT_ACCOUNTS = [
  { id: '4503599627370495', username: 'ada_example', name: 'Ada Example', email: 'ada@example.com' },
  // Above 2^53, and without an e-mail address: both happen at X and both have broken sign-ins.
  { id: '1912345678901234567', username: 'noor_example', name: 'Noor Østergård' },
];

/** @param {string} host */
export function checkHost(host) {
  need(LOOPBACK.includes(host), `the simulator listens on loopback only (${LOOPBACK.join(', ')}), not on "${host}"`);
}

/**
 * @param {unknown} value
 * @returns {Coop}
 */
export function checkCoop(value) {
  const found = COOP_VALUES.find((coop) => coop === value);
  if (found === undefined) throw new TypeError(`unknown Cross-Origin-Opener-Policy "${String(value)}"; there are: ${COOP_VALUES.map((value) => value ?? 'null for none').join(', ')}`);
  return found;
}

/**
 * @param {unknown} username
 * @param {Account[]} accounts
 * @returns {string | null}
 */
export function checkUsername(username, accounts) {
  if (username === null) return null;
  const account = accounts.find((each) => each.username === username);
  if (!account) throw new TypeError(`no account "${String(username)}"${/^@/.test(String(username)) ? ', write it without @' : ''}; there are: ${accounts.map((each) => each.username).join(', ')}`);
  return account.username;
}

/**
 * @param {SimulatorOptions['accounts']} accounts
 * @param {string} url where the simulator serves the pictures
 * @returns {Account[]}
 */
export function completeAccounts(accounts = DEFAULT_ACCOUNTS, url) {
  need(Array.isArray(accounts) && accounts.length > 0, 'the simulator needs at least one account');
  for (const { id, username, name, email, profileImageUrl } of accounts) {
    need(typeof id === 'string' && /^[1-9][0-9]*$/.test(id), `account "${username}": id is a string of decimal digits`);
    need(typeof username === 'string' && /^\w+$/.test(username), `"${username}" is no username: letters, digits and _ only, without @`);
    need(isWord(name), `account "${username}" needs a name`);
    need(email === undefined || isWord(email), `account "${username}": email is a text, or left out`);
    need(profileImageUrl === undefined || isText(profileImageUrl), `account "${username}": profileImageUrl is a text, or left out`);
  }
  for (const key of /** @type {const} */ (['username', 'id'])) {
    need(new Set(accounts.map((account) => account[key])).size === accounts.length, `two accounts have the same ${key}`);
  }
  return accounts.map((account) => ({ ...account, profileImageUrl: account.profileImageUrl ?? `${url}/profile_images/${account.id}_normal.svg` }));
}
