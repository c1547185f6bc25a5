// How a window that comes back from X tells the page that opened it. X's opener policy may have cut their tie, so nothing
// here needs it: a channel of the attempt's own, whose name nobody can guess; `storage` events, where channels are missing
// or nobody hears them yet; and `postMessage`, where the tie is whole. The page that waits takes the first it hears.

import { isWaitedFor } from './locks.js';
import { shared } from './shared-storage.js';

/** What the page that waits answers. */
export const ACKNOWLEDGED = 'sign-in-with-x/1 ok';
/** Milliseconds between two tries: the page that waits may just be loading. */
const AGAIN = 250;
/** A page that is there and does not answer is told so many times longer, but no longer than a code lives. */
const TIMES = 10;
const CODE_LIFE = 30_000;

/**
 * The channel of an attempt. Some browsers have none, and Firefox throws where storage is switched off.
 * @param {string} key
 */
export const channelOf = (key) => {
  try {
    return new BroadcastChannel(key);
  } catch {
    return undefined; // Then the other ways have to do.
  }
};

/**
 * @param {string} key the attempt's storage key, which is the channel's name too
 * @param {string} message
 * @param {number} patience milliseconds until the page that waits is taken for gone, unless it is known to be there
 * @returns {Promise<boolean>} whether somebody heard it
 */
export const tell = (key, message, patience) =>
  new Promise((resolve) => {
    const channel = channelOf(key);
    let tries = 0;
    /** @type {boolean | undefined} */ let waited;
    /** @param {boolean} heard */
    const end = (heard) => {
      clearInterval(timer);
      removeEventListener('storage', answered);
      removeEventListener('pagehide', gone);
      channel?.close();
      shared((store) => store.removeItem(key));
      resolve(heard);
    };
    /** @param {StorageEvent} event */
    const answered = (event) => event.key === key && event.newValue === ACKNOWLEDGED && end(true);
    /** Nothing of it stays behind when the person closes the window. */
    const gone = () => end(false);
    const send = () => {
      const spent = tries * AGAIN;
      if (spent >= (waited && channel ? Math.min(patience * TIMES, CODE_LIFE) : patience)) return end(false);
      isWaitedFor(key).then((now) => (waited = now));
      channel?.postMessage(message);
      globalThis.opener?.postMessage(message, location.origin);
      // Only if a channel is not enough: what is written here may reach the disk.
      if (tries > 1 || !channel) {
        shared((store) => {
          store.removeItem(key);
          store.setItem(key, message);
        });
      }
      tries += 1;
    };
    if (channel) channel.onmessage = ({ data }) => data === ACKNOWLEDGED && end(true);
    addEventListener('storage', answered);
    addEventListener('pagehide', gone);
    const timer = setInterval(send, AGAIN);
    send();
  });
