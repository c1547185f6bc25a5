// In place of surroundings.js where the package's condition `node` holds. A document that is made up is in no frame, and lacks
// some of what is asked in a browser: jsdom has no `matchMedia`, and Vitest gives happy-dom's `origin` to nobody.

// A test may pretend to be a phone.
const matches = (/** @type {string} */ query) => globalThis.matchMedia?.(query)?.matches ?? false;

/** @type {typeof import('./surroundings.js').surroundings} */
export const surroundings = () => ({
  touch: matches('(pointer: coarse)'),
  standalone: matches('(display-mode: standalone)'),
  userAgent: navigator.userAgent,
  frame: '',
});
