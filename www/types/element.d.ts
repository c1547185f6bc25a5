import type { Finding, Flow, Phrases, Session, SignInError, SignInRequest, SignInResult, SignInState } from './index.d.ts';

/** Events of `<sign-in-with-x>`; all bubble and are composed. */
export interface SignInWithXEventMap {
  /** Signed in: here, by a redirect that came back to this page, or late, in a popup that nobody waited for any more. */
  'sign-in': CustomEvent<SignInResult>;
  /** Failed, for any reason but the person's own no; or the person could not be signed out. */
  'sign-in-error': CustomEvent<SignInError>;
  /** The person said no, closed the window, pressed "Cancel" beside the button, or came Back. */
  'sign-in-cancel': CustomEvent<null>;
  /** What the sign-in is doing now. */
  'sign-in-state': CustomEvent<{ state: SignInState }>;
  /** Signed out, by "Sign out" beside the person's name. */
  'sign-out': CustomEvent<null>;
}

/**
 * The element `<sign-in-with-x>`: a button that signs in, and then shows who has. `sign-in-with-x/define` registers it.
 *
 * Each property reads and writes the attribute of the same name (`clientId` ↔ `client-id`). Child content is what
 * people see before the engine is there, and without JavaScript; a click on it starts a sign-in. Parts: `button`, `mark`,
 * `label`, `notice`, `error`; for who is signed in `identity`, `avatar`, `name`, `handle`, `sign-out`.
 */
export class SignInWithXElement extends HTMLElement {
  static observedAttributes: string[];
  /** Required. The OAuth 2.0 Client ID. */
  clientId: string;
  /** Required. The callback's address, byte for byte as registered at X. */
  redirectUri: string;
  /** Space-separated. Default: `tweet.read users.read`. */
  scope: string;
  /** Default: `/auth/x/exchange`. */
  exchange: string;
  /** Default: `auto`. */
  flow: Flow | '';
  /** Default: the page the person is on. */
  returnTo: string;
  /** Default: `button`. */
  type: 'button' | 'icon' | 'link' | '';
  /** Default: `black`. */
  theme: 'black' | 'white' | 'outline' | 'auto' | '';
  /** Default: `large`. */
  size: 'large' | 'medium' | 'small' | '';
  /** Default: `pill`. */
  shape: 'pill' | 'rounded' | 'square' | '';
  /** Default: `signin_with`. */
  text: 'signin_with' | 'signup_with' | 'continue_with' | 'connect_to' | 'login_with' | '';
  /** Default: `left`. */
  logoAlignment: 'left' | 'center' | '';
  /** CSS pixels, or `fluid`. Default, and least: as wide as its words. */
  get width(): string;
  set width(value: string | number);
  /** Default: `false`. */
  disabled: boolean;
  /** BCP 47 language of the words, or `auto`: the page's, or else the person's. Default: `en`. */
  locale: string;
  /** The button's words, in the host's own. Default: those of text. */
  label: string;
  /**
   * A path of your backend that begins a sign-in, in OAuth 1.0a where it ends in `/oauth1/start`. The button is a
   * link to there, and a popup or a redirect goes there. Default: none.
   */
  start: string;
  /** `none`: the button stays where it is, whoever is signed in, and the page shows who that is. Default: `chip`. */
  identity: 'chip' | 'none' | '';
  /** Asks the backend, once, who is signed in, and shows it. Default: `false`. */
  restore: boolean;
  /** What it says beside its words; a property only, and to be set as a whole. */
  phrases: Phrases | undefined;
  /** X's endpoints, for a simulator; a property only. */
  endpoints: { authorize?: string } | undefined;
  /**
   * Who is signed in, as far as the element knows: after a sign-in by it, or with `restore`. A page that knows better may
   * say so, and null for nobody.
   */
  session: Session | null;
  /** What the sign-in is doing. */
  readonly state: SignInState;
  /** Starts a sign-in as a click does. Never rejects; the events tell. */
  signIn(request?: SignInRequest): Promise<void>;
  /** What is wrong here before anybody signs in, with the sign-in or with the attributes; empty when nothing was found. */
  doctor(): Promise<Finding[]>;

  addEventListener<K extends keyof SignInWithXEventMap>(
    type: K,
    listener: (this: SignInWithXElement, event: SignInWithXEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** What a template of a framework may set: the attributes, as HTML writes them, the properties, and `on` with an event's name. */
export interface SignInWithXElementProps extends SignInWithXElementListeners, Partial<Pick<SignInWithXElement, 'phrases' | 'endpoints' | 'session'>> {
  'client-id': string;
  'redirect-uri': string;
  scope?: string | undefined;
  exchange?: string | undefined;
  flow?: SignInWithXElement['flow'] | undefined;
  'return-to'?: string | undefined;
  type?: SignInWithXElement['type'] | undefined;
  theme?: SignInWithXElement['theme'] | undefined;
  size?: SignInWithXElement['size'] | undefined;
  shape?: SignInWithXElement['shape'] | undefined;
  text?: SignInWithXElement['text'] | undefined;
  'logo-alignment'?: SignInWithXElement['logoAlignment'] | undefined;
  width?: string | number | undefined;
  disabled?: boolean | null | undefined;
  locale?: string | undefined;
  label?: string | undefined;
  identity?: SignInWithXElement['identity'] | undefined;
  restore?: boolean | null | undefined;
  start?: string | undefined;
}

/** Listeners, as React 19 and Svelte 5 name them. */
export type SignInWithXElementListeners = {
  [Name in keyof SignInWithXEventMap as `on${Name}`]?: ((event: SignInWithXEventMap[Name]) => void) | undefined;
};

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-with-x': SignInWithXElement;
  }
  /** The events bubble, so a page may listen higher up. */
  interface DocumentEventMap extends SignInWithXEventMap {}
  interface HTMLElementEventMap extends SignInWithXEventMap {}
}
