/**
 * Whether an App may do what it asks for, as its settings are now: they may have changed since a page was opened.
 * @module
 */

/** @typedef {import('../types.js').RunningApp} RunningApp */

/** May the App get tokens by OAuth 2.0? @param {RunningApp} app */
export const signsInBy2 = ({ oauth2, suspended }) => oauth2.enabled && !suspended;

/** … by OAuth 1.0a? @param {RunningApp} app */
const signsInBy1 = ({ oauth1, suspended }) => oauth1.enabled && !suspended;

/**
 * May a sign-in by OAuth 1.0a go on that has begun?
 * @param {RunningApp | undefined} app
 * @param {string} callback
 */
export const goesOnBy1 = (app, callback) => app !== undefined && signsInBy1(app) && (callback === 'oob' || app.redirectUris.includes(callback));
