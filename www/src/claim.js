// One code, several windows: X may be made to send it to two, and a server that sees it twice should take back what it gave
// for it (RFC 6749 §4.1.2). Where there are no locks, or storage is switched off, X's own rule is left: it takes a code once.

/**
 * Asks to be the window that exchanges an attempt's code, for as long as this page lives; the first to ask is.
 * @param {string} key the attempt
 * @returns {Promise<boolean>}
 */
export const claim = (key) =>
  new Promise((resolve) => {
    const any = () => resolve(true);
    /** @param {unknown} lock */
    const answered = (lock) => {
      resolve(Boolean(lock));
      return new Promise(() => {});
    };
    navigator.locks ? navigator.locks.request(key, { ifAvailable: true }, answered).catch(any) : any();
  });

/**
 * Whether a window is exchanging it. Never by a lock of one's own: it would stand in the way of who is told next.
 * @param {string} key
 */
export const isClaimed = async (key) => {
  try {
    const { held } = await navigator.locks.query();
    return held?.some(({ name }) => name === key);
  } catch {
    return false;
  }
};
