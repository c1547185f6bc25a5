// The package's functions. Importing this file runs nothing and touches no global.
import { Client } from './client.js';
import { ask } from './engine/engine.js';

export { init } from './engine/load.js';
export { SignInError } from './errors.js';

/** @returns {import('../types/index.d.ts').PkcePair} */
export const createPkcePair = () => ask((engine) => engine.createPkcePair());

/**
 * @param {import('../types/index.d.ts').SignInOptions} options
 * @returns {import('../types/index.d.ts').SignIn}
 */
export const createSignIn = (options) =>
  Object.assign(new Client(options), {
    doctor: async () => (await import('./doctor.js')).examine(options),
  });
