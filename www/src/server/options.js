/**
 * The options of `createHandler` as the engine takes them. What they mean is the engine's business; here is only that
 * they are what they should be by type.
 * @module
 */
import { stranger } from './known.js';

/** @typedef {import('../../types/server.js').HandlerOptions} HandlerOptions */

/** @param {string} option @param {string} hint */
export const wrongOption = (option, hint) => Object.assign(new TypeError(`invalid_config: ${option}: ${hint}`), { code: 'invalid_config', option, hint });

/** In seconds. */
const DAY = 86_400;

/** @param {HandlerOptions} options */
export function settingsOf(options) {
  object('options', '', options);
  const { redirectUris, endpoints = {} } = options;
  object('endpoints', 'endpoints.', endpoints);
  if (!Array.isArray(redirectUris)) throw wrongOption('redirectUris', 'it must be a list of addresses');
  callable(options);
  return {
    clientId: text('clientId', options.clientId),
    clientSecret: text('clientSecret', options.clientSecret),
    redirectUris: redirectUris.map((uri) => text('redirectUris', uri)),
    origin: text('origin', options.origin),
    basePath: text('basePath', options.basePath),
    secrets: secretsOf(options),
    sessionSeconds: seconds(options),
    tokenMediating: flag('tokenMediating', options.tokenMediating),
    scope: list('scopes', options.scopes ?? '').join(' '),
    authorizeEndpoint: text('endpoints.authorize', endpoints.authorize),
    tokenEndpoint: text('endpoints.token', endpoints.token),
    revokeEndpoint: text('endpoints.revoke', endpoints.revoke),
    userEndpoint: text('endpoints.user', endpoints.user),
    oauth1: oauth1Of(options, text('endpoints.oauth1', endpoints.oauth1)),
  };
}

/** @param {string} option @param {string} prefix of the names in it @param {unknown} value */
function object(option, prefix, value) {
  if (typeof value !== 'object' || value === null) throw wrongOption(option, 'it must be an object');
  const wrong = stranger(prefix, value);
  if (wrong) throw wrongOption(wrong.option, wrong.hint);
}

/** What is called later only: what is no function would fail at somebody's sign-in. @param {HandlerOptions} options */
function callable({ callbackPage, clientOf, fetch, onError, waitUntil, sessions }) {
  const functions = (/** @type {string} */ prefix, /** @type {Record<string, unknown>} */ values, hint = 'it must be a function') => {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined && typeof value !== 'function') throw wrongOption(prefix + name, hint);
    }
  };
  functions('', { callbackPage }, 'it must be a function from the request to your page: () => new Response(html, …)');
  functions('', { clientOf }, 'it must be a function from the request to who asks; without a proxy `addressOf` of sign-in-with-x/server/node');
  functions('', { fetch, onError, waitUntil });
  if (sessions === undefined) return;
  const store = 'it must be a store with the functions get, set and delete, such as memorySessions() or redisSessions(client)';
  if (typeof sessions !== 'object' || sessions === null) throw wrongOption('sessions', store);
  const { get, set, delete: remove, take, claim, lock, replace, forClient } = sessions;
  if (![get, set, remove].every((each) => typeof each === 'function')) throw wrongOption('sessions', store);
  functions('sessions.', { take, claim, lock, replace, forClient }, 'it must be a function, or left out');
}

/** @param {HandlerOptions} options @param {string} endpoint */
function oauth1Of({ oauth1, secrets }, endpoint) {
  if (oauth1 === undefined) return { consumerKey: '', consumerSecret: '', access: '', email: false, alwaysAsk: false, endpoint };
  object('oauth1', 'oauth1.', oauth1);
  if (secrets === undefined || secrets.length === 0) throw wrongOption('secrets', 'OAuth 1.0a needs them: what it has to remember is sealed in a cookie');
  const required = (/** @type {'consumerKey' | 'consumerSecret'} */ name) => {
    const value = text(`oauth1.${name}`, oauth1[name]);
    if (value === '') throw wrongOption(`oauth1.${name}`, 'it is missing');
    return value;
  };
  return {
    consumerKey: required('consumerKey'),
    consumerSecret: required('consumerSecret'),
    access: text('oauth1.access', oauth1.access),
    email: flag('oauth1.email', oauth1.email),
    alwaysAsk: flag('oauth1.alwaysAsk', oauth1.alwaysAsk),
    endpoint,
  };
}

/** @param {HandlerOptions} options */
function seconds({ sessionSeconds: value, sessions, secrets = [] }) {
  if (value === undefined) return 0;
  // Browsers keep no cookie for longer than 400 days (RFC 6265bis §5.5).
  if (!Number.isInteger(value) || value < 60 || value > 400 * DAY) throw wrongOption('sessionSeconds', 'it is a whole number from 60 to 34560000');
  // A sign-out of a sealed cookie is forgotten when the process ends, and a copy of it then works again.
  if (value > DAY && !sessions && secrets.length > 0) throw wrongOption('sessionSeconds', 'without a store (`sessions`) it is 86400 at most');
  return value;
}

/** An empty one is a variable that is not set, and would close the routes that a host asked for. @param {HandlerOptions} options */
function secretsOf({ secrets = [] }) {
  if (/** @type {unknown} */ (secrets) === '') throw wrongOption('secrets', 'it is empty: make one with `openssl rand -base64 32`, or leave the option out');
  return list('secrets', secrets);
}

/** One text or several. @param {string} option @param {unknown} value */
const list = (option, value) => (Array.isArray(value) ? value : value === '' ? [] : [value]).map((each) => {
  if (typeof each !== 'string') throw wrongOption(option, 'it must be text, or a list of texts');
  return each;
});

/** Text from the environment, such as `'false'`, is no flag. @param {string} option @param {unknown} value */
function flag(option, value) {
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw wrongOption(option, "it must be true or false; of a variable of the environment write process.env.NAME === 'true'");
  return value;
}

/** @param {string} option @param {unknown} value */
function text(option, value) {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw wrongOption(option, 'it must be text');
  return value;
}
