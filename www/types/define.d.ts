/** Importing this module registers `<sign-in-with-x>`; a name that is taken stays as it is. */
export { SignInWithXElement } from './element.js';
