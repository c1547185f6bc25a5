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
  website?: string;
  /** At most ten, compared byte for byte. */
  redirectUris: string[];
  /** The setting "Request email from users". Default true. */
  requestEmail?: boolean;
  /** In a package, without which X's API answers nothing. Default true. */
  enrolled?: boolean;
  /** Completed with keys made from the client id. */
  oauth1?: Partial<OAuth1Settings>;
}

/** An App's settings for OAuth 1.0a. */
export interface OAuth1Settings {
  /** The API key. */
  consumerKey: string;
  /** The API key secret. */
  consumerSecret: string;
  /** The App's permission. Default `read`. */
  access: Access;
  /** "Allow this App to be used to Sign in with X". Default true. */
  signIn: boolean;
  /** Without a callback: PINs only. Default false. */
  desktop: boolean;
  /** Default false. */
  suspended: boolean;
}

/** An App as it is once the simulator runs. */
export interface RunningApp extends App {
  oauth1: OAuth1Settings;
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

/** Something that happened in the simulator; secrets are masked. */
export interface SimulatorEvent {
  type: string;
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
  /** Makes every code and token reproducible. Default: real randomness. */
  seed?: string;
  /** The Cross-Origin-Opener-Policy of its pages and redirects. Default `same-origin-allow-popups`. */
  coop?: Coop;
  /** A username that approves everything at once, without a page. Default `null`. */
  autoApprove?: string | null;
  /** Accept the PKCE method `plain`. Default false. */
  allowPlain?: boolean;
  /** For which signatures of OAuth 1.0a may be made besides the address that was called, such as `https://api.x.com`. Default none. */
  signatureOrigins?: string[];
  /** A refresh token that is used again ends all tokens of its consent. Not known of X. Default false. */
  unverifiedReuseEndsGrant?: boolean;
  /** Called with each event as it happens. */
  onEvent?: (event: SimulatorEvent) => void;
}

/** What tests may do to a running simulator. */
export interface Control {
  setCoop(value: Coop): void;
  /** This account approves at once; null shows the page again. */
  autoApprove(username: string | null): void;
  /** Every sign-in is cancelled at once, whoever approves; false shows the page again. */
  autoCancel(value: boolean): void;
  /** Makes a coming answer go wrong. */
  fault(kind: string, values?: Record<string, unknown>): void;
  clearFaults(): void;
  /** The callbacks that went to another browser (fault `second_browser`), oldest first. They hold real codes. */
  handedOver(): string[];
  /** Moves the simulator's clock. */
  advance(ms: number): void;
  events(type?: string): SimulatorEvent[];
  counts(): Record<string, number>;
  state(): Record<string, unknown>;
  /** Back to the state after the start. */
  reset(): void;
}

export interface Simulator {
  /** For browsers: `http://localhost:PORT`, another site than an app on 127.0.0.1, as x.com is. */
  url: string;
  /** For back ends: `http://127.0.0.1:PORT`. */
  apiUrl: string;
  /** With their ids and secrets. */
  apps: RunningApp[];
  accounts: Account[];
  control: Control;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

export function startSimulator(options?: SimulatorOptions): Promise<Simulator>;
