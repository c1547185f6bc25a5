/**
 * The scopes of X and what its documentation says each one lets an App do.
 *
 * Source: docs.x.com, fundamentals/authentication/oauth-2-0/authorization-code, table "Scopes". The three scopes that
 * only X's OpenAPI document lists (2.167) carry that document's words. The two headings are those of X's help centre.
 * @module
 */
import { nearest } from './similar.js';

/** @type {Record<string, ['view' | 'do', string]>} */
const SCOPES = {
  'tweet.read': ['view', 'All the Tweets you can view, including Tweets from protected accounts.'],
  'tweet.write': ['do', 'Tweet and Retweet for you.'],
  'tweet.moderate.write': ['do', 'Hide and unhide replies to your Tweets.'],
  'users.email': ['view', 'Email from an authenticated user.'],
  'users.read': ['view', 'Any account you can view, including protected accounts.'],
  'follows.read': ['view', 'People who follow you and people who you follow.'],
  'follows.write': ['do', 'Follow and unfollow people for you.'],
  'offline.access': ['do', 'Stay connected to your account until you revoke access.'],
  'space.read': ['view', 'All the Spaces you can view.'],
  'mute.read': ['view', 'Accounts you’ve muted.'],
  'mute.write': ['do', 'Mute and unmute accounts for you.'],
  'like.read': ['view', 'Tweets you’ve liked and likes you can view.'],
  'like.write': ['do', 'Like and un-like Tweets for you.'],
  'list.read': ['view', 'Lists, list members, and list followers of lists you’ve created or are a member of, including private lists.'],
  'list.write': ['do', 'Create and manage Lists for you.'],
  'block.read': ['view', 'Accounts you’ve blocked.'],
  'block.write': ['do', 'Block and unblock accounts for you.'],
  'bookmark.read': ['view', 'Get Bookmarked Tweets from an authenticated user.'],
  'bookmark.write': ['do', 'Bookmark and remove Bookmarks from Tweets.'],
  'dm.read': ['view', 'All the Direct Messages you can view, including Direct Messages from protected accounts.'],
  'dm.write': ['do', 'Send and manage Direct Messages for you.'],
  'media.write': ['do', 'Upload media.'],
  'timeline.read': ['view', 'View all Custom Timelines you can see.'],
  'broadcast.read': ['view', 'View your live broadcasts and their chat.'],
  'broadcast.write': ['do', 'Manage your live broadcasts and send chat messages on your behalf.'],
};

/** @param {string} name */
export const isScope = (name) => Object.hasOwn(SCOPES, name);

/** What somebody may have meant. @param {string} name */
export const likeScope = (name) => nearest(name, Object.keys(SCOPES));

/**
 * The two lists of the consent page, in the order of the table above.
 * @param {string[]} scopes known ones
 * @returns {{ view: string[], do: string[] }}
 */
export function permissions(scopes) {
  const asked = Object.entries(SCOPES).filter(([name]) => scopes.includes(name));
  /** @param {'view' | 'do'} heading */
  const under = (heading) => asked.filter(([, [where]]) => where === heading).map(([, [, words]]) => words);
  return { view: under('view'), do: under('do') };
}
