// Puts the button into a shadow root, as the engine says it (src/button/steps.rs): creates it once, and afterwards changes
// attributes and text only, so that the focus stays.

const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {ShadowRoot} root
 * @param {string} steps
 */
export function patch(root, steps) {
  /** @type {any} */ let here = root;
  let next = root.firstChild;
  for (const [step, value] of new URLSearchParams(steps)) {
    if (step === 'tag') {
      /** @type {any} */ let found = next;
      // Extensions put sheets of theirs before ours, and formatters spaces between.
      while (found && found.localName !== value) found = found.nextSibling;
      here = found ?? here.insertBefore(document.createElementNS(value === 'svg' ? SVG : (here.namespaceURI ?? HTML), value), next);
      next = here.firstChild;
    } else if (step === 'end') {
      next = here.nextSibling;
      here = here.parentNode;
    } else if (step === 'without') here.removeAttribute(value);
    else if (step !== 'text') here.setAttribute(step, value);
    // Written again, it would be said again.
    else if (here.textContent !== value) here.textContent = value;
  }
}

/** One sheet for all buttons of the page. @type {CSSStyleSheet | undefined} */
let sheet;

/**
 * Gives a root the button's sheet, a constructable one (CSSOM): allowed where `style-src` forbids `<style>` (F1).
 * @param {ShadowRoot} root
 * @param {() => string} text
 */
export function dress(root, text) {
  // None yet, or a server's, which has a sheet of its own. The identity chip adds one; where there is no such list, no sheet.
  if (root.adoptedStyleSheets?.length !== 0) return;
  const own = root.querySelectorAll('link,style');
  try {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(text());
    }
    root.adoptedStyleSheets = [sheet];
    for (const one of own) one.remove();
  } catch {
    // A root in another window's document takes no sheet of this one's (CSSOM §6.2): a button without its looks.
  }
}
