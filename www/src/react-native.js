/**
 * The package's condition `react-native`. There is no document, no window to open and, in Hermes, no WebAssembly, so nothing
 * of the button or of a sign-in can work; and Hermes has no `import.meta`, so the real files would not even be parsed. What is
 * called says so. What is only imported, by code that an app shares with its website, does no harm.
 */
export { SignInError } from './errors.js';
export { links, permissions } from './permissions/permissions.js';

function refuse() {
  throw new Error(
    'sign-in-with-x needs a browser: React Native has no document, no window.open and no WebAssembly. Use a native OAuth 2.0 client with PKCE, such as expo-auth-session, with the addresses of X.',
  );
}

export const init = async () => refuse();
export const createSignIn = refuse;
export const createPkcePair = refuse;
export const SignInWithX = refuse;
export const useSignInWithX = refuse;
/** Not registered by anybody: there is no document. */
export class SignInWithXElement {}
