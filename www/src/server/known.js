/**
 * The names of the options: one that is none of them is refused, because what was meant by it would not hold.
 * @module
 */

/**
 * @typedef {import('../../types/server.js').HandlerOptions} HandlerOptions
 * @typedef {import('../../types/server.js').OAuth1Options} OAuth1Options
 */

/** @template T @param {Record<keyof T, true>} names all of them: the types say so */
const every = (names) => Object.keys(names);

/** Of two alike the likelier comes first. @type {Record<string, string[]>} */
const KNOWN = {
  '': /** @type {typeof every<HandlerOptions>} */ (every)({
    clientId: true,
    clientSecret: true,
    redirectUris: true,
    origin: true,
    basePath: true,
    secrets: true,
    scopes: true,
    oauth1: true,
    callbackPage: true,
    endpoints: true,
    fetch: true,
    sessions: true,
    sessionSeconds: true,
    tokenMediating: true,
    clientOf: true,
    onError: true,
    waitUntil: true,
  }),
  'oauth1.': /** @type {typeof every<OAuth1Options>} */ (every)({ consumerKey: true, consumerSecret: true, access: true, email: true, alwaysAsk: true }),
  'endpoints.': /** @type {typeof every<NonNullable<HandlerOptions['endpoints']>>} */ (every)({ authorize: true, token: true, revoke: true, user: true, oauth1: true }),
};

/** @param {string} name */
const letters = (name) => name.replace(/[_-]/g, '').toLowerCase();

/** One that begins alike: `redirectUri`, `client_id`, `tokenMediation`. @param {string} name @param {string[]} known */
function meant(name, known) {
  const begins = letters(name).slice(0, -3);
  return begins.length > 1 ? known.find((each) => letters(each).startsWith(begins)) : undefined;
}

/**
 * The first name that is none, and what to do about it. What is `undefined` is not given, whatever its name.
 * @param {string} prefix of the options that stand below another @param {object} options
 * @returns {{ option: string, hint: string } | undefined}
 */
export function stranger(prefix, options) {
  const known = KNOWN[prefix] ?? [];
  const found = Object.entries(options).find(([name, value]) => value !== undefined && !known.includes(name));
  if (!found) return undefined;
  const [name] = found;
  const alike = meant(name, known);
  return { option: `${prefix}${name}`, hint: `there is no option \`${prefix}${name}\`; ${alike ? `did you mean \`${prefix}${alike}\`?` : 'look for a slip'}` };
}
