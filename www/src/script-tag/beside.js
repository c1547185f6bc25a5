// What is in no single file: it lies beside this one, wherever that came from.
import { script } from './this-script.js';

/**
 * Where to `import()` it from. From another origin, that then gives what has this hash and nothing else: the tag's `integrity`
 * is of its own file only, and `import()` takes none, but has what an element has loaded (HTML §8.1.4.4, the module map).
 * @param {string} name
 * @param {string} integrity
 */
export async function beside(name, integrity) {
  const { href, origin } = new URL(name, script?.src || document.baseURI);
  if (origin !== location.origin) {
    await new Promise((resolve, reject) => {
      const element = elementFor(href);
      element.crossOrigin = '';
      element.integrity = integrity;
      element.nonce = script?.nonce;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${href} is missing, or not of this version`));
      document.head.append(element);
    });
  }
  return href;
}

/** @param {string} href */
function elementFor(href) {
  // No script, so Trusted Types have no say in it.
  const link = document.createElement('link');
  // WebKit takes the hash of none (2.50): there, a page that asks for Trusted Types goes without.
  if (link.relList.supports('modulepreload') && !/Apple/.test(navigator.vendor)) return Object.assign(link, { rel: 'modulepreload', href });
  return Object.assign(document.createElement('script'), { type: 'module', src: href });
}
