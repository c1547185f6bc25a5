// What can be found wrong before anybody signs in: the options, this browser, the callback page, the exchange endpoint.
// X itself tells an app nothing: a wrong client id or callback ends on a page of X that never comes back. Loaded when
// it is called for.

/**
 * @typedef {import('../types/index.d.ts').Finding} Finding
 * @typedef {import('./errors.js').SignInError} SignInError
 */

/** What is looked at, handed over for the reason that given.js has. @typedef {{ Client: typeof import('./client.js').Client, SignInError: typeof import('./errors.js').SignInError, init: typeof import('./engine/load.js').init, because: () => any }} First */

/** The words that an attribute takes, the default first; any other gives that, without a word to anybody. */
const WORDS = {
  type: ['button', 'icon', 'link'],
  theme: ['black', 'white', 'outline', 'auto'],
  size: ['large', 'medium', 'small'],
  shape: ['pill', 'rounded', 'square'],
  text: ['signin_with', 'signup_with', 'continue_with', 'connect_to', 'login_with'],
  'logo-alignment': ['left', 'center'],
  identity: ['chip', 'none'],
};

/** X's, by their names: their words (permissions/scopes.js) are not for everybody who bundles this. */
const SCOPES =
  'tweet.read tweet.write tweet.moderate.write users.email users.read follows.read follows.write offline.access space.read ' +
  'mute.read mute.write like.read like.write list.read list.write block.read block.write bookmark.read bookmark.write ' +
  'dm.read dm.write media.write timeline.read broadcast.read broadcast.write';

/**
 * @param {First} first
 * @param {import('../types/index.d.ts').SignInOptions} options
 * @param {Element} [element] that they are of
 * @returns {Promise<Finding[]>}
 */
export async function examine(first, options, element) {
  const found = element ? attributes(element) : [];
  const broken = await rehearse(first, options);
  if (broken) {
    const { code, reason, message, description, hint } = broken;
    return [...found, finding('error', reason || code, [message, description].filter(Boolean).join(' '), hint)];
  }
  const more = await Promise.all([translation(first.because()), callbackAddress(options), scopes(options), callbackPage(options), backend(options)]);
  return [...found, ...more.flat()];
}

/** @param {Element} element @returns {Finding[]} */
function attributes(element) {
  const { observedAttributes = [] } = /** @type {{ observedAttributes?: string[] }} */ (element.constructor);
  const bare = (/** @type {string} */ name) => name.replaceAll(/[-_]/g, '');
  const misspelt = element
    .getAttributeNames()
    .map((name) => [name, observedAttributes.find((known) => known !== name && bare(known) === bare(name))])
    .filter(([, known]) => known)
    .map(([name, known]) => finding('warning', 'attribute_name', `There is no attribute ${name}.`, `It is ${known}.`));
  const wrong = Object.entries(WORDS)
    .map(([name, words]) => ({ name, words, value: element.getAttribute(name) }))
    .filter(({ words, value }) => value && !words.includes(value))
    .map(({ name, words, value }) => finding('warning', 'attribute_word', `${name}="${value}" is none of ${words.join(', ')}; ${words[0]} is used.`, 'Look for a slip.'));
  const width = element.getAttribute('width');
  if (width && !/^(fluid|\d+)$/.test(width)) wrong.push(finding('warning', 'attribute_word', `width="${width}" is neither a number of pixels nor fluid.`, 'Write width="300" or width="fluid".'));
  return [...misspelt, ...wrong];
}

/**
 * Begins a sign-in and cancels it, without leaving the page: engine, options, randomness and storage all take part.
 * @param {First} first
 * @param {import('../types/index.d.ts').SignInOptions} options
 * @returns {Promise<SignInError | undefined>}
 */
async function rehearse({ Client, SignInError, init }, options) {
  try {
    await init();
    const client = new Client(options);
    // First, because it looks at the options: an address that is none is said as what it is.
    const state = new URL(client.authorizationUrl(), location.href).searchParams.get('state');
    const answer = new URL(options.redirectUri);
    answer.searchParams.set('state', String(state));
    answer.searchParams.set('error', 'access_denied');
    await client.handleCallback(answer.href);
  } catch (thrown) {
    const error = SignInError.from(thrown);
    return error.code === 'cancelled' ? undefined : error;
  }
  return new SignInError('internal', { cause: new Error('a sign-in that the person refused went on') });
}

/** Whether the engine runs as JavaScript. @param {any} because why @returns {Finding[]} */
function translation(because) {
  if (!because) return [];
  const { message } = because;
  if (message === 'always') return [finding('warning', 'engine_translated', 'The engine runs translated to JavaScript, because init() was told fallback: "always".', 'Leave fallback out, and it does so only where it must.')];
  return [finding('warning', 'engine_translated', `The engine runs translated to JavaScript: ${message}`, "Sign-ins work, with a bigger download. Serve sign-in-with-x.wasm; CSP needs script-src 'wasm-unsafe-eval' and connect-src. In a browser without WebAssembly nothing is to be done.")];
}

/** @param {import('../types/index.d.ts').SignInOptions} options @returns {Finding[]} */
function callbackAddress({ redirectUri }) {
  const { hostname } = new URL(redirectUri);
  if (hostname !== 'localhost') return [];
  return [finding('warning', 'callback_localhost', 'The callback’s host is localhost.', 'X documents http://127.0.0.1 for local work; register and open that.')];
}

/** @param {import('../types/index.d.ts').SignInOptions} options @returns {Finding[]} */
function scopes({ scopes: asked, start }) {
  // What to ask for is the backend's then.
  if (start) return [];
  const list = Array.isArray(asked) ? asked : (asked ?? '').split(' ').filter(Boolean);
  const unknown = list
    .filter((name) => !SCOPES.split(' ').includes(name))
    .map((name) => finding('warning', 'scopes_unknown', `X documents no scope ${name}.`, 'X shows a page that leads nowhere for a scope it does not know.'));
  const missing = ['tweet.read', 'users.read'].filter((name) => list.length > 0 && !list.includes(name));
  if (missing.length === 0) return unknown;
  return [...unknown, finding('warning', 'scopes_profile', `Without ${missing.join(' and ')}, X does not say who signed in.`, 'GET /2/users/me needs tweet.read and users.read.')];
}

/** @param {import('../types/index.d.ts').SignInOptions} options @returns {Promise<Finding[]>} */
async function callbackPage({ redirectUri }) {
  const response = await fetch(redirectUri, { cache: 'no-store', redirect: 'manual' }).catch(() => null);
  if (!response?.ok) {
    return [finding('error', 'callback_unreachable', `The callback page answers ${response?.status || 'nothing'}.`, 'Serve a page there that loads sign-in-with-x/callback first, before the backend’s handler, or by its option callbackPage.')];
  }
  const found = /sign-in-with-x|callback\.js/.test(await response.text()) ? [] : [
    finding('warning', 'callback_script', 'The callback page names no script of sign-in-with-x.', 'Load sign-in-with-x/callback there, first of all; or is it a fallback page that answers everything?'),
  ];
  const wanted = /** @type {const} */ ([['referrer-policy', 'no-referrer'], ['cache-control', 'no-store']]);
  const headers = wanted
    .filter(([name, value]) => !response.headers.get(name)?.includes(value))
    .map(([name, value]) => finding('warning', `callback_${name.replace('-', '_')}`, `The callback page is served without ${name}: ${value}.`, 'Its address holds a code for a moment; RFC 9700 §4.2.4 asks for this header.'));
  return [...found, ...headers];
}

/**
 * Where a sign-in begins, if that is at the backend, and then where it ends.
 * @param {import('../types/index.d.ts').SignInOptions} options
 * @returns {Promise<Finding[]>}
 */
async function backend(options) {
  const { start } = options;
  const response = start ? await fetch(start, { cache: 'no-store', redirect: 'manual' }).catch(() => null) : null;
  // A start is for windows: one that is right refuses to be fetched, or sends on.
  if (!start || response?.status === 403 || response?.type === 'opaqueredirect') return exchange(options);
  const { hint } = (response && (await response.json().catch(() => null))) ?? {};
  return [finding('error', 'start_unreachable', `${start} answers ${response?.status || 'nothing'}.`, typeof hint === 'string' ? hint : 'Mount the backend half there.')];
}

/** @param {import('../types/index.d.ts').SignInOptions} options @returns {Promise<Finding[]>} */
async function exchange({ exchange: own = '/auth/x/exchange', start, handoff }) {
  if (handoff) return [];
  const url = start ? new URL('exchange', new URL(start, location.href)).pathname : own;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'sign-in-with-x' },
    body: '{}',
  }).catch(() => null);
  // An empty request is refused by an endpoint that is right, and never reaches X.
  if (response?.status === 400) return [];
  if (response?.status === 403) {
    return [finding('error', 'exchange_refused', `${url} refuses this page.`, `Configure the backend for the origin ${location.origin}.`)];
  }
  return [finding('error', 'exchange_unreachable', `${url} answers ${response?.status || 'nothing'} to an empty exchange, not 400.`, 'Mount the backend half there, or set `exchange`.')];
}

/**
 * @param {Finding['severity']} severity
 * @param {string} code
 * @param {string} message
 * @param {string} hint
 * @returns {Finding}
 */
const finding = (severity, code, message, hint) => ({ severity, code, message, hint });
