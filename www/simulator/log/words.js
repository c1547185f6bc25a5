/**
 * What each parameter of a sign-in is for, and where that is written. For `/log`.
 * @module
 */
import { DOCS, rfc } from './sources.js';

/** @typedef {import('./sources.js').Source} Source */
/** @typedef {{ words: string, source?: Source }} Meaning */

/** @param {string} words @param {Source} [source] @returns {Meaning} */
const is = (words, source) => ({ words, ...(source && { source }) });

const OAUTH_TOKEN = 'The request token: which attempt to sign in this is.';
const USER_TOKEN = 'The token of the person in whose name the App asks.';

/** Those that mean something else at one path come as `path name`. @type {Record<string, Meaning>} */
const MEANINGS = {
  response_type: is('What the App wants back. X knows `code` only.', rfc(6749, '4.1.1')),
  client_id: is('Which App asks: its OAuth 2.0 Client ID.', rfc(6749, '4.1.1')),
  '/2/oauth2/token client_id': is('Which App asks. A public App names itself here; a confidential one by the header Authorization.', rfc(6749, '4.1.3')),
  redirect_uri: is('The callback: where the browser goes back to. Compared byte for byte with those of the App.', rfc(6749, '3.1.2')),
  '/2/oauth2/token redirect_uri': is('The callback once more: the same as on the authorize page, or the code is not given away.', rfc(6749, '4.1.3')),
  scope: is('What the App may do, name by name.', rfc(6749, '3.3')),
  state: is('A secret of this one attempt. It comes back unchanged, so that the App knows that it began this sign-in itself.', rfc(6749, '10.12')),
  code_challenge: is('The hash of a secret that only the App has (PKCE). A code that is stolen on the way is worth nothing without that secret.', rfc(7636, '4.3')),
  code_challenge_method: is('How that hash was made: S256 is SHA-256.', rfc(7636, '4.3')),
  code_verifier: is('The secret behind the code_challenge. X hashes it and compares.', rfc(7636, '4.5')),
  grant_type: is('What is exchanged: a code, or a refresh token.', rfc(6749, '4.1.3')),
  code: is('The authorization code: good for one exchange, within thirty seconds.', rfc(6749, '4.1.2')),
  refresh_token: is('Becomes the next access token when this one has run out. Good once; the answer has the next.', rfc(6749, '6')),
  access_token: is('What the App shows to X’s API. Two hours.', rfc(6749, '5.1')),
  token_type: is('How the access token is shown: `bearer`.', rfc(6749, '7.1')),
  expires_in: is('For how many seconds the access token is good.', rfc(6749, '5.1')),
  error: is('What went wrong, in one word for programs.', rfc(6749, '4.1.2.1')),
  '/2/oauth2/token error': is('What went wrong, in one word. X says invalid_request where the RFC says invalid_grant.', rfc(6749, '5.2')),
  error_description: is('What went wrong, in words for developers.', rfc(6749, '5.2')),
  token: is('The token that ends. With a refresh token go its access tokens.', rfc(7009, '2.1')),
  token_type_hint: is('Which kind of token it is, so that X finds it sooner.', rfc(7009, '2.1')),
  revoked: is('The token is good for nothing any more. An unknown one is answered the same.', rfc(7009, '2.2')),
  client_secret: is('Does not belong here: a confidential App sends it by the header Authorization, as Basic.', rfc(6749, '2.3.1')),
  Authorization: is('Who asks: Basic is a confidential App with its secret, Bearer is an access token.', rfc(6750, '2.1')),
  '/2/oauth2/token Authorization': is('A confidential App with its client id and secret, as Basic. A public App sends none.', rfc(6749, '2.3.1')),
  Origin: is('A browser sent this, for a page of this origin. No page of another origin than X’s can read the answer.', { name: 'Fetch, The Origin header', url: 'https://fetch.spec.whatwg.org/#origin-header' }),

  'user.fields': is('What X shall tell besides id, name and username.', DOCS.user),
  expansions: is('Which further objects X shall add.', DOCS.user),
  'tweet.fields': is('What X shall tell of such an object.', DOCS.user),
  'data.id': is('The account, for ever. The one thing to know a person by.', DOCS.user),
  'data.username': is('The handle. It can change.', DOCS.user),
  'data.name': is('The name that the person shows. It can change.', DOCS.user),
  'data.confirmed_email': is('The address that X has confirmed. Not everybody has one.', DOCS.user),
  'data.profile_image_url': is('The picture, 48 pixels wide.', DOCS.user),

  oauth_callback: is('Where the browser goes back to, or `oob` for a PIN.', rfc(5849, '2.1')),
  oauth_consumer_key: is('Which App asks: its API key.', rfc(5849, '3.1')),
  oauth_nonce: is('Made for this one request, which therefore cannot be sent a second time.', rfc(5849, '3.3')),
  oauth_signature: is('Proves that whoever sent this has the App’s secret, and that nothing was changed on the way.', rfc(5849, '3.4')),
  oauth_signature_method: is('How it was signed. X knows HMAC-SHA1 only.', rfc(5849, '3.4.2')),
  oauth_timestamp: is('When it was signed, in seconds since 1970. Five minutes off is too much.', rfc(5849, '3.3')),
  oauth_version: is('1.0, or left out.', rfc(5849, '3.1')),
  oauth_token: is(OAUTH_TOKEN, rfc(5849, '2.2')),
  '/oauth/access_token oauth_token': is('In the question the request token, in the answer the token of the person.', rfc(5849, '2.3')),
  '/2/users/me oauth_token': is(USER_TOKEN, rfc(5849, '3.1')),
  '/1.1/account/verify_credentials.json oauth_token': is(USER_TOKEN, rfc(5849, '3.1')),
  '/1.1/oauth/invalidate_token.json oauth_token': is(USER_TOKEN, rfc(5849, '3.1')),
  oauth_token_secret: is('Goes into the signature together with the App’s secret. It stays at the back end.', rfc(5849, '2.1')),
  oauth_callback_confirmed: is('Always true: this server keeps to version 1.0a. The App has to check it.', rfc(5849, '2.1')),
  oauth_verifier: is('Proves that the person was there and said yes. It comes with the callback, or as a PIN.', rfc(5849, '2.2')),
  '/oauth/access_token oauth_verifier': is('What the callback brought, or the PIN.', rfc(5849, '2.3')),
  x_auth_access_type: is('Asks for less than the App may have: read or write.', DOCS.oauth1),
  force_login: is('The person has to sign in again, whoever is signed in.', DOCS.oauth1),
  screen_name: is('The handle. In a question the one that is written into the sign-in page beforehand.', DOCS.oauth1),
  user_id: is('The account, for ever. The one thing to know a person by.', DOCS.oauth1),
  denied: is('The person cancelled; this is the request token, which is over.', DOCS.login),
  include_email: is('X shall tell the address as well, if the App may see it.', DOCS.credentials),
  skip_status: is('X shall leave out the latest post.', DOCS.credentials),
  include_entities: is('X shall leave out, or add, what is in the texts.', DOCS.credentials),
  'errors.0.code': is('X’s number for what went wrong.', DOCS.errors),
  'errors.0.message': is('What went wrong, in words for developers.', DOCS.errors),
  title: is('What went wrong, in short.', rfc(9457, '3.1')),
  detail: is('What went wrong, in words.', rfc(9457, '3.1')),
  status: is('The status once more.', rfc(9457, '3.1')),
  type: is('What kind of trouble it is, as an address.', rfc(9457, '3.1')),
  reason: is('Why X refuses this App.', DOCS.errors),

  ticket: is('The simulator’s own: this form comes from one of its pages.'),
  account: is('The simulator’s own: who was chosen on the page.'),
  decision: is('The simulator’s own: which button was pressed.'),
  session: is('The simulator’s own: which session ends.'),
  redirect_after_login: is('The page that is shown when somebody has signed in.'),
};

/** @type {Meaning} */
const UNKNOWN = is('X’s documents do not name it. What is not known is ignored.', rfc(6749, '3.1'));
/** @type {Meaning} */
const TOLD = is('Further facts.');

/**
 * @param {string} path
 * @param {import('./requests.js').Parameter} parameter
 * @returns {Meaning}
 */
export function meaningOf(path, { name, where }) {
  for (const key of [`${path} ${name}`, name]) {
    const meaning = Object.hasOwn(MEANINGS, key) ? MEANINGS[key] : undefined;
    if (meaning) return meaning;
  }
  return where === 'body' || where === 'header' ? TOLD : UNKNOWN;
}

/** What each address is for. @type {Record<string, Meaning>} */
const PATHS = {
  'GET /': is('The front page of the simulator.'),
  'GET /i/oauth2/authorize': is('The App asks the person for access, in their browser.', rfc(6749, '4.1.1')),
  'POST /i/oauth2/authorize': is('The person has decided; the browser goes back to the App.', rfc(6749, '4.1.2')),
  'POST /2/oauth2/token': is('The App exchanges the code, or a refresh token, for an access token.', rfc(6749, '4.1.3')),
  'POST /2/oauth2/revoke': is('The App gives a token back.', rfc(7009, '2.1')),
  'GET /2/users/me': is('The App asks who the person is.', DOCS.user),
  'POST /oauth/request_token': is('The App announces a sign-in, and gets a request token for it.', rfc(5849, '2.1')),
  'GET /oauth/authenticate': is('The person signs in. Whoever approved the App before is sent straight back.', DOCS.login),
  'GET /oauth/authorize': is('The App asks the person for access, in their browser. X asks every time.', DOCS.oauth1),
  'POST /oauth/authorize': is('The person has decided.', rfc(5849, '2.2')),
  'POST /oauth/access_token': is('The App exchanges the request token and the verifier for the token of the person.', rfc(5849, '2.3')),
  'GET /1.1/account/verify_credentials.json': is('The App asks who the person is.', DOCS.credentials),
  'POST /1.1/oauth/invalidate_token.json': is('The App ends its token.', DOCS.oauth1),
  'GET /i/flow/login': is('Somebody is to sign in at X.'),
  'POST /i/flow/login': is('Somebody signs in at X.'),
  'GET /settings/connected_apps': is('The person looks at the Apps that have access.'),
  'POST /settings/connected_apps': is('The person takes an App’s access back.'),
  'GET /settings/sessions': is('The person looks at where they are signed in.'),
  'POST /settings/sessions': is('The person logs a session out.'),
};

/** @param {string} method @param {string} path @returns {Meaning | undefined} */
export function purposeOf(method, path) {
  if (method === 'OPTIONS') return is('A page in a browser asks whether it may call this. It may not.', { name: 'Fetch, CORS-preflight', url: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch' });
  const key = `${method} ${path}`;
  return Object.hasOwn(PATHS, key) ? PATHS[key] : undefined;
}
