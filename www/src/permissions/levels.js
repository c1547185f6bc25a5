/**
 * The levels of X's OAuth 1.0a ("Log in with X"): an App has one of them, and perhaps the e-mail address as well
 * (developer.x.com, "App permissions"). Each level has all that the one before it has.
 *
 * Words: X's consent page for such Apps, as it is quoted in public; its help centre explains each line (help.x.com, "About
 * third-party apps and log in sessions"), and names the e-mail address apart. That page has one list, so the two headings
 * are those of the page for OAuth 2.0.
 */

/** @type {readonly (readonly [level: string, view: readonly string[], does: readonly string[]])[]} */
export const LEVELS = [
  [
    'read',
    [
      'See Posts from your timeline (including protected Posts) as well as your Lists and collections.',
      'See your X profile information and account settings.',
      'See accounts you follow, mute, and block.',
    ],
    [],
  ],
  [
    'write',
    [],
    [
      'Follow and unfollow accounts for you.',
      'Update your profile and account settings.',
      'Create and delete Posts for you, and engage with Posts created by others (Like, un-Like, or reply to a Post, Repost, etc.) for you.',
      'Create, manage, and delete Lists and collections for you.',
      'Mute, block, and report accounts for you.',
    ],
  ],
  ['messages', [], ['Send Direct Messages for you and read, manage, and delete your Direct Messages.']],
];

export const EMAIL = 'See your email address.';
