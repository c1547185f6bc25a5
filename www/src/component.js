/** What the components of all frameworks share: names, and one client with what it has found out. */
import { SignInWithXElement } from './element.js';
import { SignInError, createSignIn } from './index.js';
import { camelCase } from './reflect.js';

/** The element's events, by the names of the components' own. */
export const EVENTS = {
  onSignIn: 'sign-in',
  onSignInError: 'sign-in-error',
  onSignInCancel: 'sign-in-cancel',
  onSignInState: 'sign-in-state',
  onSignOut: 'sign-out',
};

/** What is set as a property, because it is no text. */
export const PROPERTIES = ['phrases', 'endpoints', 'session'];

/** Property → attribute. */
export const ATTRIBUTES = /* @__PURE__ */ new Map([...SignInWithXElement.observedAttributes, 'return-to'].map((name) => [camelCase(name), name]));

/**
 * As both sides write them: a flag that is not there has no attribute.
 * @param {Record<string, any>} props
 */
export function attributesOf(props) {
  // A server would publish it (A13).
  if (Object.keys(props).some((name) => /secret/i.test(name))) throw new SignInError('invalid_config', { reason: 'secret' });
  return Object.fromEntries([...ATTRIBUTES].filter(([name]) => (props[name] ?? false) !== false).map(([name, attribute]) => [attribute, props[name]]));
}

/**
 * Tells what the element says, and only then registers it: a redirect that came back is told as soon as it is there.
 * @param {Element} element
 * @param {(name: keyof typeof EVENTS, detail: any) => void} tell
 * @returns {() => void} ends it
 */
export function follow(element, tell) {
  const stop = new AbortController();
  for (const [name, event] of /** @type {[keyof typeof EVENTS, string][]} */ (Object.entries(EVENTS))) {
    const listener = (/** @type {any} */ { detail }) => tell(name, name === 'onSignInState' ? detail.state : (detail ?? undefined));
    element.addEventListener(event, listener, { signal: stop.signal });
  }
  if (!customElements.get('sign-in-with-x')) customElements.define('sign-in-with-x', SignInWithXElement);
  return () => stop.abort();
}

/** Before anything is known, and on a server. @type {import('../types/component.d.ts').SignInSession} */
export const NOBODY = { session: null, error: null, pending: false };

/**
 * A client that ends what came back to this page, and asks who is signed in.
 * @param {import('../types/component.d.ts').UseSignInOptions} options
 * @param {(change: Partial<import('../types/component.d.ts').SignInSession>) => void} change
 * @returns {import('../types/component.d.ts').SignInActions & { end(): void }}
 */
export function open({ restore, ...options }, change) {
  let ended = false;
  /** How often it was said who is signed in: an answer to an older question is none. */
  let news = 0;
  /** @type {unknown} */ let running;
  const tell = (/** @type {Parameters<typeof change>[0]} */ more) => void (ended || change(more));
  const known = (/** @type {any} */ session) => (session?.user ? { user: session.user, scopes: session.scopes } : null);
  const welcome = (/** @type {any} */ result) => {
    news += 1;
    tell({ session: known(result), error: null, pending: false });
    return result;
  };
  const failed = (/** @type {any} */ error) => {
    tell({ error: error.code === 'cancelled' ? null : error, pending: false });
    return null;
  };
  const client = createSignIn({ ...options, onLateSignIn: welcome });
  client
    .handleCallback()
    .then(async (result) => {
      if (result) return welcome(result);
      // No answer is no news.
      const before = news;
      const found = restore && (await client.getSession().catch(() => null));
      if (found && news === before) tell({ session: found });
    })
    .catch(failed);
  return {
    signIn(request) {
      // The window first, and then whatever a framework does about a change.
      const result = client.signIn(request);
      tell({ error: null, pending: true });
      running = result;
      // One that a newer click has replaced is over without a word.
      return result.then(welcome, (error) => (running === result ? failed(error) : null));
    },
    async signOut() {
      const before = news;
      await client.signOut().then(() => {
        // Somebody may have signed in meanwhile.
        if (news !== before) return;
        news += 1;
        tell({ session: null, error: null });
      }, failed);
    },
    cancel: () => client.cancel(),
    end() {
      ended = true;
      client.destroy();
    },
  };
}
