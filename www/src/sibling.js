/**
 * The route beside another: `/auth/x/exchange` → `/auth/x/session`.
 * @param {string} url
 * @param {string} name
 */
export const sibling = (url, name) => String(new URL(name, new URL(url, location.href)));
