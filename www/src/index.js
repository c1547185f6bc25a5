// The package's functions. Importing this file runs nothing and touches no global.
import { Client, ask, doctor } from './first.js';
import { mountButton } from './render-button.js';

export { SignInError, init } from './first.js';
export { links, permissions } from './permissions/permissions.js';

/** @typedef {import('../types/index.d.ts').ButtonOptions | undefined} ButtonOptions */

/** @returns {import('../types/index.d.ts').PkcePair} */
export const createPkcePair = () => ask('createPkcePair');

/**
 * @param {import('../types/index.d.ts').SignInOptions} options
 * @returns {import('../types/index.d.ts').SignIn}
 */
export const createSignIn = (options) => {
  const states = /** @type {Set<(state: import('../types/index.d.ts').SignInState, result?: import('../types/index.d.ts').SignInResult) => void>} */ (new Set());
  const client = new Client(options, (state, result) => states.forEach((follow) => follow(state, result)));
  // What the element does without is not in its download.
  return Object.assign(client, {
    renderButton: (/** @type {Element} */ target, /** @type {ButtonOptions} */ looks) => mountButton(target, client, states, looks, options?.locale),
    doctor: () => doctor(options),
  });
};
