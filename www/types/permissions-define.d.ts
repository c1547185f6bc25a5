/** Importing this module registers `<sign-in-with-x-permissions>`; a name that is taken stays as it is. */
export { SignInWithXPermissionsElement } from './permissions.js';
