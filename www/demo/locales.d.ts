/** Made by the demo's server from the button's phrases. */
export const locales: readonly string[];
