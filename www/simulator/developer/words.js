/**
 * The words of X's console (docs.x.com, fundamentals/developer-apps).
 * @module
 */

/** @typedef {import('../types.js').App['type']} Type */

/** @type {Record<Type, string>} */
export const TYPE_NAMES = { native: 'Native App', spa: 'Single page App', web: 'Web App', bot: 'Automated App or bot' };

/** @type {{ value: Type, label: string, help: string }[]} */
export const TYPES = [
  { value: 'native', label: TYPE_NAMES.native, help: 'Public client. Mobile or desktop Apps, which cannot keep a secret.' },
  { value: 'spa', label: TYPE_NAMES.spa, help: 'Public client. JavaScript in a browser.' },
  { value: 'web', label: TYPE_NAMES.web, help: 'Confidential client, with a client secret. Apps with a server.' },
  { value: 'bot', label: TYPE_NAMES.bot, help: 'Confidential client, with a client secret. Automated services on a server.' },
];

/** @type {Record<import('../types.js').Access, string>} */
export const ACCESS_NAMES = { read: 'Read', 'read-write': 'Read and write', 'read-write-directmessages': 'Read and write and Direct Messages' };

/** @type {{ value: import('../types.js').Access, label: string, help: string }[]} */
export const ACCESSES = [
  { value: 'read', label: ACCESS_NAMES.read, help: 'Read posts and profile information.' },
  { value: 'read-write', label: ACCESS_NAMES['read-write'], help: 'Also post, and change what belongs to the profile.' },
  { value: 'read-write-directmessages', label: ACCESS_NAMES['read-write-directmessages'], help: 'Also read, send and delete Direct Messages.' },
];
