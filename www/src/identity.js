// Who is signed in, in the button's place. X's Developer Policy asks for it ("X Login",
// https://docs.x.com/developer-terms/policy): once somebody has signed in with X, a site must clearly show their X
// identity, which is the current @handle, the avatar and X's logo, and the way out must be easy to find. Loaded when
// somebody has.
import { SHEET } from './identity-style.js';

/** @typedef {import('../types/index.d.ts').User} User */

/** @typedef {import('../types/index.d.ts').Phrases} Phrases */

const ENGLISH = { signOut: 'Sign out', signedOut: 'Signed out' };

/** Where X keeps avatars. */
const PICTURES = 'https://pbs.twimg.com';

/** What each root shows, for as long as that does not change. @type {WeakMap<ShadowRoot, unknown[]>} */
const shown = new WeakMap();

/** This machine: where a simulator keeps them. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1])$/;

/**
 * Shows who is signed in, or the button again. Whoever has the keyboard on what goes gets it on what comes.
 * @param {ShadowRoot} root with the button in it (src/button/view.rs); its looks are the chip's, by its classes
 * @param {{ user: User } | null} session
 * @param {() => Promise<unknown>} leave signs out; never rejects
 * @param {Phrases} [phrases] the host's own words
 */
export function show(root, session, leave, phrases) {
  const button = /** @type {HTMLElement | null} */ (root.querySelector('[part=button]'));
  const [who, words] = shown.get(root) ?? [];
  if (!button || (who === session && words === phrases)) return;
  shown.set(root, [session, phrases]);
  const before = root.querySelector('[part=identity]');
  const held = root.activeElement === button || before?.contains(root.activeElement);
  const status = /** @type {HTMLElement} */ (root.querySelector('[role=status]'));
  /** @type {HTMLElement} */ let now = button;
  if (session) {
    const { user } = session;
    now = chip(user, /** @type {Element} */ (root.querySelector('[part=mark]')).cloneNode(true), leave, phrases?.signOut);
    if (SHEET && !root.adoptedStyleSheets.includes(SHEET)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, SHEET];
    root.append(now);
    // "Signed in" has been said; whose name it was, has not.
    if (status.textContent && !status.textContent.includes(`@${user.username}`)) status.textContent += `: ${user.name} @${user.username}`;
  } else if (before) {
    status.textContent = phrases?.signedOut ?? ENGLISH.signedOut;
  }
  // Seen before it gets the focus, and before the other goes with it.
  if (!session) button.hidden = false;
  if (held) now.focus({ preventScroll: true });
  button.hidden = Boolean(session);
  before?.remove();
}

/**
 * What a person calls themselves is text, and nothing else: no markup, and no direction for what is beside it (`<bdi>`).
 * @param {User} user
 * @param {Node} mark
 * @param {() => Promise<unknown>} leave
 * @param {string} [signOut] the host's own word for it
 */
function chip({ name = '', username, profileImageUrl }, mark, leave, signOut) {
  const who = make('span', '', make('bdi', 'name', name), make('bdi', 'handle', `@${username}`));
  who.id = 'who';
  const avatar = make('span', 'avatar', initial(name) || initial(username));
  avatar.setAttribute('aria-hidden', 'true');
  if (profileImageUrl) picture(profileImageUrl, avatar);

  const out = make('button', 'sign-out', signOut ?? ENGLISH.signOut);
  out.setAttribute('type', 'button');
  if (!signOut) out.lang = 'en';
  let leaving = false;
  out.addEventListener('click', async () => {
    if (leaving) return;
    leaving = true;
    // Not disabled, which would take the keyboard away.
    out.setAttribute('aria-busy', 'true');
    await leave();
    leaving = false;
    out.removeAttribute('aria-busy');
  });

  const all = make('span', 'identity', avatar, who, mark, out);
  all.setAttribute('role', 'group');
  all.setAttribute('aria-labelledby', who.id);
  // The keyboard lands on the chip and not on the way out, which a second Enter would press.
  all.tabIndex = -1;
  return all;
}

/** @param {string} tag @param {string} part @param {(Node | string)[]} children */
function make(tag, part, ...children) {
  const element = document.createElement(tag);
  if (part) element.setAttribute('part', part);
  element.append(...children);
  return element;
}

/** What stands for a picture: the first letter, digit or emoji. @param {string} name */
const initial = (name) => /\p{L}|\p{N}|\p{Extended_Pictographic}/u.exec(name)?.[0].toUpperCase() ?? '';

/**
 * Puts the picture in the initial's place once it is here: one that is blocked, or gone, is never seen broken.
 * @param {string} address
 * @param {HTMLElement} avatar
 */
function picture(address, avatar) {
  const { origin, hostname } = parse(address);
  // Elsewhere it would be a stranger's address that says who looks at this page.
  if (origin !== PICTURES && !(LOOPBACK.test(hostname) && LOOPBACK.test(location.hostname))) return;
  const image = new Image();
  image.alt = '';
  image.referrerPolicy = 'no-referrer';
  image.onload = () => avatar.replaceChildren(image);
  image.src = address;
}

/** @param {string} address */
function parse(address) {
  try {
    return new URL(address);
  } catch {
    return { origin: '', hostname: '' };
  }
}
