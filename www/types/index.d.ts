/** Options of {@link init}. */
export interface InitOptions {
  /**
   * Where the whole engine comes from: an address to fetch, its bytes, or a compiled module.
   * Default: `sign-in-with-x.wasm` beside the package's scripts, from the click on; what is needed of it until then is in the scripts.
   */
  wasm?: URL | string | BufferSource | WebAssembly.Module;
  /** Subresource-Integrity hash that the whole engine must have, such as `sha384-…`; it is then loaded at once. Default: not checked. */
  integrity?: string;
  /**
   * What to do where WebAssembly does not run: a browser without it, a policy that forbids it, a file that is missing,
   * damaged or of another version. `auto` loads the same engine translated to JavaScript, which does the same and is bigger
   * and slower. `never` rejects with `wasm_unavailable`. `always` loads the translation at once, and no WebAssembly.
   * Default: `auto`.
   */
  fallback?: 'auto' | 'never' | 'always';
}

/**
 * Loads the engine once; parallel and later calls share one load, and a call after a failure tries again.
 * Everything else waits for it by itself, except `createPkcePair` and `authorizationUrl`, which are synchronous.
 * @throws {SignInError} `wasm_unavailable`: neither WebAssembly nor its translation could be loaded; the message names both causes
 */
export function init(options?: InitOptions): Promise<void>;

/** A verifier and its challenge (RFC 7636 §4.1, §4.2). */
export interface PkcePair {
  /** 43 characters of base64url: 32 fresh random bytes. A secret. */
  codeVerifier: string;
  /** 43 characters of base64url: the SHA-256 of the verifier. */
  codeChallenge: string;
  /** Always `S256`. */
  codeChallengeMethod: 'S256';
}

/**
 * A fresh PKCE pair, synchronously.
 * @throws {SignInError} `not_initialised` before {@link init} has finished, `entropy_unavailable`
 */
export function createPkcePair(): PkcePair;

/**
 * `popup`: a window of its own, or `popup_blocked`. `redirect`: the whole page. `auto`: a popup; but a redirect where the
 * browser blocks it, on touch-first devices, in installed apps and in in-app browsers.
 */
export type Flow = 'auto' | 'popup' | 'redirect';

/** What a sign-in is doing. */
export type SignInState = 'idle' | 'loading' | 'waiting' | 'finishing' | 'signed_in';

/** Options of {@link createSignIn}. An unknown one is refused with `invalid_config`, so that a slip is noticed. */
export interface SignInOptions {
  /** The OAuth 2.0 Client ID from X's developer console (not the API key). */
  clientId: string;
  /** The callback's address, byte for byte as registered at X; https, or http on this machine (`127.0.0.1`). */
  redirectUri: string;
  /** What to ask for (RFC 6749 §3.3). Default: `['tweet.read', 'users.read']`, the least a sign-in needs. */
  scopes?: string | string[];
  /** The backend's exchange endpoint, as a path from `/` or a full https address. Default: `/auth/x/exchange`. */
  exchange?: string;
  /**
   * The backend's route that begins a sign-in, a path from `/`: `/auth/x/oauth1/start` for OAuth 1.0a ("Log in with
   * X"; any address whose path ends so), `/auth/x/start` for OAuth 2.0 without a verifier in the page. The backend then says
   * what to ask for, and finishes it at `exchange` beside `start`; the option `exchange` only says where the session is asked
   * for and ended. Default: the page begins.
   */
  start?: string;
  /** `true`: no exchange; {@link SignIn.signIn} resolves with the code and the verifier. Default: `false`. */
  handoff?: boolean;
  /** Default: `auto`. */
  flow?: Flow;
  /**
   * BCP 47 language of the words on this configuration's buttons, unless a button's own options name one. `auto`: the
   * page's, or else the person's. One that the button does not speak is English. Default: `en`.
   */
  locale?: string;
  /** Another authorization endpoint (https or loopback), for a simulator of X. Default: X's. */
  endpoints?: { authorize?: string };
  /** Whole milliseconds that a popup is waited for. Default and maximum: 600000 (10 minutes). */
  timeout?: number;
  /**
   * Hears of a sign-in that nobody waited for any more: the person finished in the popup after it was given up
   * (`cancelled`, `timeout`), or after this page was reloaded; for the latter call {@link SignIn.handleCallback} when the
   * page starts. Heard for 10 minutes from the click. Default: nobody hears it; the session is there all the same.
   */
  onLateSignIn?: (result: SignInResult) => void;
}

/** What one sign-in asks for. */
export interface SignInRequest {
  /** This time's flow. Default: the configured one. */
  flow?: Flow;
  /**
   * Where the person lands afterwards: a path with query and fragment on the callback's origin. Anything else becomes
   * `/` (RFC 9700 §4.11.1). Default: the page they are on.
   */
  returnTo?: string;
  /** Ends the attempt with `cancelled`, for good: unlike after {@link SignIn.cancel}, nothing late is heard. */
  signal?: AbortSignal;
  /**
   * Extra parameters for X. The protocol's own names (`state`, `scope`, …) are refused with `invalid_config`. With `start` they
   * are for that route, which knows `force_login` and `screen_name` of OAuth 1.0a.
   */
  params?: Record<string, string>;
}

/** The person who signed in. */
export interface User {
  /** X's account id: a decimal string that may exceed 2⁵³. The only field to key an account on. */
  id: string;
  /** The @handle without the `@`. It can change. */
  username: string;
  /** The display name. */
  name: string;
  /** The avatar's address. */
  profileImageUrl?: string;
  /** A confirmed address; only with the scope `users.email`, and absent when the account has none. */
  email?: string;
}

/** A finished sign-in. */
export interface SignInResult {
  /** The profile, when the backend answered with one. */
  user?: User;
  /** What was granted as far as the backend said, otherwise what was asked for. OAuth 1.0a has none. */
  scopes: string[];
  /** Where the person wanted to land. */
  returnTo: string;
  /** With `handoff: true`: what the token request needs (RFC 6749 §4.1.3). The code lives 30 seconds. */
  handoff?: { code: string; codeVerifier: string; redirectUri: string; clientId: string };
}

/** Who is signed in, as the backend says. */
export interface Session {
  user: User;
  scopes: string[];
}

/** What the button says beside its words; in English, unless the host says it otherwise. */
export interface Phrases {
  /** For assistive technology, while somebody is at X. Default: “Waiting for X”. */
  waiting?: string;
  /** For assistive technology, while the code is exchanged. Default: “Signing you in”. */
  finishing?: string;
  /** For assistive technology, at the end; who, is added. Default: “Signed in”. */
  signedIn?: string;
  /** Beside a button that waits. Default: “Continue in X’s window. Gone or stuck?”. */
  stranded?: string;
  /** In place of that, after a sign-in that went wrong, and announced. Default: “Sign-in did not work.”. */
  failed?: string;
  /** The button there that begins anew. Default: “Try again”. */
  again?: string;
  /** The button there that stops waiting, or takes the notice away. Default: “Cancel”. */
  cancel?: string;
  /** Beside the name of who is signed in. Default: “Sign out”. */
  signOut?: string;
  /** For assistive technology, after that. Default: “Signed out”. */
  signedOut?: string;
}

/** How the button looks; see the README for pictures. */
export interface ButtonOptions {
  /** Default: `button`. */
  type?: 'button' | 'icon' | 'link';
  /** Default: `black`. `auto` follows `prefers-color-scheme`. */
  theme?: 'black' | 'white' | 'outline' | 'auto';
  /** Height: `large` 44 CSS pixels (default), `medium` 36, `small` 28. */
  size?: 'large' | 'medium' | 'small';
  /** Default: `pill`. */
  shape?: 'pill' | 'rounded' | 'square';
  /** Default: `signin_with`. */
  text?: 'signin_with' | 'signup_with' | 'continue_with' | 'connect_to' | 'login_with';
  /** Default: `left`. */
  logoAlignment?: 'left' | 'center';
  /** CSS pixels, or `fluid`. Default, and least: as wide as its words. */
  width?: number | 'fluid';
  /** Default: `false`. */
  disabled?: boolean;
  /** BCP 47 language, or `auto`. Default: that of {@link createSignIn}. */
  locale?: string;
  /** The button's words, in the host's own. Default: those of `text`. */
  label?: string;
  /** What it says beside them. */
  phrases?: Phrases;
  /** Hears of every sign-in by this button; of a late one `onLateSignIn` hears. */
  onResult?: (result: SignInResult) => void;
  /** Hears of every failure, the person's own no (`cancelled`) and a sign-out that failed included. */
  onError?: (error: SignInError) => void;
  /** Hears that the person has signed out, by "Sign out" beside their name. */
  onSignOut?: () => void;
  /** `none`: the button stays where it is, whoever is signed in, and the page shows who that is. Default: `chip`. */
  identity?: 'chip' | 'none';
  /** Who is signed in, such as {@link SignIn.getSession} says: shown in the button's place. Default: whoever has signed in by it. */
  session?: Session | null;
}

/** A button on the page. */
export interface RenderedButton {
  /** Changes some options. */
  update(options: ButtonOptions): void;
  /** Takes the button away. */
  remove(): void;
}

/** Something that {@link SignIn.doctor} found. */
export interface Finding {
  /** `error`: no sign-in can work. `warning`: something will be missing, or is less safe. */
  severity: 'error' | 'warning';
  /**
   * Stable: a `SignInErrorCode` or its reason, or `engine_translated` `callback_localhost` `callback_unreachable` `callback_script`
   * `callback_referrer_policy` `callback_cache_control` `scopes_profile` `scopes_unknown` `start_unreachable`
   * `exchange_unreachable` `exchange_refused`; of an element also `attribute_name` `attribute_word`.
   */
  code: string;
  /** What is wrong. */
  message: string;
  /** How to mend it. */
  hint: string;
}

/** One configuration. Every promise settles; every rejection is a {@link SignInError}. */
export interface SignIn {
  /**
   * Sends the person to X. Call it directly in a click: the popup opens before this returns.
   *
   * A second call within a second shares the first one's promise; a later one ends it with `cancelled` and starts anew,
   * and whichever popup the person finishes in resolves the new one.
   * With a redirect the promise does not resolve (the page is gone); it rejects with `cancelled` when the person
   * comes back by the browser's Back. If Back had to load the page anew, {@link handleCallback} does.
   * @throws {SignInError} `invalid_config`, `wasm_unavailable`, `entropy_unavailable`, `popup_blocked`, `cancelled`,
   *   `timeout`, `state_mismatch`, `expired`, `invalid_callback`, `provider_error`, `exchange_failed`, `network`,
   *   `storage_unavailable` (redirect, or OAuth 1.0a), `embedded_unsupported` (in a frame of another origin; a redirect in any frame)
   */
  signIn(request?: SignInRequest): Promise<SignInResult>;
  /**
   * Ends a sign-in that left this page: call it when a page starts, on the page the person lands on as well as on a page of
   * the host's own that X returns to. Cleans the address bar first. In a popup it hands the answer to the page that
   * waits, and closes the window. A person who comes back by the browser's Back has `cancelled`; one who asked
   * the callback page for another try is sent to X again. If there is nothing to end, it listens to the popups that the
   * page before this one has opened: `onLateSignIn` hears of them.
   * @param url the callback's address. Default: this page's.
   * @returns null when there is no sign-in to end here; the page's own parameters are then untouched.
   * @throws {SignInError} as {@link signIn}, and `state_missing`, `already_used`, `started_elsewhere`
   */
  handleCallback(url?: string | URL): Promise<SignInResult | null>;
  /**
   * The address to send a person to by a link of the host's own. Stores a transaction of the redirect kind; needs
   * {@link init} to have finished.
   * @throws {SignInError} `not_initialised`, `invalid_config`, `entropy_unavailable`, `storage_unavailable`
   */
  authorizationUrl(request?: Pick<SignInRequest, 'returnTo' | 'params'>): string;
  /**
   * Stops waiting: {@link signIn} rejects with `cancelled`, and the popup is closed where the browser still allows it.
   * Should the person go on in the popup all the same, `onLateSignIn` hears of it.
   */
  cancel(): void;
  /** Puts a button into an element; it signs in with this configuration. */
  renderButton(target: Element, options?: ButtonOptions): RenderedButton;
  /**
   * Asks the backend (`session` beside the exchange endpoint) who is signed in; null for nobody.
   * @throws {SignInError} `network`
   */
  getSession(): Promise<Session | null>;
  /**
   * Ends the backend's session (`signout` beside the exchange endpoint).
   * @throws {SignInError} `network`, `exchange_failed`
   */
  signOut(): Promise<void>;
  /**
   * Looks for what would keep a sign-in from working: wrong options, storage, the callback page, the exchange endpoint.
   * Empty when nothing was found. Never rejects. For developers; its code is loaded when it is called.
   */
  doctor(): Promise<Finding[]>;
  /** Ends whatever waits, with `cancelled`, and takes away every listener. */
  destroy(): void;
}

/**
 * Makes a configuration. Nothing is loaded, stored or sent yet; options are checked when they are first used.
 */
export function createSignIn(options: SignInOptions): SignIn;

/** What an OAuth 1.0a App may do: X gives it one level, and perhaps the e-mail address as well. */
export interface AccessLevel {
  /** Read; read and write; read, write and Direct Messages. */
  level: 'read' | 'write' | 'messages';
  /** Default: `false`. */
  email?: boolean;
}

/** What a person is about to grant: sentences in English, in X's words and order. */
export interface Permissions {
  /** Things this App can view. */
  view: string[];
  /** Things this App can do. */
  do: string[];
  /** What X's documentation does not know, as it was asked for. A stranger's text: show it as text only. */
  other: string[];
}

/**
 * What a person is about to grant.
 * @param asked scopes, as a list or as text with spaces; or the level of an OAuth 1.0a App
 */
export function permissions(asked: string | readonly string[] | AccessLevel): Permissions;

/** Pages of X where a person reviews what Apps may do, and takes it back. */
export const links: {
  /** The Apps that have access, each with a way to take it back. */
  readonly connectedApps: string;
  /** Where the person is signed in to X. */
  readonly sessions: string;
  /** What X's help says about it. */
  readonly help: string;
};

/** Every way a sign-in can fail; each is a chapter of `ERRORS.md`. */
export type SignInErrorCode =
  | 'invalid_config'
  | 'not_initialised'
  | 'wasm_unavailable'
  | 'popup_blocked'
  | 'cancelled'
  | 'timeout'
  | 'state_missing'
  | 'state_mismatch'
  | 'already_used'
  | 'expired'
  | 'started_elsewhere'
  | 'invalid_callback'
  | 'provider_error'
  | 'exchange_failed'
  | 'network'
  | 'storage_unavailable'
  | 'embedded_unsupported'
  | 'entropy_unavailable'
  | 'internal';

/** A failed sign-in. It never holds a code, a state, a verifier or a token, and may be logged. */
export class SignInError extends Error {
  constructor(code: SignInErrorCode, details?: { reason?: string; description?: string; cause?: unknown });
  readonly name: 'SignInError';
  /** Stable; decide by this. */
  readonly code: SignInErrorCode;
  /** What exactly, as a word: the option, X's error, the backend's error. Empty when the code says it all. */
  readonly reason: string;
  /** X's or the backend's own sentence, cut to 200 bytes. A stranger's text: show it as text only. */
  readonly description: string;
  /** How to mend it, for a developer. */
  readonly hint: string;
  /** Where the documentation has more. */
  readonly docs: string;
  /** Whether trying again can help. */
  readonly retryable: boolean;
}
