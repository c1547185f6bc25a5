/** Requests that nobody sends: of every route, with every part wrong that can be wrong; the same ones at every run. */
import { APP, CLICK, FROM_X } from './browser.mjs';
import { BODY, CALLBACK, OURS } from './helpers.mjs';

/** Mulberry32. @param {number} seed @returns {(most: number) => number} */
export function random(seed) {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

const ROUTES = ['start', 'callback', 'oauth1/start', 'oauth1/exchange', 'exchange', 'session', 'signout'];
const NAMES = ['code', 'state', 'error', 'denied', 'oauth_token', 'oauth_verifier', 'return_to', 'redirect_uri', 'screen_name', 'force_login', 'page', '__proto__', ''];
const HEADERS = ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-purpose', 'purpose', 'origin', 'referer', 'content-type', 'x-requested-with', 'rsc', 'accept', 'authorization', 'if-none-match', 'x-forwarded-host'];

/**
 * @param {number} seed
 * @param {{ start: string, session: string }} real cookies that the backend has given, to be cut and mixed
 */
export function nonsense(seed, real) {
  const next = random(seed);
  /** @template T @param {T[]} list @returns {T} */
  const pick = (list) => list[next(list.length)];
  const junk = () => String.fromCharCode(...Array.from({ length: next(40) }, () => pick([0x20, 0x21, 0x22, 0x25, 0x26, 0x2b, 0x2e, 0x3b, 0x3d, 0x41, 0x5c, 0x7e, 0xe9, 0xff])));
  const cut = (/** @type {string} */ text) => text.slice(next(4), text.length - next(4)) + pick(['', 'A', '=', '.', '%', junk()]);
  const value = () => pick([junk(), '', 'access_denied', 'true', CALLBACK, '/inbox', '//evil.example', 'https://evil.example', '%', '%00', '%ff', 'a'.repeat(5000), encodeURIComponent(junk())]);
  const query = () => Array.from({ length: next(5) }, () => `${pick(NAMES)}${pick(['=', '', '=='])}${value()}`).join(pick(['&', ';', '&&']));
  const cookie = () => pick([
    '',
    junk(),
    `sign-in-with-x-start=${cut(real.start)}`,
    `sign-in-with-x-start=${real.start}; sign-in-with-x-start=${cut(real.start)}`,
    `sign-in-with-x=${cut(real.session)}`,
    `sign-in-with-x=${real.session}; sign-in-with-x=${real.session}`,
    `sign-in-with-x=${'A'.repeat(40 + next(6))}`,
    `sign-in-with-x=${'A'.repeat(43)}.${cut(real.start)}`,
    `sign-in-with-x=${junk()}; sign-in-with-x-start=${junk()}`,
    'sign-in-with-x=;'.repeat(1 + next(600)),
  ]);
  const anything = () => pick([null, 1, -1e308, true, [], {}, [[]], junk(), '', '\0', '\ud800', 'a'.repeat(6000)]);
  const body = () => pick([
    junk(),
    JSON.stringify({ ...BODY, [pick(Object.keys(BODY))]: anything() }),
    JSON.stringify({ ...BODY, clientId: APP.clientId, codeVerifier: undefined, state: anything() }),
    JSON.stringify({ oauthToken: value(), oauthVerifier: value(), state: anything() }),
    JSON.stringify({ oauthToken: anything(), oauthVerifier: anything() }),
    '{"code":"a","code":"b"}',
    '{"oauthToken":', '\ufeff{}', 'null', '[]', '"a"', '['.repeat(5000), 'a'.repeat(17_000),
  ]);
  /** As headers can be sent. @param {string} text */
  const fit = (text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').trim();

  return () => {
    const method = pick(['GET', 'POST', 'GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'PATCH', 'DELETE']);
    const route = pick([...ROUTES, encodeURIComponent(junk())]);
    /** @type {Record<string, string>} */
    const headers = { ...(method === 'POST' ? OURS : pick([CLICK, FROM_X])), cookie: fit(cookie()) };
    for (let count = next(3); count > 0; count -= 1) headers[pick(HEADERS)] = fit(pick([junk(), 'a'.repeat(2000)]));
    // Not as it was written: no client sends a space or a letter beyond ASCII in an address.
    const { pathname, search } = new URL(`/auth/x/${route}?${query()}`, 'http://host.invalid');
    return { method, path: pathname + search, headers, body: method === 'GET' || method === 'HEAD' ? undefined : body() };
  };
}
