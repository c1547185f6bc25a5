import { ask, isReady } from './engine/engine.js';
import { because, ending, explained, init, script, whole } from './engine/load.js';
import { SignInError } from './errors.js';
import { arrive, isExpected, page } from './expected.js';
import { toForm } from './form.js';
import { lendRecord, openPopup } from './popup-window.js';
import { forget, remember } from './record.js';
import { sibling } from './sibling.js';
import { surroundings } from './surroundings.js';

/**
 * @typedef {import('../types/index.d.ts').SignInOptions} SignInOptions
 * @typedef {import('../types/index.d.ts').SignInRequest} SignInRequest
 * @typedef {import('../types/index.d.ts').SignInResult} SignInResult
 * @typedef {import('../types/index.d.ts').SignInState} SignInState
 * @typedef {import('../types/index.d.ts').SignIn} SignInApi
 */

/** A second click within this many milliseconds is a double click; a later one means "try again". */
const DOUBLE_CLICK = 1000;

/** How many popups of one client are listened to: the one that is waited for, and some that were given up. */
const POPUPS = 4;

/** Milliseconds between two tries to load what waits for the popup, and how many there are: the person is away for longer. */
const PAUSE = 2000;
const TRIES = 8;

/** How an attempt ends by the page's own doing: nobody waits any more, or nobody listens either. */
const ENDS = /** @type {const} */ (['cancel', 'abort']);

/** @typedef {{ began: number, stop: AbortController, result: Promise<SignInResult>, resolve: (result: SignInResult) => void, reject: (thrown: unknown) => void }} Attempt */

/** What the engine says of an attempt that it began. @typedef {{ url: string, key: string, record: string, needed?: string, popup?: string, timeout?: string, orRedirect?: string }} Begun */

/**
 * What a client is made of, for its other half (ending.js) too.
 * @typedef {object} Inside
 * @property {string} options as the engine takes them
 * @property {(state: SignInState, result?: SignInResult) => void} onState
 * @property {SignInOptions['onLateSignIn']} onLate
 * @property {Attempt} [attempt] the one that is waited for
 * @property {boolean} [isDestroyed]
 * @property {() => AbortController} stop one that `destroy()` aborts
 * @property {(request: SignInRequest) => Promise<SignInResult>} signIn
 * @property {(attempt: Attempt | undefined, thrown: unknown) => void} fail ends an attempt, if it is still the one that is waited for
 */

/**
 * One configuration: what a page does until somebody has pressed the button. The rest is in ending.js, which comes after.
 * @implements {Omit<SignInApi, 'doctor' | 'renderButton'>}
 */
export class Client {
  /** @type {string} */ #exchange;
  /** @type {string} */ #redirectUri;
  /** @type {import('../types/index.d.ts').Flow | undefined} */ #flow;
  /** Ends what is waited for, and what is only listened to. @type {AbortController[]} */ #stops = [];
  /** @type {Inside} */ #in;

  /**
   * @param {SignInOptions} options
   * @param {(state: SignInState, result?: SignInResult) => void} [onState] hears what the sign-in is doing, and how it ended
   */
  constructor(options, onState = () => {}) {
    const { endpoints, onLateSignIn, ...rest } = options ?? {};
    this.#exchange = rest.exchange ?? '/auth/x/exchange';
    this.#redirectUri = String(rest.redirectUri);
    this.#flow = rest.flow;
    this.#in = {
      options: toForm({ ...rest, authorize: endpoints?.authorize }),
      onState,
      onLate: onLateSignIn,
      stop: () => this.#stop(),
      signIn: (request) => this.signIn(request),
      fail: (attempt, thrown) => this.#fail(attempt, thrown),
    };
  }

  /**
   * Everything up to `window.open` happens before this returns, so a click still counts.
   * @param {SignInRequest} [request]
   * @returns {Promise<SignInResult>}
   */
  signIn(request = {}) {
    const { signal } = request;
    if (this.#in.isDestroyed || signal?.aborted) return Promise.reject(new SignInError('cancelled'));
    const running = this.#in.attempt;
    if (running && performance.now() - running.began < DOUBLE_CLICK) return running.result;
    this.cancel();
    // The page's own code has run in there, and may have begun one, or ended it all.
    if (this.#in.attempt) return this.#in.attempt.result;
    if (this.#in.isDestroyed) return Promise.reject(new SignInError('cancelled'));
    const attempt = /** @type {Attempt} */ ({ began: performance.now(), stop: this.#stop() });
    attempt.result = new Promise((resolve, reject) => {
      attempt.resolve = resolve;
      attempt.reject = reject;
    });
    this.#in.attempt = attempt;
    const stop = () => {
      attempt.stop.abort();
      this.#fail(attempt, new SignInError('cancelled'));
    };
    signal?.addEventListener('abort', stop, { signal: attempt.stop.signal });
    this.#leave(request, attempt).catch((thrown) => this.#fail(attempt, thrown));
    // The window is open by now, which took a busy machine up to a second; the second click of two has waited that long.
    attempt.began = performance.now();
    return attempt.result;
  }

  /** Stops waiting. Should the person go on in the popup all the same, `onLateSignIn` hears of it. */
  cancel() {
    const attempt = this.#in.attempt;
    attempt?.stop.signal.dispatchEvent(new Event('cancel'));
    this.#fail(attempt, new SignInError('cancelled'));
  }

  /**
   * @param {SignInRequest} request
   * @param {Attempt} attempt
   */
  async #leave({ flow = this.#flow, returnTo, params }, attempt) {
    const around = surroundings();
    const fields = asked({ ...around, flow, returnTo, params });
    /** @type {Window | null | undefined} */ let early;
    const closeEarly = () => early?.close();
    try {
      if (!isReady()) {
        // Only the click may open a window. In which flow, the engine will say; this is the same guess without it.
        const redirects = flow === 'redirect' || (flow !== 'popup' && !around.frame && (around.touch || around.standalone));
        if (!redirects && around.frame !== 'foreign') early = openPopup('');
        if (early?.document.body) early.document.body.textContent = '…';
        for (const name of ENDS) attempt.stop.signal.addEventListener(name, closeEarly);
        this.#in.onState('loading');
        await init();
        if (this.#in.attempt !== attempt) return;
        // Closed by hand, it is no blocked one.
        if (early?.closed) throw new SignInError('cancelled');
      }
      let begun = this.#begin(fields);
      if (begun.popup) {
        const popup = early === undefined ? openPopup(begun.url) : early;
        if (popup) {
          lendRecord(popup, begun.key, begun.record);
          early?.location.replace(begun.url);
          early = undefined;
          return this.#wait(begun, popup, attempt);
        }
        forget(begun.key);
        if (!begun.orRedirect) throw new SignInError('popup_blocked');
        begun = this.#begin({ ...fields, flow: 'redirect' });
      }
      this.#redirect(begun, attempt);
    } finally {
      // It was opened for nothing.
      closeEarly();
    }
  }

  /**
   * Leaves. Success is on the next page; on this one there is only: back again.
   * @param {Begun} begun
   * @param {Attempt} attempt
   */
  #redirect({ url, key }, attempt) {
    const over = new AbortController();
    const { signal } = over;
    const back = () => {
      over.abort();
      forget(key);
      this.#fail(attempt, new SignInError('cancelled'));
    };
    // The page may still be on its way out.
    const stay = () => {
      back();
      window.stop();
    };
    addEventListener('pageshow', (event) => event.persisted && back(), { signal });
    for (const name of ENDS) attempt.stop.signal.addEventListener(name, stay, { signal });
    this.#in.onState('loading');
    // The page's own code has run in there.
    if (this.#in.attempt !== attempt) return;
    page.hasLeft = true;
    location.assign(url);
  }

  /** @param {Record<string, unknown>} fields @returns {Begun} */
  #begin(fields) {
    const { options } = this.#in;
    const begun = ask('begin', { options, request: toForm(fields) });
    if (!remember(begun.key, begun.record) && begun.needed) throw new SignInError('storage_unavailable');
    return begun;
  }

  /**
   * Waits, as soon as what waits is there: from the click on it is on its way.
   * @param {Begun} begun
   * @param {Window} popup
   * @param {Attempt} attempt
   */
  #wait(begun, popup, attempt) {
    const { signal } = attempt.stop;
    const here = new AbortController();
    const wait = (/** @type {import('./engine/load.js').Ending} */ { wait }) => {
      here.abort();
      wait(this.#in, begun, popup, attempt);
    };
    if (ending) wait(ending);
    else {
      signal.addEventListener('cancel', () => popup.close(), { signal: here.signal });
      signal.addEventListener('abort', () => forget(begun.key), { signal: here.signal });
      patiently(TRIES).then(wait, (thrown) => this.#fail(attempt, thrown));
    }
    if (this.#in.attempt === attempt) this.#in.onState('waiting');
  }

  /** A controller that `destroy()` aborts; the oldest is aborted when there are too many, but not the one that is waited for. */
  #stop() {
    const stop = new AbortController();
    this.#stops.push(stop);
    const old = this.#stops.length > POPUPS && this.#stops.find((known) => known !== this.#in.attempt?.stop);
    if (old) {
      old.abort();
      this.#stops.splice(this.#stops.indexOf(old), 1);
    }
    return stop;
  }

  /**
   * @param {string | URL} [url]
   * @param {SignInRequest | null} [anew] what to begin with when the callback page asks for it; null: nothing
   * @returns {Promise<SignInResult | null>}
   */
  async handleCallback(url, anew = {}) {
    // Only this page's own address is cleaned, not one that the host has from elsewhere.
    const isOwn = !url || String(url) === location.href;
    const address = isOwn ? arrive(this.#redirectUri) : String(url);
    await init();
    const { options } = this.#in;
    try {
      if (!isExpected(address)) return ask('check', { options });
    } catch (thrown) {
      throw await explained(SignInError.from(thrown));
    }
    return (await whole()).handleCallback(this.#in, address, { isOwn, isHere: !url }, anew);
  }

  /** @param {Pick<SignInRequest, 'returnTo' | 'params'>} [request] */
  authorizationUrl({ returnTo, params } = {}) {
    const begun = this.#begin(asked({ flow: 'redirect', returnTo, params }));
    // Makes room for it, some time.
    whole().then(({ adopt }) => adopt(begun), () => {});
    return begun.url;
  }

  async getSession() {
    return (await script()).session(sibling(this.#exchange, 'session'));
  }

  async signOut() {
    return (await script()).signOut(sibling(this.#exchange, 'signout'));
  }

  /** @param {Attempt | undefined} attempt @param {unknown} thrown */
  #fail(attempt, thrown) {
    // A newer attempt speaks for itself, and one that is over has spoken.
    if (!attempt || this.#in.attempt !== attempt) return;
    this.#in.attempt = undefined;
    this.#in.onState('idle');
    explained(SignInError.from(thrown)).then(attempt.reject);
  }

  /** Ends whatever is waiting or listening; the client cannot be used again. */
  destroy() {
    this.#in.isDestroyed = true;
    for (const stop of this.#stops) stop.abort();
    this.#fail(this.#in.attempt, new SignInError('cancelled'));
  }
}

/** @param {number} tries @returns {Promise<import('./engine/load.js').Ending>} */
const patiently = (tries) =>
  whole().catch(async (thrown) => {
    if (!tries) throw thrown;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return patiently(tries - 1);
  });

/**
 * What one attempt asks for, for the engine. Where the person is now is the best guess at where they want to be
 * afterwards; extra parameters carry a mark.
 * @param {SignInRequest & Partial<ReturnType<typeof surroundings>>} request
 */
const asked = ({ params = {}, returnTo = location.pathname + location.search + location.hash, ...rest }) => {
  const marked = Object.entries(params).map(([name, value]) => [`params.${name}`, value]);
  return { origin: location.origin, returnTo, ...rest, ...Object.fromEntries(marked) };
};

/**
 * What can be found wrong before anybody signs in.
 * @param {SignInOptions} options
 * @param {Element} [element] that they are of
 */
export const doctor = async (options, element) =>
  (await import('./doctor.js')).examine({ Client, SignInError, init, because: () => because }, options, element);
