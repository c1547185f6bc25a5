/**
 * The options of `createHandler` as the engine takes them. What they mean is the engine's business; here is only that
 * they are what they should be by type.
 * @module
 */

/** @typedef {import('../../types/server.js').HandlerOptions} HandlerOptions */

/** @param {string} option @param {string} hint */
export const wrongOption = (option, hint) => Object.assign(new TypeError(`invalid_config: ${option}: ${hint}`), { code: 'invalid_config', option, hint });

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
    tokenEndpoint: text('endpoints.token', endpoints.token),
    userEndpoint: text('endpoints.user', endpoints.user),
  };
}

/** @param {string} option @param {unknown} value */
function text(option, value) {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw wrongOption(option, 'it must be text');
  return value;
}
