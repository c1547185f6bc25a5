/**
 * `sign-in-with-x/server`: the backend half. It exchanges the code, asks X who signed in, and keeps the session; tokens
 * never leave it, unless {@link HandlerOptions.tokenMediating} asks for that.
 *
 * ```js
 * import { createHandler } from 'sign-in-with-x/server';
 *
 * const handler = createHandler({
 *   clientId: process.env.X_CLIENT_ID,
 *   clientSecret: process.env.X_CLIENT_SECRET, // "Web App" and "Automated App" only
 *   redirectUris: ['https://app.example/auth/x/callback'],
 *   origin: 'https://app.example',
 * });
 * ```
 *
 * | route | takes | answers |
 * | --- | --- | --- |
 * | `POST exchange` | JSON `{ code, codeVerifier, redirectUri, clientId }`, or `{ code, state, … }` for a sign-in that `start` began | 200 {@link SignedIn} and the session cookie |
 * | `GET session` | the cookie | 200 {@link SignedIn}, or 204 when nobody is signed in |
 * | `POST signout` | the cookie; an empty body | 204; the session is deleted, the cookie cleared. 400, and neither, when there is a cookie that cannot be read |
 *
 * With the option `secrets`, sign-ins that begin here, by a plain link and without JavaScript:
 *
 * | route | takes | answers |
 * | --- | --- | --- |
 * | `GET start` | a click; `?return_to=`, `?redirect_uri=`; a page of ours adds `?state=` | 303 to X, and the cookie of the transaction |
 * | `GET callback` | what X sends back | a page that goes on to `return_to`, and the session cookie; {@link HandlerOptions.callbackPage} for what did not begin here |
 * | `GET oauth1/start` | the same, with `oauth1`; `?force_login=true`, `?screen_name=` | 303 to X |
 * | `POST oauth1/exchange` | JSON `{ oauthToken, oauthVerifier }`, and the `state` with which a page began it | 200 {@link SignedIn} and the session cookie |
 *
 * With the option `tokenMediating`:
 *
 * | route | takes | answers |
 * | --- | --- | --- |
 * | `POST token` | the cookie; an empty body | 200 {@link MediatedToken}; 401 when nobody is signed in, 409 for a session of OAuth 1.0a |
 *
 * What no person clicked on (a prefetch, an image, a frame) begins nothing: 425 or 403, and no cookie.
 *
 * The `POST` routes need `Content-Type: application/json` and `X-Requested-With: sign-in-with-x`, and refuse (403) what
 * the browser marks as coming from elsewhere (`Origin`, `Sec-Fetch-Site`). No answer has CORS headers. Every failure is
 * a {@link Failure}. The cookie is `HttpOnly`, `SameSite=Strict`, `Path=/`; on https it is `Secure` and named
 * `__Host-Http-sign-in-with-x`, on plain http (this machine only) `sign-in-with-x`. The transaction's has `-start` at its
 * end and is `SameSite=Lax` where X sends the person back to `GET callback`, otherwise `Strict`.
 */

/** The person who signed in. */
export interface User {
  /** X's account id, a decimal string that can exceed 2⁵³. The only field to key an account on. */
  id: string;
  /** The @handle without the `@`. It can change. */
  username: string;
  /** The display name. */
  name: string;
  /** The avatar: an https address. */
  profileImageUrl?: string;
  /** Confirmed by X; with the scope `users.email` only, and absent when the account has none. Never link accounts by it. */
  email?: string;
}

/** What the page learns. */
export interface SignedIn {
  user: User;
  /** What was granted. Empty when X did not say, which means: what was asked for (RFC 6749 §5.1). */
  scopes: string[];
  /** Where to go on: a path of yours. Of sign-ins that `start` began only. */
  returnTo?: string;
}

/** What `POST token` hands to the page, with {@link HandlerOptions.tokenMediating}: never a refresh token. */
export interface MediatedToken {
  /** For `Authorization: Bearer`. */
  accessToken: string;
  /** Seconds from now, because the clock of a page may be wrong. */
  expiresIn: number;
  /** What was granted. Empty when X did not say. */
  scopes: string[];
}

/** The JSON of every answer with a status of 400 and above. */
export interface Failure {
  /**
   * | `error` | status | what happened |
   * | --- | --- | --- |
   * | `invalid_request` | 400, 404, 405, 413, 425 | the page sent what no page of ours sends, or another client id or redirect URI; a prefetch; a sign-out with a cookie that cannot be read |
   * | `forbidden` | 403 | the request does not come from a page of `origin`, or lacks `Content-Type: application/json` or `X-Requested-With: sign-in-with-x` |
   * | `login_required` | 401 | of `POST token` only: nobody is signed in, or X knows the grant no more. Sign in |
   * | `unsupported_token_type` | 409 | of `POST token` only: the session is one of OAuth 1.0a, whose token works with a secret only |
   * | `invalid_grant` | 400 | X refused the code: expired (30 s), used, or of another attempt; or this browser began no such sign-in. Sign in again |
   * | `invalid_client` | 502 | X refused the app: its type and `clientSecret` do not match; with OAuth 1.0a the consumer's key or secret is wrong, or X does not know the callback |
   * | `rate_limited` | 429 | X asks to wait, `retryAfter` seconds if it said so; or this client asked too often (`reason: 'client'`) |
   * | `provider_error` | 502 | anything else that X said, or something that cannot be read |
   * | `upstream_unreachable` | 502, 504 | X did not answer |
   * | `internal` | 500 | the session store failed, or without a store the session does not fit in a cookie; see {@link HandlerOptions.onError} |
   */
  error:
    | 'invalid_request'
    | 'forbidden'
    | 'login_required'
    | 'unsupported_token_type'
    | 'invalid_grant'
    | 'invalid_client'
    | 'rate_limited'
    | 'provider_error'
    | 'upstream_unreachable'
    | 'internal';
  /** What to do about it, for developers. It may quote X: show it as text only. */
  hint: string;
  /** X's own word for it, such as `client-not-enrolled`. */
  reason?: string;
  /** Seconds, for `rate_limited`; also in the header `Retry-After`. */
  retryAfter?: number;
}

/** What is stored of a sign-in. It holds tokens: never send it to a page, never log it. */
export interface Session extends SignedIn {
  /** For `Authorization: Bearer` in requests to X's API. */
  accessToken: string;
  /** Of OAuth 1.0a only, where every request is signed with it. */
  accessTokenSecret?: string;
  /** With the scope `offline.access` only. */
  refreshToken?: string;
  /** Milliseconds since the Unix epoch: when the session ends. */
  expiresAt: number;
  /** The same, for the access token. Missing with OAuth 1.0a, whose tokens do not expire. */
  accessTokenExpiresAt?: number;
}

/**
 * A session as a store gets it. With the option `secrets` it is in `sealed` as a whole, unreadable to the store, and its
 * tokens are nowhere else. What stands beside it is for searching: it is not believed, and with another user or another end
 * the session is nobody's.
 */
export interface StoredSession extends Omit<Session, 'accessToken'> {
  accessToken?: string;
  sealed?: string;
}

/** For a request of yours to X's API. */
export interface AccessToken {
  /** For `Authorization: Bearer`; with `accessTokenSecret` for OAuth 1.0a. */
  accessToken: string;
  accessTokenSecret?: string;
  /** Milliseconds since the Unix epoch. */
  expiresAt?: number;
  scopes: string[];
}

/** Where sessions are kept. Keys are 43 characters of base64url; whoever knows one is signed in, so never log them. */
export interface SessionStore {
  get(id: string): Promise<StoredSession | undefined | null> | StoredSession | undefined | null;
  /** `lifeSeconds` is how long the store has to keep it. */
  set(id: string, session: StoredSession, lifeSeconds: number): Promise<unknown> | unknown;
  /** After this the session must not be found any more: this is what signs a person out. */
  delete(id: string): Promise<unknown> | unknown;
  /**
   * Deletes it and gives what was deleted, in one step. Without this, a process that renews tokens while another signs the
   * person out may leave the new ones good at X until they expire.
   */
  take?(id: string): Promise<StoredSession | undefined | null> | StoredSession | undefined | null;
  /**
   * Notes a name for so many seconds, and says whether it is new: a transaction is used once. Without this each process
   * keeps its own list.
   */
  claim?(name: string, seconds: number): Promise<boolean> | boolean;
  /**
   * For tokens that are renewed: waits until nobody else has this session's lock, and resolves with what gives it back.
   * A lock that its owner has left behind must end by itself.
   */
  lock?(id: string): Promise<() => Promise<unknown>>;
  /**
   * Puts `after` in the place of `before` (what `get` gave, the same object), in one step, and says whether it did: not
   * when the session was deleted or replaced meanwhile.
   */
  replace?(id: string, before: StoredSession, after: StoredSession, lifeSeconds: number): Promise<boolean> | boolean;
  /** Asked once by `createHandler`: the same store for the sessions of this client alone. */
  forClient?(clientId: string): SessionStore;
}

/** "Log in with X" by OAuth 1.0a. */
export interface OAuth1Options {
  /** The "API Key" from X's developer console, not the OAuth 2.0 client id. */
  consumerKey: string;
  /** The "API Key Secret". */
  consumerSecret: string;
  /** To ask for less or more than the app's own level. */
  access?: 'read' | 'write' | undefined;
  /** Asks for the e-mail address, which the app's settings must allow too. @default false */
  email?: boolean | undefined;
  /** Asks people who have approved the app before, too. @default false */
  alwaysAsk?: boolean | undefined;
}

/** What a host tells its backend half. Nothing of it is ever taken from a request. */
export interface HandlerOptions {
  /** The OAuth 2.0 client id from X's developer console. */
  clientId: string;
  /** For apps of type "Web App" or "Automated App". Leave it out for "Native App" and "Single Page App". */
  clientSecret?: string | undefined;
  /** The callbacks, exactly as registered at X and as the page uses them; compared byte by byte. */
  redirectUris: readonly string[];
  /** The origin of your pages as browsers write it: `https://app.example`. Plain http on this machine only. */
  origin: string;
  /** Where the routes are. @default '/auth/x' */
  basePath?: string | undefined;
  /**
   * Opens the routes that begin a sign-in here, and seals: what these must remember, the tokens in your store, and without
   * a store the session in its cookie. The first seals, all of them open, so a secret is changed by putting a new one
   * before it. Each 32 random bytes: `openssl rand -base64 32`. One text is one secret; for several, a list.
   */
  secrets?: string | readonly string[] | undefined;
  /** What `start` asks for. @default 'users.read tweet.read' */
  scopes?: string | readonly string[] | undefined;
  /** Opens `oauth1/start` and `oauth1/exchange`; needs `secrets`. */
  oauth1?: OAuth1Options | undefined;
  /**
   * Your static callback page, where `GET callback` is its address as well: for sign-ins that a page began. Answer with
   * `Cache-Control: no-store` and `Referrer-Policy: no-referrer`.
   */
  callbackPage?: ((request: Request) => Response | Promise<Response>) | undefined;
  /**
   * Other addresses than X's, for the simulator; https or this machine only. `oauth1` is what `/oauth/request_token`
   * comes after; with it too, who signed in is asked at `user`, unless `email` is on.
   */
  endpoints?:
    | {
        authorize?: string | undefined;
        token?: string | undefined;
        revoke?: string | undefined;
        user?: string | undefined;
        oauth1?: string | undefined;
      }
    | undefined;
  /** Sends requests to X. It must honour `redirect: 'manual'` and `signal`. @default globalThis.fetch */
  fetch?: typeof globalThis.fetch | undefined;
  /** Without a store the session is in its cookie, sealed, when there are `secrets`; otherwise `memorySessions()`. */
  sessions?: SessionStore | undefined;
  /**
   * How long a session lasts whose tokens can outlive their two hours: with a refresh token (`offline.access`) and a store,
   * or by OAuth 1.0a. From 60 to 34560000; without a store, where `secrets` seal the session into its cookie, 86400 at most,
   * because a sign-out there is forgotten with the process. @default as long as its access token
   */
  sessionSeconds?: number | undefined;
  /**
   * Opens `POST token`, which hands the session's access token to your own pages: a token-mediating backend (RFC 10017
   * §6.2). A script that somebody injects into a page then gets the token as well. Leave it out unless a page must ask
   * another server with it; X's own API refuses pages. @default false
   */
  tokenMediating?: boolean | undefined;
  /**
   * Who asks, such as the address that your proxy hands on (`addressOf` of `sign-in-with-x/server/node` without one). Each
   * may have X asked thirty times a minute; the rest is 429. `undefined` is not counted; anything else but text is an error.
   */
  clientOf?: ((request: Request) => string | undefined) | undefined;
  /** Told about errors of the session store, as the store threw them, and tokens that X did not take back. */
  onError?: ((error: unknown) => void) | undefined;
  /** Where a runtime stops with the answer, or when the visitor goes: is given renewals, and what goes on afterwards (taking tokens back). */
  waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

/** A function from `Request` to `Response` that never rejects. */
export interface Handler {
  (request: Request): Promise<Response>;
  /**
   * Who is signed in, for your own routes. They need their own defence against cross-site requests. Of the request only the
   * cookie is read, so in Node and Express this is one: `new Request(origin, { headers: { cookie: request.headers.cookie ?? '' } })`.
   * Rejects with the store's own error when the store fails.
   */
  getSession(request: Request): Promise<Session | null>;
  /**
   * The access token for your own requests to X, renewed when it is due; `null` when nobody is signed in, or when X knows
   * the grant no more, which ends the session. Where the old one is still good it is waited for two seconds. Rejects when X
   * cannot be asked: with `code` (its `error`), `hint` and `retryAfter` as in {@link Failure}; and when the store fails, with the
   * store's own error. Nothing is lost then. X is left alone for five seconds after a failure, and after a rate limit by all
   * sessions for as long as it said (a quarter of an hour at most).
   */
  accessToken(request: Request): Promise<AccessToken | null>;
}

/**
 * Makes the handler.
 * @throws {TypeError} with `code: 'invalid_config'`, `option` and `hint` when an option cannot be right, or there is none of that name
 */
export function createHandler(options: HandlerOptions): Handler;

/** Sessions in the memory of this process: gone when it ends, and not shared. The oldest go when there are too many. */
export function memorySessions(options?: {
  /** @default 10000 */
  max?: number;
}): SessionStore;

/**
 * What is used of a client: `createClient()` of the npm package `redis`, connected. Give it a listener,
 * `client.on('error', …)`: without one, Node ends the process when the connection is lost. With `disableOfflineQueue: true`
 * commands fail at once while there is none; without it they wait, five seconds at most.
 */
export interface RedisClient {
  sendCommand(command: string[]): Promise<unknown>;
}

/**
 * Sessions in Redis, for any number of processes: renewed by one of them at a time, and gone for all of them at a
 * sign-out. Keys are hashes of the ids; give `secrets` as well, and the tokens are sealed. Redis 6.2 or newer.
 */
export function redisSessions(
  client: RedisClient,
  options?: {
    /** What the keys begin with. @default 'sign-in-with-x:' and the client id */
    prefix?: string;
    /** How long a process that died keeps others from renewing a session; longer than X may take, so more than 10. @default 15 */
    lockSeconds?: number;
  },
): SessionStore;

/** What an attribute may be: `true` is one without a value; `false`, `null` and `undefined` are left out. */
type AttributeValue = string | number | boolean | null | undefined;

/** The attributes of `<sign-in-with-x>` by their names or their properties', and what every element has. No other: this is public. */
export type ButtonAttributes = {
  [Name in
    | 'clientId' | 'client-id' | 'redirectUri' | 'redirect-uri' | 'scope' | 'exchange' | 'flow' | 'returnTo' | 'return-to'
    | 'type' | 'theme' | 'size' | 'shape' | 'text' | 'logoAlignment' | 'logo-alignment' | 'width' | 'disabled' | 'locale'
    | 'label' | 'start' | 'identity' | 'restore'
    | 'class' | 'dir' | 'hidden' | 'id' | 'lang' | 'part' | 'role' | 'slot' | 'tabindex' | 'title']?: AttributeValue;
} & { [Name in `data-${string}` | `aria-${string}`]?: AttributeValue };

/** Where the button's style comes from before, and without, scripts. */
export interface RenderOptions {
  /** The nonce of your policy's `style-src`, for the sheet inside the button. Not needed without such a policy. */
  nonce?: string | undefined;
  /** The address of the sheet instead, for `style-src 'self'`: what {@link buttonStyleSheet} gives, served by you. */
  stylesheet?: string | undefined;
}

/**
 * The button as HTML: the element with its shadow tree written out (declarative shadow DOM). It is seen before any script
 * has run, and `sign-in-with-x/define` takes it over as it is. With the attribute `start` it is a link to where your
 * backend begins a sign-in, and works where no script runs; otherwise it is a button that waits for the script.
 *
 * Every value is escaped. Languages work as in the page; `locale="auto"` does not, because a server does not know the page.
 * @throws {TypeError} for `locale: 'auto'`, for any other name, such as `clientSecret` or `onclick`, and for a word that an
 * attribute does not take (`theme: 'drak'`)
 */
export function renderButton(attributes: ButtonAttributes, options?: RenderOptions): string;

/** The sheet of {@link renderButton}, for `options.stylesheet`. */
export function buttonStyleSheet(): string;
