// What windows of one attempt know of each other by Web Locks, which end with the window that holds them.
//
// One code, several windows: X may be made to send it to two, and a server that sees it twice should take back what it gave
// for it (RFC 6749 §4.1.2). Where there are no locks, or storage is switched off, X's own rule is left: it takes a code once.

/** Every script of this origin can read what locks are called; half of a state is enough to tell them apart. @param {string} key */
const nameOf = (key) => key.slice(0, 36);

/** @param {string} key */
const waitingName = (key) => `${nameOf(key)}?`;

/** @param {string} name */
const isHeld = async (name) => {
  try {
    const { held } = await navigator.locks.query();
    return held?.some((lock) => lock.name === name);
  } catch {
    return false;
  }
};

/**
 * Asks to be the window that exchanges an attempt's code; the first to ask is.
 * @param {string} key the attempt
 * @param {number} [hold] milliseconds; for as long as this page lives unless told. A page that holds a lock may not enter the
 * back/forward cache.
 * @returns {Promise<boolean>}
 */
export const claim = (key, hold) =>
  new Promise((resolve, reject) => {
    /** @param {unknown} lock */
    const answered = (lock) => {
      resolve(Boolean(lock));
      return new Promise((end) => hold && setTimeout(end, hold));
    };
    navigator.locks.request(nameOf(key), { ifAvailable: true }, answered).catch(reject);
  }).then(Boolean, () => true);

/**
 * Whether a window is exchanging it. Never by a lock of one's own: it would stand in the way of who is told next.
 * @param {string} key
 */
export const isClaimed = (key) => isHeld(nameOf(key));

/**
 * Says, until the signal, that this page waits for an attempt, so that whoever has its answer is patient while it is busy.
 * @param {string} key
 * @param {AbortSignal} signal
 */
export const showWaiting = async (key, signal) => {
  try {
    await navigator.locks.request(waitingName(key), { mode: 'shared' }, () => signal.aborted || new Promise((end) => signal.addEventListener('abort', end)));
  } catch {
    // Then the answer waits for three seconds.
  }
};

/** @param {string} key */
export const isWaitedFor = (key) => isHeld(waitingName(key));
