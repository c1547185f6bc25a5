import { SignInError, ask } from './given.js';
import { isClaimed, showWaiting } from './locks.js';
import { shared, sweep } from './shared-storage.js';
import { ACKNOWLEDGED, channelOf } from './tell.js';

/** Milliseconds between two looks at the window. */
const LOOK_EVERY = 250;

/**
 * Carries what happens around a popup to its attempt in the engine (src/flow/popup.rs), and out what the engine makes of it.
 * It listens on where `tell.js` speaks.
 * @param {string} key the attempt
 * @param {Window | null} popup null when the page before this one opened it
 * @param {AbortSignal} signal aborted to end it; a `cancel` event to stop waiting
 * @param {(found: any) => void} resolve the answer; it may come after a `reject`, because the person went on all the same
 * @param {(thrown: unknown) => void} [reject]
 * @param {boolean} [isOver] nobody waits for it any more
 */
export function listen(key, popup, signal, resolve, reject = () => {}, isOver = false) {
  const channel = channelOf(key);
  const end = new AbortController();
  const wait = new AbortController();
  const until = { signal: end.signal };

  /** @param {'message' | 'look' | 'cancel' | 'abort'} event @param {unknown} [detail] */
  const happened = (event, detail = '') => {
    // A listener may outlive its signal: Node loses the first of two on one target (tests run there).
    if (typeof detail !== 'string' || end.signal.aborted) return;
    let found, thrown;
    try {
      found = ask('popupEvent', { key, event, detail });
      if (!found) return;
    } catch (error) {
      thrown = error;
    }
    if (event === 'message') {
      channel?.postMessage(ACKNOWLEDGED);
      shared((store) => {
        // Only a window that has put something there looks for this.
        if (store.getItem(key)) store.setItem(key, ACKNOWLEDGED);
        store.removeItem(key);
      });
    }
    wait.abort();
    // Without effect on a window that X cut off; the callback page closes itself.
    popup?.close();
    if (!thrown || event === 'message' || event === 'abort') {
      end.abort();
      clearInterval(looks);
      channel?.close();
    }
    // Last, because the page's own code runs in there.
    if (thrown) reject(thrown);
    // Somebody may still wait, if the engine had to be loaded anew.
    else if (found.over) reject(new SignInError('internal'));
    else resolve(found);
  };

  /** What came over a channel. Another window's code is of no use while the popup itself exchanges it, and will say how that ended. @param {unknown} data */
  const told = async (data) => {
    if (typeof data === 'string' && data.includes('&response=') && (await isClaimed(key))) return;
    happened('message', data);
  };

  const looks = setInterval(() => {
    // From the prototype: `<img name=hasFocus>` takes the method's place.
    const focused = Document.prototype.hasFocus.call(document);
    happened('look', `${popup?.closed ? 'closed' : ''} ${focused ? 'focused' : ''}`);
  }, LOOK_EVERY);
  for (const name of /** @type {const} */ (['cancel', 'abort'])) signal.addEventListener(name, () => happened(name), until);
  if (channel) channel.onmessage = ({ data }) => told(data);
  addEventListener('storage', (event) => event.key === key && told(event.newValue), until);
  // Any window may send here (RFC 9700 §4.17): only ours counts, and only while it shows a page of this origin.
  addEventListener('message', ({ source, origin, data }) => popup && source === popup && origin === location.origin && told(data), until);
  // Not for one that is only listened to: Firefox keeps no page with a lock in its back/forward cache.
  if (popup) showWaiting(key, wait.signal);
  sweep();
  // WebKit tells of changes only those who have looked; and this may be there already.
  told(shared((store) => store.getItem(key)) ?? '');
  // What happened while this was on its way.
  if (signal.aborted) happened('abort');
  else if (isOver) happened('cancel');
}
