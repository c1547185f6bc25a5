/**
 * How often each thing is measured, and until when.
 * @module
 */

/** @typedef {{ starts: number, slowed: number, urls: number, clicks: number, callbacks: number, many: number, signIns: number }} Plan */

/** @type {Plan} */
export const FULL = { starts: 32, slowed: 4, urls: 5, clicks: 15, callbacks: 20, many: 12, signIns: 1000 };

/** For development: every measure, and no figure to believe. @type {Plan} */
export const QUICK = { starts: 3, slowed: 4, urls: 1, clicks: 2, callbacks: 2, many: 2, signIns: 50 };

/**
 * Seconds after the beginning at which each measure stops, done or not: a busy machine gets fewer samples. The last one leaves what
 * one slow contestant may need before `www/tools/bench.mjs` ends it all.
 */
export const UNTIL = { loads: 350, urls: 395, clicks: 440, callbacks: 490, many: 515, memory: 575 };
