// Registers <sign-in-with-x>. A name that is taken (another copy of this package, a hot reload) stays as it is.
import { SignInWithXElement } from './first.js';

if (globalThis.customElements && !customElements.get('sign-in-with-x')) {
  customElements.define('sign-in-with-x', SignInWithXElement);
}

export { SignInWithXElement };
