/**
 * `sign-in-with-x/simulator`: X on this machine, for development, demonstrations and tests. Node only.
 *
 * ```js
 * import { startSimulator } from 'sign-in-with-x/simulator';
 *
 * const simulator = await startSimulator({ port: 4001 });
 * ```
 */

/** The levels of permission of OAuth 1.0a, as `x-access-level` has them. */
export type Access = 'read' | 'read-write' | 'read-write-directmessages';

export type Coop = 'same-origin' | 'same-origin-allow-popups' | 'noopener-allow-popups' | 'unsafe-none' | null;

/** An App as it is registered at X. */
export interface App {
  clientId: string;
  /** Made up when a confidential App comes without one. */
  clientSecret?: string;
  /** `spa` and `native` are public clients, `web` and `bot` are confidential ones. */
  type: 'spa' | 'native' | 'web' | 'bot';
  name: string;
  /** `https:` or `http:`, and as X has it not localhost; likewise the other three addresses. */
  website?: string;
  description?: string;
  /** What the App is for. X asks for it, and nobody sees it. */
  useCase?: string;
  organizationName?: string;
  organizationUrl?: string;
  /** The address of the terms of service, for the consent page. */
  termsOfService?: string;
  /** The address of the privacy policy, for the consent page. */
  privacyPolicy?: string;
  icon?: Icon;
  /** At most ten, compared byte for byte. None only if the App signs nobody in. */
  redirectUris: string[];
  /** The setting "Request email from users", which needs `termsOfService` and `privacyPolicy`. Default: on with both. */
  requestEmail?: boolean;
  /** In a Project (X: a package), without which X's API answers nothing. Default true. */
  enrolled?: boolean;
  /** Which Project. Default: the one that is there from the start. */
  projectId?: string;
  /** By X: nobody can sign in, and tokens are refused. Default false. */
  suspended?: boolean;
  /** "App-only". `users/me` takes none. Default: none. */
  bearerToken?: string;
  /** Default: enabled. */
  oauth2?: { enabled?: boolean };
  /** Completed with keys made from the client id. */
  oauth1?: Partial<OAuth1Settings>;
}

/** The picture of an App, in base64. */
export interface Icon {
  type: 'image/png' | 'image/jpeg' | 'image/gif';
  data: string;
}

/** An App's settings for OAuth 1.0a. */
export interface OAuth1Settings {
  /** The API key. */
  consumerKey: string;
  /** The API key secret. */
  consumerSecret: string;
  /** The App's permission. Default `read`. */
  access: Access;
  /** Default true. */
  enabled: boolean;
  /** "Allow this App to be used to Sign in with X". Default true. */
  signIn: boolean;
  /** Without a callback: PINs only. Default false. */
  desktop: boolean;
}

/** An App as it is once the simulator runs. */
export interface RunningApp extends App {
  /** The App ID: digits. */
  id: string;
  enrolled: boolean;
  requestEmail: boolean;
  oauth1: OAuth1Settings;
  oauth2: { enabled: boolean };
}

/** A person with an account at X. */
export interface Account {
  /** Decimal digits; may be above 2^53. */
  id: string;
  username: string;
  name: string;
  profileImageUrl: string;
  email?: string;
}

/** The types of events; what each tells is in the simulator's README, "Events". */
export type SimulatorEventType =
  | 'authorize_request'
  | 'authorize_refused'
  | 'signed_in'
  | 'decision'
  | 'redirect'
  | 'redirect_offered'
  | 'redirect_withheld'
  | 'handed_over'
  | 'prefetch'
  | 'token_request'
  | 'token_response'
  | 'revoke_request'
  | 'revoke_response'
  | 'user_request'
  | 'user_refused'
  | 'user_response'
  | 'request_token_request'
  | 'request_token_response'
  | 'access_token_request'
  | 'access_token_response'
  | 'credentials_request'
  | 'credentials_response'
  | 'invalidate_request'
  | 'invalidate_response'
  | 'access_revoked'
  | 'session_ended'
  | 'app_added'
  | 'app_changed'
  | 'app_removed'
  | 'keys_changed'
  | 'project_added'
  | 'project_changed'
  | 'project_removed'
  | 'fault'
  | 'state_error'
  | 'internal_error';

export type SimulatorCounter =
  | 'authorizeRequests'
  | 'refusals'
  | 'approvals'
  | 'cancels'
  | 'redirects'
  | 'tokenExchanges'
  | 'refreshes'
  | 'tokensIssued'
  | 'userRequests'
  | 'revocations'
  | 'requestTokens'
  | 'accessTokenExchanges'
  | 'accessTokens'
  | 'credentialsRequests'
  | 'invalidations';

/** Something that happened in the simulator; secrets are masked. */
export interface SimulatorEvent {
  type: SimulatorEventType;
  time: number;
  parameters: Record<string, unknown>;
}

export interface SimulatorOptions {
  /** Default 0: any free one. */
  port?: number;
  /** Loopback only. Default `127.0.0.1`. */
  host?: string;
  /** Default: one single page App for `http://127.0.0.1:3000/auth/x/callback`. */
  apps?: App[];
  /** Default: two. */
  accounts?: (Omit<Account, 'profileImageUrl'> & { profileImageUrl?: string })[];
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: () => number;
  /** Makes every code, token and id reproducible. Default: real randomness. */
  seed?: string;
  /** Set at the start, and again by `reset()`. Default none. */
  faults?: ({ kind: string } & Record<string, unknown>)[];
  /**
   * A file that keeps Apps with their secrets, approvals and tokens from one run to the next. It is made if it is not
   * there; if it is, its Apps are the ones, and those of `apps` that it does not have are added. Default none.
   */
  state?: string;
  /** The Cross-Origin-Opener-Policy of its pages and redirects. Default `same-origin-allow-popups`. */
  coop?: Coop;
  /** A username that approves everything at once, without a page. Default `null`. */
  autoApprove?: string | null;
  /** Whoever is not signed in at X signs in on a page of its own, before the consent page. Default false: one page for both. */
  signInFirst?: boolean;
  /** Accept the PKCE method `plain`. Default false. */
  allowPlain?: boolean;
  /** For which signatures of OAuth 1.0a may be made besides the address that was called, such as `https://api.x.com`. Default none. */
  signatureOrigins?: string[];
  /** A refresh token that is used again ends all tokens of its consent. Not known of X. Default false. */
  unverifiedReuseEndsGrant?: boolean;
  /** Called with each event as it happens. */
  onEvent?: (event: SimulatorEvent) => void;
}

/** Settings of an App; those of `oauth1` and `oauth2` are changed one by one. Undefined takes one away, which is then as in an App that came without. */
export type AppChanges = Partial<App>;

/** A code that was given out. */
export interface IssuedCode {
  code: string;
  clientId: string;
  username: string;
  redirectUri: string;
  scopes: string[];
  expiresAt: number;
  spent: boolean;
}

/** A token that was given out. */
export interface IssuedToken {
  kind: 'access' | 'refresh' | 'oauth1';
  token: string;
  /** Of OAuth 1.0a. */
  secret?: string;
  clientId: string;
  username: string;
  /** Of OAuth 2.0. */
  scopes?: string[];
  /** Of OAuth 1.0a. */
  access?: Access;
  /** Null: it has no end. */
  expiresAt: number | null;
  /** Not spent, revoked or expired. */
  live: boolean;
}

/** What tests may do to a running simulator. */
export interface Control {
  setCoop(value: Coop): void;
  /** This account approves at once; null shows the page again. */
  autoApprove(username: string | null): void;
  /** Every sign-in is cancelled at once, whoever approves; false shows the page again. */
  autoCancel(value: boolean): void;
  /** Whoever is not signed in at X signs in on a page of its own, before the consent page. */
  signInFirst(value: boolean): void;
  /** Makes a coming answer go wrong. */
  fault(kind: string, values?: Record<string, unknown>): void;
  clearFaults(): void;
  /** The callbacks that went to another browser (fault `second_browser`), oldest first. They hold real codes. */
  handedOver(): string[];
  /** Those that were given out, oldest first. They are real. */
  codes(): IssuedCode[];
  /** Those of both protocols, oldest first. They are real. */
  tokens(): IssuedToken[];
  /** As they are now, with their secrets. */
  apps(): RunningApp[];
  /** This, the two that follow and `reset` throw a `SimulatorStateError` when what they did could not be saved. It holds all the same. */
  addApp(app: App): void;
  /** Holds from the next request on. `{ suspended: true }`, `{ redirectUris: […] }`, `{ oauth1: { enabled: false } }` … */
  changeApp(clientId: string, changes: AppChanges): void;
  /** With all that people gave it. */
  removeApp(clientId: string): void;
  /** Moves the simulator's clock. */
  advance(ms: number): void;
  /** The newest thousand, oldest first; all of them or those of one type. Throws for a type that there is not. */
  events(type?: SimulatorEventType): SimulatorEvent[];
  /** How often what has happened since the start, or since `reset()`; the names are in the README, "Events". */
  counts(): Record<SimulatorCounter, number>;
  state(): Record<string, unknown>;
  /** Back to the state after the start: Apps, seed, and what a state file held then. The rest is forgotten, and requests that are under way are answered 503. */
  reset(): void;
}

export interface Simulator {
  /** For browsers: `http://localhost:PORT`, another site than an app on 127.0.0.1, as x.com is; with the host `::1` the same as `apiUrl`. */
  url: string;
  /** For back ends: `http://127.0.0.1:PORT`. */
  apiUrl: string;
  /** As they are now, with their ids and secrets. */
  readonly apps: RunningApp[];
  accounts: Account[];
  control: Control;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/** What is wrong with the file of the option `state`, and what to do about it. */
export class SimulatorStateError extends Error {
  readonly name: 'SimulatorStateError';
  /** `changed`: somebody else has written it meanwhile. `version`: another release wrote it. */
  readonly code: 'unreadable' | 'broken' | 'version' | 'unwritable' | 'changed';
  readonly file: string;
  readonly fix: string;
}

export function startSimulator(options?: SimulatorOptions): Promise<Simulator>;
