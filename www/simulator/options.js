/**
 * The options of `startSimulator`, checked and completed.
 * @module
 */
import { completeOAuth1 } from './oauth1/settings.js';
import { clientIdFor } from './randomness.js';

/** @typedef {import('./types.js').App} App */
/** @typedef {import('./types.js').RunningApp} RunningApp */
/** @typedef {import('./types.js').Account} Account */
/** @typedef {import('./types.js').Coop} Coop */
/** @typedef {import('./types.js').SimulatorOptions} SimulatorOptions */

const LOOPBACK = ['127.0.0.1', '::1'];
const APP_TYPES = ['spa', 'native', 'web', 'bot'];
/** @type {readonly Coop[]} */
export const COOP_VALUES = ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none', null];

/** X: fundamentals/developer-apps, "Callback URLs": at most ten, and none of these schemes. */
const MOST_REDIRECT_URIS = 10;
const FORBIDDEN_SCHEMES = new Set(
  ('vbscript javascript vbs data mocha keyword livescript ftp file gopher acrobat callto daap itpc itms firefoxurl hcp ' +
    'ldap mailto mmst mmsu msbd rtsp mso-offdap snews news nntp outlook stssync rlogin telnet tn3270 shell sip').split(' '),
);

export const DEFAULT_CALLBACK = 'http://127.0.0.1:3000/auth/x/callback';

/** @type {NonNullable<SimulatorOptions['accounts']>} */
const DEFAULT_ACCOUNTS = [
  { id: '4503599627370495', username: 'ada_example', name: 'Ada Example', email: 'ada@example.com' },
  // Above 2^53, and without an e-mail address: both happen at X and both have broken sign-ins.
  { id: '1912345678901234567', username: 'noor_example', name: 'Noor Østergård' },
];

/** @param {boolean} condition @param {string} message */
function need(condition, message) {
  if (!condition) throw new TypeError(message);
}

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
  if (found === undefined) throw new TypeError(`unknown Cross-Origin-Opener-Policy "${String(value)}"; there are: ${COOP_VALUES.join(', ')}`);
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
  if (!account) throw new TypeError(`no account "${String(username)}"; there are: ${accounts.map((each) => each.username).join(', ')}`);
  return account.username;
}

/** @param {string} uri @param {string} app */
function checkRedirectUri(uri, app) {
  need(URL.canParse(uri), `app "${app}": "${uri}" is not an absolute URL`);
  // RFC 3986 §2: an address is ASCII. A Location could not carry anything else.
  need(/^[\x21-\x7e]+$/.test(uri), `app "${app}": percent-encode what is no printable ASCII in the callback: ${uri}`);
  const { protocol, hash } = new URL(uri);
  need(!FORBIDDEN_SCHEMES.has(protocol.slice(0, -1)), `app "${app}": X refuses callbacks that start with ${protocol}`);
  // RFC 6749 §3.1.2: the redirection endpoint URI must not include a fragment.
  need(hash === '' && !uri.endsWith('#'), `app "${app}": a callback has no fragment: ${uri}`);
}

/**
 * @param {App} app
 * @returns {RunningApp}
 */
function completeApp(app) {
  need(typeof app.clientId === 'string' && app.clientId !== '', 'an app needs a clientId');
  need(typeof app.name === 'string' && app.name !== '', `app "${app.clientId}" needs a name`);
  need(APP_TYPES.includes(app.type), `app "${app.name}": type is one of ${APP_TYPES.join(', ')}`);
  need(Array.isArray(app.redirectUris) && app.redirectUris.length > 0, `app "${app.name}" needs at least one callback in redirectUris`);
  need(app.redirectUris.length <= MOST_REDIRECT_URIS, `app "${app.name}": X takes at most ${MOST_REDIRECT_URIS} callbacks`);
  for (const uri of app.redirectUris) checkRedirectUri(uri, app.name);
  const confidential = app.type === 'web' || app.type === 'bot';
  need(confidential || app.clientSecret === undefined, `app "${app.name}": a ${app.type} app is a public client and has no secret`);
  const secret = confidential ? { clientSecret: app.clientSecret ?? `secret-of-${clientIdFor(app.clientId)}` } : {};
  return { ...app, ...secret, redirectUris: [...app.redirectUris], oauth1: completeOAuth1(app) };
}

/**
 * @param {App[] | undefined} apps
 * @returns {Map<string, RunningApp>}
 */
export function completeApps(apps) {
  const given = apps ?? [{ clientId: clientIdFor('Demo App'), type: 'spa', name: 'Demo App', redirectUris: [DEFAULT_CALLBACK] }];
  need(given.length > 0, 'the simulator needs at least one app');
  const map = new Map(given.map((app) => [app.clientId, completeApp(app)]));
  need(map.size === given.length, 'two apps have the same clientId');
  need(new Set([...map.values()].map(({ oauth1 }) => oauth1.consumerKey)).size === map.size, 'two apps have the same consumerKey');
  return map;
}

/**
 * @param {SimulatorOptions['accounts']} accounts
 * @param {string} url where the simulator serves the pictures
 * @returns {Account[]}
 */
export function completeAccounts(accounts = DEFAULT_ACCOUNTS, url) {
  need(accounts.length > 0, 'the simulator needs at least one account');
  for (const { id, username } of accounts) {
    need(typeof id === 'string' && /^[1-9][0-9]*$/.test(id), `account "${username}": id is a string of decimal digits`);
    need(/^\w+$/.test(username), `"${username}" is no username: letters, digits and _ only, without @`);
  }
  need(new Set(accounts.map(({ username }) => username)).size === accounts.length, 'two accounts have the same username');
  return accounts.map((account) => ({ ...account, profileImageUrl: account.profileImageUrl ?? `${url}/profile_images/${account.id}_normal.svg` }));
}
