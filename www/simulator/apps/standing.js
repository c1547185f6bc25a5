/**
 * Whether an App may do what it asks for, as its settings are now: they may have changed since a page was opened.
 * @module
 */

/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {{ reason: string, fix: string }} Refusal */

/** May the App get tokens by OAuth 2.0? @param {RunningApp} app */
export const signsInBy2 = ({ oauth2, suspended }) => oauth2.enabled && !suspended;

/** … by OAuth 1.0a? @param {RunningApp} app */
const signsInBy1 = ({ oauth1, suspended }) => oauth1.enabled && !suspended;

/**
 * Why a sign-in by OAuth 2.0 does not begin, or does not go on.
 * @param {RunningApp | undefined} app
 * @param {string} redirectUri
 * @returns {Refusal | undefined}
 */
export function refusalOf(app, redirectUri) {
  if (!app) return { reason: 'client_id', fix: 'No App has this "client_id". Use the OAuth 2.0 Client ID (not the API key) from X’s console.' };
  if (app.suspended) return { reason: 'suspended', fix: 'This App is suspended. Lift that in the developer console.' };
  if (!app.oauth2.enabled) return { reason: 'oauth2_off', fix: 'OAuth 2.0 is off in this App’s User authentication settings. Turn it on in the developer console.' };
  // Byte for byte: X documents an "exact match", trailing slash and port included.
  if (app.redirectUris.includes(redirectUri)) return undefined;
  return { reason: 'redirect_uri', fix: `"${redirectUri}" is not among this App’s callbacks, which are compared byte for byte: ${app.redirectUris.join(' , ')}` };
}

/**
 * May a sign-in by OAuth 1.0a go on that has begun?
 * @param {RunningApp | undefined} app
 * @param {string} callback
 */
export const goesOnBy1 = (app, callback) => app !== undefined && signsInBy1(app) && (callback === 'oob' || app.redirectUris.includes(callback));
