/** Made by the demo's server from the button's phrases. */
export const locales: readonly string[];
/** The values of `text` that a language has words for. */
export const texts: Readonly<Record<string, readonly string[]>>;
