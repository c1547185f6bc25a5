import type { Session, SignInError, SignInOptions, SignInRequest, SignInResult, SignInState } from './index.d.ts';
import type { SignInWithXElement } from './element.d.ts';

type Element = SignInWithXElement;

/** What the component of every framework takes: the element's attributes and properties, by the names of its properties. */
export interface SignInWithXAttributes {
  /** The OAuth 2.0 Client ID. */
  clientId: string;
  /** The callback's address, byte for byte as registered at X. */
  redirectUri: string;
  /** Space-separated. Default: `tweet.read users.read`. */
  scope?: string | undefined;
  /** Default: `/auth/x/exchange`. */
  exchange?: string | undefined;
  /** Default: `auto`. */
  flow?: Element['flow'] | undefined;
  /** Default: the page the person is on. */
  returnTo?: string | undefined;
  /** Default: `button`. */
  type?: Element['type'] | undefined;
  /** Default: `black`. */
  theme?: Element['theme'] | undefined;
  /** Default: `large`. */
  size?: Element['size'] | undefined;
  /** Default: `pill`. */
  shape?: Element['shape'] | undefined;
  /** Default: `signin_with`. */
  text?: Element['text'] | undefined;
  /** Default: `left`. */
  logoAlignment?: Element['logoAlignment'] | undefined;
  /** CSS pixels, or `fluid`. Default, and least: as wide as its words. */
  width?: string | number | undefined;
  /** Default: `false`. */
  disabled?: boolean | undefined;
  /** BCP 47 language of the words, or `auto`. Default: `en`. */
  locale?: string | undefined;
  /** The button's words, in the host's own. Default: those of `text`. */
  label?: string | undefined;
  /** A path of your backend that begins a sign-in. Default: none. */
  start?: string | undefined;
  /** Default: `chip`. */
  identity?: Element['identity'] | undefined;
  /** Asks the backend, once, who is signed in, and shows it. Default: `false`. */
  restore?: boolean | undefined;
  /** What it says beside its words. Compared by what it holds. */
  phrases?: Element['phrases'];
  /** X's endpoints, for a simulator. Compared by what it holds. */
  endpoints?: Element['endpoints'];
  /** Who is signed in; null for nobody. Default: whoever the element knows of. */
  session?: Session | null | undefined;
}

/** What the element says, as functions. They may be new ones each time. */
export interface SignInWithXListeners {
  /** Signed in: here, by a redirect that came back to this page, or late, in a popup that nobody waited for any more. */
  onSignIn?: ((result: SignInResult) => void) | undefined;
  /** Failed, for any reason but the person's own no; or the person could not be signed out. */
  onSignInError?: ((error: SignInError) => void) | undefined;
  /** The person said no, closed the window, pressed "Cancel" beside the button, or came Back. */
  onSignInCancel?: (() => void) | undefined;
  /** What the sign-in is doing now. */
  onSignInState?: ((state: SignInState) => void) | undefined;
  /** Signed out, by "Sign out" beside the person's name. */
  onSignOut?: (() => void) | undefined;
}

/** Options of `useSignInWithX()`: those of `createSignIn()`. Other ones, by what they say, make another client. */
export interface UseSignInOptions extends Omit<SignInOptions, 'handoff' | 'onLateSignIn'> {
  /** Asks the backend, once, who is signed in. Default: `false`. */
  restore?: boolean;
}

/** What `useSignInWithX()` knows. On a server, and until the component is in the page: nobody. */
export interface SignInSession {
  /** Who is signed in, as far as this client knows. */
  session: Session | null;
  /** Why the last sign-in or sign-out failed; null after one that the person gave up. */
  error: SignInError | null;
  /** A sign-in is under way. */
  pending: boolean;
}

/** What `useSignInWithX()` can do. Nothing rejects: `error` tells. */
export interface SignInActions {
  /** Call it directly in a click: the popup opens before this returns. Null when nobody has signed in. */
  signIn(request?: SignInRequest): Promise<SignInResult | null>;
  /** Ends the backend's session. */
  signOut(): Promise<void>;
  /** Stops waiting. */
  cancel(): void;
}
