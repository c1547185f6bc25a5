// Who is signed in, in the button's place. X's Developer Policy asks for it ("X Login",
// https://docs.x.com/developer-terms/policy): once somebody has signed in with X, a site must clearly show their X
// identity, which is the current @handle, the avatar and X's logo, and the way out must be easy to find. Loaded when
// somebody has.
// So is the look of the button's notice, which is kept inside the window here: somebody will have, soon after.
import { SHEET } from './identity-style.js';

/** @typedef {import('../types/index.d.ts').User} User */

/** @typedef {import('../types/index.d.ts').Phrases} Phrases */

const ENGLISH = { signOut: 'Sign out', signedOut: 'Signed out' };

/** Where X keeps avatars. */
const PICTURES = 'https://pbs.twimg.com';

/** What each root shows, in words, for as long as that does not change. @type {WeakMap<ShadowRoot, string>} */
const shown = new WeakMap();

/** Where a sign-out is under way. @type {WeakSet<ShadowRoot>} */
const leaving = new WeakSet();

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
  place(root);
  const button = /** @type {HTMLElement | null} */ (root.querySelector('[part=button]'));
  const user = session?.user.username ? session.user : null;
  const all = JSON.stringify([user, phrases?.signOut, phrases?.signedOut]);
  if (!button || shown.get(root) === all) return;
  const before = root.querySelector('[part=identity]');
  const held = root.activeElement === button || before?.contains(root.activeElement);
  const status = /** @type {HTMLElement} */ (root.querySelector('[role=status]'));
  /** @type {HTMLElement} */ let now = button;
  if (user) {
    now = chip(root, user, leave, phrases?.signOut);
    dress(root);
    root.append(now);
  } else if (before) {
    status.textContent = phrases?.signedOut || ENGLISH.signedOut;
    if (phrases?.signedOut) status.removeAttribute('lang');
    else status.lang = 'en';
  }
  // Seen before it gets the focus, and before the other goes with it.
  if (!user) button.hidden = false;
  if (held) now.focus({ preventScroll: true });
  button.hidden = Boolean(user);
  before?.remove();
  shown.set(root, all);
}

/** Between a notice and the edges of the window, in CSS pixels. */
const ROOM = 8;

/** Roots whose notice is shown. @type {Set<ShadowRoot>} */
const placed = new Set();
/** Looks at the page's width while there are some. @type {ResizeObserver | undefined} */
let width;

/**
 * Keeps the notice beside the button inside the window: now, and when the window changes. By hand, because WebKitGTK
 * never shows what CSS anchor positioning has tied when a popup is open.
 * @param {ShadowRoot} root
 */
function place(root) {
  const notice = /** @type {HTMLElement | null} */ (root.querySelector('[part~=notice]'));
  if (!notice || notice.hidden || !root.host.isConnected) {
    placed.delete(root);
    return placed.size || width?.disconnect();
  }
  // Once: whoever is observed anew is told anew.
  if (placed.size === 0 && globalThis.ResizeObserver) {
    width ??= new ResizeObserver(() => placed.forEach(place));
    width.observe(document.documentElement);
  }
  placed.add(root);
  dress(root);
  const { style } = notice;
  style.transform = '';
  const { left, right } = notice.getBoundingClientRect();
  // What is not drawn has no place. What is wider than the window begins at its left edge.
  const over = Math.min(0, document.documentElement.clientWidth - ROOM - right);
  if (right > left) style.transform = `translateX(${Math.max(ROOM - left, over)}px)`;
}

/** @param {ShadowRoot} root */
function dress(root) {
  try {
    if (SHEET && !root.adoptedStyleSheets.includes(SHEET)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, SHEET];
  } catch {
    // A sheet is of one document, and this root may be in another one's window. Plain is better than nothing.
  }
}

/**
 * What a person calls themselves is text, and nothing else: no markup, and no direction for what is beside it (`<bdi>`).
 * @param {ShadowRoot} root
 * @param {User} user
 * @param {() => Promise<unknown>} leave
 * @param {string} [signOut] the host's own word for it
 */
function chip(root, user, leave, signOut) {
  const { username, profileImageUrl } = user;
  const name = user.name ?? '';
  const who = make('span', '', make('bdi', 'name', name), make('bdi', 'handle', `@${username}`));
  who.id = 'who';
  const avatar = make('span', 'avatar', initial(name) || initial(username));
  avatar.setAttribute('aria-hidden', 'true');
  if (profileImageUrl) picture(profileImageUrl, avatar);

  const out = make('button', 'sign-out', signOut || ENGLISH.signOut);
  out.setAttribute('type', 'button');
  if (!signOut) out.lang = 'en';
  if (leaving.has(root)) out.setAttribute('aria-busy', 'true');
  out.addEventListener('click', async () => {
    if (leaving.has(root)) return;
    leaving.add(root);
    // Not disabled, which would take the keyboard away.
    out.setAttribute('aria-busy', 'true');
    await leave();
    leaving.delete(root);
    // It may have been drawn anew meanwhile.
    root.querySelector('[part=sign-out]')?.removeAttribute('aria-busy');
  });

  const mark = /** @type {Element} */ (root.querySelector('[part=mark]')).cloneNode(true);
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
  const url = parse(address);
  // Elsewhere it would be a stranger's address that says who looks at this page.
  if (!url || url.username || url.password || (url.origin !== PICTURES && !(LOOPBACK.test(url.hostname) && LOOPBACK.test(location.hostname)))) return;
  const image = new Image();
  image.alt = '';
  image.referrerPolicy = 'no-referrer';
  image.onload = () => avatar.replaceChildren(image);
  // What was looked at, and not the text: a page would read `https:host/…` as a path of its own.
  image.src = url.href;
}

/** @param {string} address */
function parse(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
