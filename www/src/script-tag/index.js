// `dist/sign-in-with-x.js`: the functions, the element and the engine in one classic script, for pages without a bundler.
import { SignInWithXElement } from '../element.js';
import { createPkcePair, createSignIn, init, links, permissions, SignInError } from '../index.js';
import { script } from './this-script.js';

const define = () => {
  if (globalThis.customElements && !customElements.get('sign-in-with-x')) customElements.define('sign-in-with-x', SignInWithXElement);
};

// Another copy that was here first stays. Own properties only: an element whose id is the name is one of `window`, too.
if (!Object.hasOwn(globalThis, 'SignInWithX')) {
  const all = { createPkcePair, createSignIn, define, init, links, permissions, SignInError, SignInWithXElement };
  globalThis.SignInWithX = /** @type {any} */ (all);
}
if (!script?.hasAttribute('data-manual')) (globalThis.SignInWithX.define ?? define)();
