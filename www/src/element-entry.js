// `sign-in-with-x/element`: the class, not registered.
export { SignInWithXElement } from './first.js';
