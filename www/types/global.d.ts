/**
 * The one-file build for pages without a bundler: `<script src="…/dist/sign-in-with-x.js">` defines `window.SignInWithX`, and
 * `<sign-in-with-x>` unless the tag has the attribute `data-manual`. A page in TypeScript knows it by
 * `/// <reference types="sign-in-with-x/dist/sign-in-with-x.js" />`.
 */
import type { SignInWithXElement } from './element.js';
import type { createPkcePair, createSignIn, init, links, permissions, SignInError } from './index.js';

/** What the script puts on the page. A second copy, or one of another version, leaves the first one as it is. */
export interface SignInWithXGlobal {
  createPkcePair: typeof createPkcePair;
  createSignIn: typeof createSignIn;
  /** Registers `<sign-in-with-x>`, for pages whose script tag has `data-manual`; a name that is taken stays as it is. */
  define(): void;
  /** Loads the engine, which is in the script: nothing is fetched unless `wasm` says so. */
  init: typeof init;
  links: typeof links;
  permissions: typeof permissions;
  SignInError: typeof SignInError;
  /** The element's class, to be registered under another name or extended. */
  SignInWithXElement: typeof SignInWithXElement;
}

declare global {
  // `var`, because only that is also `window.SignInWithX`.
  var SignInWithX: SignInWithXGlobal;
}
