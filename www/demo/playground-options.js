/**
 * What the playground lets people choose. A test compares it with the README's table of attributes.
 * @module
 */

/**
 * @typedef {object} Choice one attribute
 * @property {string} name
 * @property {string} title
 * @property {readonly string[]} words the default first
 */

/** Attributes with a fixed set of words. @type {readonly Choice[]} */
export const CHOICES = [
  { name: 'type', title: 'Type', words: ['button', 'icon', 'link'] },
  { name: 'theme', title: 'Theme', words: ['black', 'white', 'outline', 'auto'] },
  { name: 'size', title: 'Size', words: ['large', 'medium', 'small'] },
  { name: 'shape', title: 'Shape', words: ['pill', 'rounded', 'square'] },
  { name: 'text', title: 'Words', words: ['signin_with', 'signup_with', 'continue_with', 'connect_to', 'login_with'] },
  { name: 'logo-alignment', title: 'Mark', words: ['left', 'center'] },
  { name: 'flow', title: 'Flow', words: ['auto', 'popup', 'redirect'] },
];

/** What people read instead of a word of the attribute. @type {Record<string, string>} */
export const SPOKEN = {
  signin_with: 'Sign in with X',
  signup_with: 'Sign up with X',
  continue_with: 'Continue with X',
  connect_to: 'Connect to X',
  login_with: 'Log in with X',
};

/** The defaults of every attribute that the playground sets; what is left at its default is left out of the code. */
export const DEFAULTS = /** @type {Readonly<Record<string, string>>} */ (
  Object.freeze({ ...Object.fromEntries(CHOICES.map(({ name, words }) => [name, words[0]])), locale: 'en', label: '', width: '', disabled: '', scope: 'tweet.read users.read' })
);

/** What an app may ask for, in X's order. (https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code) */
export const SCOPES = [
  'tweet.read', 'tweet.write', 'tweet.moderate.write', 'users.email', 'users.read', 'follows.read', 'follows.write', 'offline.access', 'space.read',
  'mute.read', 'mute.write', 'like.read', 'like.write', 'list.read', 'list.write', 'block.read', 'block.write', 'bookmark.read', 'bookmark.write',
  'dm.read', 'dm.write', 'media.write', 'timeline.read', 'broadcast.read', 'broadcast.write',
];
