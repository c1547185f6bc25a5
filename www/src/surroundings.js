// Where this page is shown, as facts; src/flow/choose.rs draws the conclusions.

/** @returns {'' | 'own' | 'foreign'} whose page is around this one */
function frame() {
  // A sandbox without `allow-same-origin` has an origin of its own, whatever its address says.
  if (origin === 'null') return 'foreign';
  /** @type {Window} */ let page = window;
  while (page !== top) {
    page = page.parent;
    try {
      if (page.location.origin !== origin) return 'foreign';
    } catch {
      return 'foreign';
    }
  }
  return page === window ? '' : 'own';
}

const matches = (/** @type {string} */ query) => matchMedia(query).matches;

export const surroundings = () => ({
  touch: matches('(pointer: coarse)'),
  // Safari on iOS has a name of its own for it.
  standalone: matches('(display-mode: standalone)') || /** @type {any} */ (navigator).standalone,
  userAgent: navigator.userAgent,
  frame: frame(),
});
