// What Apps may do, without the engine: the functions and the element's class. Importing this file runs nothing.
export { SignInWithXPermissionsElement } from './element.js';
export { links, permissions } from './permissions.js';
