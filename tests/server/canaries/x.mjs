/**
 * X whose every token, code and secret has the mark in it (forms.mjs), and that can fail in every way, with all that it
 * was ever told in what it says.
 */
import { createServer } from 'node:http';
import { canary } from './forms.mjs';

const form = (/** @type {Record<string, string>} */ fields) => ({ status: 200, headers: { 'content-type': 'text/html' }, body: String(new URLSearchParams(fields)) });
const json = (/** @type {number} */ status, /** @type {unknown} */ value) => ({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });

const tokens = () => json(200, { token_type: 'bearer', expires_in: 7200, access_token: canary('access'), refresh_token: canary('refresh'), scope: 'users.read tweet.read offline.access' });
const profile = () => json(200, { data: { id: '9007199254740993', name: 'Ada', username: 'ada_example' } });

/** What X does when all is well, by path. @type {Record<string, () => { status: number, headers?: Record<string, string>, body?: string }>} */
const good = {
  '/token': tokens,
  '/refresh': tokens,
  '/user': profile,
  '/revoke': () => json(200, { revoked: true }),
  // The page is told the request token's name, and only that.
  '/oauth/request_token': () => form({ oauth_token: `request-${canary('').slice(-24)}`, oauth_token_secret: canary('request-secret'), oauth_callback_confirmed: 'true' }),
  '/oauth/access_token': () => form({ oauth_token: canary('9007199254740993'), oauth_token_secret: canary('token-secret'), user_id: '9007199254740993', screen_name: 'ada_example' }),
  '/1.1/account/verify_credentials.json': () => json(200, { id_str: '9007199254740993', name: 'Ada', screen_name: 'ada_example', email: 'ada@example.com' }),
};
export const PATHS = Object.keys(good);

/** In every member that some answer of X has. @param {string} all */
const everywhere = (all) => ({
  error: all, error_description: all, error_uri: all, title: all, detail: all, reason: all, type: `https://api.x.com/2/problems/${all}`, message: all,
  errors: [{ code: 999, message: all, title: all, detail: all, reason: all, type: all }],
});

/** Every way to fail; what X was told is in what it says. @type {Record<string, (all: string) => { status: number, headers?: Record<string, string>, body?: string } | undefined>} */
export const FAILURES = {
  ...Object.fromEntries([200, 400, 401, 403, 429, 503].map((status) => [`JSON with status ${status}`, (/** @type {string} */ all) => json(status, everywhere(all))])),
  'X’s number for a wrong signature': (all) => json(401, { errors: [{ code: 32, message: all }] }),
  'a number that nobody knows': (all) => json(400, { errors: [{ code: 4711, message: all.replaceAll(' ', '\t') }] }),
  'a refused client': (all) => json(401, { error: 'unauthorized_client', error_description: all }),
  'a refused code': (all) => json(400, { error: 'invalid_grant', error_description: all }),
  'a page of HTML': (all) => ({ status: 500, headers: { 'content-type': 'text/html' }, body: `<p>${all}</p>` }),
  'a form that confirms nothing': (all) => form({ oauth_callback_confirmed: 'false', oauth_token: all, oauth_token_secret: all, error: all }),
  'half an answer': () => ({ ...tokens(), body: tokens().body.slice(0, -9) }),
  'another type of token': () => ({ ...tokens(), body: tokens().body.replace('bearer', canary('mac')) }),
  ...Object.fromEntries([302, 307].map((status) => [`a redirect by ${status}`, (/** @type {string} */ all) => ({ status, headers: { location: `THIEF?${encodeURIComponent(all)}`, 'set-cookie': `a=${encodeURIComponent(all)}` } })])),
  'a person without a name': (all) => json(200, { data: { id: all, name: all } }),
  'no answer': () => undefined,
};

/** @param {import('node:test').TestContext} t */
export async function startX(t) {
  /** Path, query and what proves who asks. @type {{ path: string, url: string, authorization: string, body: string }[]} */
  const seen = [];
  let stolen = 0;
  /** @type {{ path?: string, how?: (all: string) => ReturnType<(typeof FAILURES)[string]> }} */
  const failing = {};
  /** All that was said here, the last first: a long text is cut at its end. */
  const all = () => seen.slice(-3).reverse().flatMap(({ authorization, body }) => {
    const basic = /^Basic (.*)/.exec(authorization)?.[1];
    return [authorization.replace(/^\w+ /, ''), basic ? atob(basic) : '', ...new URLSearchParams(body).values()];
  }).filter(Boolean).join(' ');

  const server = createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message.setEncoding('utf8')) body += chunk;
    const [pathname] = message.url.split('?');
    if (pathname === '/thief') stolen += 1;
    const path = pathname === '/token' && body.includes('grant_type=refresh_token') ? '/refresh' : pathname;
    seen.push({ path, url: message.url, authorization: message.headers.authorization ?? '', body });
    const answer = failing.path === path ? failing.how(all()) : good[path]?.() ?? { status: 404 };
    if (!answer) return void response.destroy();
    const { status, headers = {}, body: text = '' } = answer;
    response.writeHead(status, { ...headers, ...(headers.location && { location: headers.location.replace('THIEF', `${url}/thief`) }) }).end(text);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  return {
    seen,
    stolen: () => stolen,
    endpoints: { authorize: `${url}/authorize`, token: `${url}/token`, revoke: `${url}/revoke`, user: `${url}/user`, oauth1: url },
    /** @param {string} [path] @param {(typeof FAILURES)[string]} [how] */
    fail: (path, how) => Object.assign(failing, { path, how }),
  };
}
