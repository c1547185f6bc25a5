/**
 * The options of `createHandler` as the engine takes them. What they mean is the engine's business; here is only that
 * they are what they should be by type.
 * @module
 */

/** @typedef {import('../../types/server.js').HandlerOptions} HandlerOptions */

/** @param {string} option @param {string} hint */
export const wrongOption = (option, hint) => Object.assign(new TypeError(`invalid_config: ${option}: ${hint}`), { code: 'invalid_config', option, hint });

/** In seconds. */
const DAY = 86_400;

/** @param {HandlerOptions} options */
export function settingsOf(options) {
  if (typeof options !== 'object' || options === null) throw wrongOption('options', 'it must be an object');
  const { redirectUris, endpoints = {} } = options;
  if (!Array.isArray(redirectUris)) throw wrongOption('redirectUris', 'it must be a list of addresses');
  return {
    clientId: text('clientId', options.clientId),
    clientSecret: text('clientSecret', options.clientSecret),
    redirectUris: redirectUris.map((uri) => text('redirectUris', uri)),
    origin: text('origin', options.origin),
    basePath: text('basePath', options.basePath),
    secrets: list('secrets', options.secrets ?? []),
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

/** @param {HandlerOptions} options @param {string} endpoint */
function oauth1Of({ oauth1, secrets }, endpoint) {
  if (oauth1 === undefined) return { consumerKey: '', consumerSecret: '', access: '', email: false, alwaysAsk: false, endpoint };
  if (typeof oauth1 !== 'object' || oauth1 === null) throw wrongOption('oauth1', 'it must be an object');
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
