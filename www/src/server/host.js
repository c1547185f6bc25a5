/**
 * What the host gave to be called. Whatever it throws, or rejects with, is not the visitor's.
 * @module
 */

/** @typedef {{ report: (error: unknown) => void, later: (work: Promise<unknown>) => void }} Host */

/**
 * @param {Pick<import('../../types/server.js').HandlerOptions, 'onError' | 'waitUntil'>} options
 * @returns {Host}
 */
export function hostOf({ onError = () => {}, waitUntil = () => {} }) {
  /** @param {() => unknown} call @param {(error: unknown) => void} otherwise */
  const quietly = (call, otherwise) => void (async () => call())().catch(otherwise);
  // Of reporting that fails there is nowhere left to say it.
  const report = (/** @type {unknown} */ error) => quietly(() => onError(error), () => {});
  return {
    report,
    /** Goes on after the answer. The host hears when it is over, and not what became of it: that may be a session. */
    later(work) {
      const watched = work.then(() => {}, report);
      quietly(() => waitUntil(watched), report);
    },
  };
}
