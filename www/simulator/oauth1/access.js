/**
 * The three levels of permission, and the words of the consent page for each.
 *
 * Source: X's help centre, "About third-party apps and log in sessions", section "OAuth 1.0a User Context", shortened.
 * @module
 */

/** @typedef {import('../types.js').Access} Access */

/** As `x-access-level` has them. @type {readonly Access[]} */
export const ACCESS_LEVELS = ['read', 'read-write', 'read-write-directmessages'];

/** @type {Record<Access, { view: string[], do: string[] }>} */
const WORDS = {
  read: {
    view: [
      'Your profile information and account settings.',
      'Posts from your timeline, including protected posts.',
      'Accounts you follow, mute, and block.',
      'Your Lists.',
    ],
    do: [],
  },
  'read-write': {
    view: [],
    do: [
      'Update your profile and account settings for you.',
      'Post and delete posts for you, and engage with posts of others.',
      'Follow and unfollow, mute, block and report accounts for you.',
      'Create, manage and delete Lists for you.',
    ],
  },
  'read-write-directmessages': { view: ['Your Direct Messages.'], do: ['Send, manage and delete Direct Messages for you.'] },
};

/**
 * @param {Access} access
 * @param {boolean} email
 */
export function levelPermissions(access, email) {
  const levels = ACCESS_LEVELS.slice(0, ACCESS_LEVELS.indexOf(access) + 1).map((level) => WORDS[level]);
  return { view: [...levels.flatMap(({ view }) => view), ...(email ? ['Your email address.'] : [])], do: levels.flatMap((level) => level.do) };
}

/**
 * What an App that has one level gets when it asks for another by `x_auth_access_type`: less, never more.
 * @param {Access} has
 * @param {string | undefined} asked
 * @returns {Access | undefined} undefined when X has no such type
 */
export function accessAsked(has, asked) {
  if (asked === undefined) return has;
  if (asked === 'read') return 'read';
  if (asked === 'write') return has === 'read' ? 'read' : 'read-write';
  return undefined;
}

/** @param {Access | undefined} given @param {Access} asked */
export const covers = (given, asked) => given !== undefined && ACCESS_LEVELS.indexOf(given) >= ACCESS_LEVELS.indexOf(asked);
