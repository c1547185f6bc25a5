// Registers <sign-in-with-x-permissions>. A name that is taken (another copy of this package, a hot reload) stays as it is.
import { SignInWithXPermissionsElement } from './element.js';

if (globalThis.customElements && !customElements.get('sign-in-with-x-permissions')) {
  customElements.define('sign-in-with-x-permissions', SignInWithXPermissionsElement);
}

export { SignInWithXPermissionsElement };
