import * as backend from './backend.js';
import { ask, isReady } from './engine/engine.js';
import { init } from './engine/load.js';
import { SignInError } from './errors.js';
import { toForm } from './form.js';
import { listen } from './popup.js';
import { openPopup } from './popup-window.js';
import { surroundings } from './surroundings.js';
import { tell } from './tell.js';

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

/** Milliseconds in which the page that opened this popup takes over its answer. */
const TAKE_OVER = 1000;

/** Callbacks that are being handled on this page, so that a component that mounts twice handles one once. */
const arriving = /** @type {Map<string, Promise<SignInResult | typeof RESTART | null>>} */ (new Map());

/** The person asked on the callback page to begin anew. */
const RESTART = Symbol();

/** A redirect has begun on this page: coming `back` to it was before that. */
let left = false;

/** @typedef {{ began: number, stop: AbortController, result: Promise<SignInResult>, resolve: (result: SignInResult) => void, reject: (thrown: unknown) => void }} Attempt */

/**
 * One configuration.
 * @implements {Omit<SignInApi, 'doctor' | 'renderButton'>}
 */
export class Client {
  /** @type {string} */ #options;
  /** @type {string} */ #exchange;
  /** @type {import('../types/index.d.ts').Flow | undefined} */ #flow;
  /** @type {SignInOptions['onLateSignIn']} */ #onLate;
  /** @type {(state: SignInState) => void} */ #onState;
  /** Ends what is waited for, and what is only listened to. @type {AbortController[]} */ #stops = [];
  /** The one that is waited for. @type {Attempt | undefined} */ #attempt;
  #destroyed = false;

  /**
   * @param {SignInOptions} options
   * @param {(state: SignInState) => void} [onState] hears what the sign-in is doing
   */
  constructor(options, onState = () => {}) {
    const { endpoints, onLateSignIn, ...rest } = options ?? {};
    this.#options = toForm({ ...rest, authorize: endpoints?.authorize });
    this.#exchange = rest.exchange ?? '/auth/x/exchange';
    this.#flow = rest.flow;
    this.#onLate = onLateSignIn;
    this.#onState = onState;
  }

  /**
   * Everything up to `window.open` happens before this returns, so a click still counts.
   * @param {SignInRequest} [request]
   * @returns {Promise<SignInResult>}
   */
  signIn(request = {}) {
    const running = this.#attempt;
    if (running && performance.now() - running.began < DOUBLE_CLICK) return running.result;
    this.cancel();
    const { signal } = request;
    if (this.#destroyed || signal?.aborted) return Promise.reject(new SignInError('cancelled'));
    const attempt = /** @type {Attempt} */ ({ began: performance.now(), stop: this.#stop() });
    attempt.result = new Promise((resolve, reject) => {
      attempt.resolve = resolve;
      attempt.reject = reject;
    });
    this.#attempt = attempt;
    const stop = () => {
      attempt.stop.abort();
      this.#fail(attempt, new SignInError('cancelled'));
    };
    signal?.addEventListener('abort', stop, { signal: attempt.stop.signal });
    this.#leave(request, attempt).catch((thrown) => this.#fail(attempt, thrown));
    return attempt.result;
  }

  /** Stops waiting. Should the person go on in the popup all the same, `onLateSignIn` hears of it. */
  cancel() {
    const attempt = this.#attempt;
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
        if (early) early.document.body.textContent = '…';
        for (const name of ['cancel', 'abort']) attempt.stop.signal.addEventListener(name, closeEarly);
        this.#onState('loading');
        await init();
        if (this.#attempt !== attempt) return;
        // Closed by hand, it is no blocked one.
        if (early?.closed) throw new SignInError('cancelled');
      }
      let begun = this.#begin(fields);
      if (begun.popup) {
        const popup = early === undefined ? openPopup(begun.url) : early;
        if (popup) {
          early?.location.replace(begun.url);
          early = undefined;
          return this.#wait(begun.key, popup, attempt);
        }
        try {
          ask((engine) => engine.popupEvent(begun.key, 'blocked', ''));
        } catch (blocked) {
          if (!begun.orRedirect) throw blocked;
        }
        begun = this.#begin({ ...fields, flow: 'redirect' });
      }
      this.#redirect(begun, attempt);
    } finally {
      // It was opened for nothing.
      closeEarly();
    }
  }

  /** @param {string} key @param {Window} popup @param {Attempt} attempt */
  #wait(key, popup, attempt) {
    listen(key, popup, attempt.stop.signal, (found) => this.#answered(found, attempt), (thrown) => this.#fail(attempt, thrown));
    if (this.#attempt === attempt) this.#onState('waiting');
  }

  /**
   * Leaves. Success is on the next page; on this one there is only: back again.
   * @param {{ url: string, key: string }} begun
   * @param {Attempt} attempt
   */
  #redirect({ url, key }, attempt) {
    const { stop } = attempt;
    this.#onState('loading');
    const back = () => {
      ask((engine) => engine.forget(key));
      this.#fail(attempt, new SignInError('cancelled'));
      stop.abort();
      // It may still be on its way.
      window.stop();
    };
    addEventListener('pageshow', (event) => event.persisted && back(), { signal: stop.signal });
    for (const name of ['cancel', 'abort']) stop.signal.addEventListener(name, back);
    location.assign(url);
  }

  /** @param {Record<string, unknown>} fields @returns {{ url: string, key: string, popup?: string, orRedirect?: string }} */
  #begin(fields) {
    const begun = ask((engine) => engine.begin(this.#options, toForm(fields)));
    left ||= !begun.popup;
    return begun;
  }

  /**
   * An answer, be it to the attempt that is waited for or to one that no longer is: whoever waits has signed in.
   * @param {any} found
   * @param {Attempt} [own] the attempt that it answers
   */
  async #answered(found, own) {
    const isAwaited = own !== undefined && this.#attempt === own;
    try {
      const result = await this.#finish(found);
      const attempt = this.#attempt;
      this.#attempt = undefined;
      // The other popup is not needed any more.
      if (!isAwaited) attempt?.stop.signal.dispatchEvent(new Event('cancel'));
      if (attempt) attempt.resolve(result);
      else if (!isAwaited) this.#onLate?.(result);
    } catch (thrown) {
      // Nobody waits for one that was given up; the one that is waited for goes on.
      if (isAwaited) this.#fail(own, thrown);
      else this.#onState(this.#attempt ? 'waiting' : 'idle');
    }
  }

  /**
   * @param {Attempt | undefined} attempt
   * @param {unknown} thrown
   */
  #fail(attempt, thrown) {
    // A newer attempt speaks for itself, and one that is over has spoken.
    if (!attempt || this.#attempt !== attempt) return;
    this.#attempt = undefined;
    this.#onState('idle');
    attempt.reject(SignInError.from(thrown));
  }

  /**
   * Sends a checked callback to the backend, hands it to the host, or takes what the callback page has brought.
   * @param {any} found
   * @returns {Promise<SignInResult>}
   */
  async #finish(found) {
    const { exchange, scope, returnTo, ...handoff } = found;
    this.#onState('finishing');
    /** @type {SignInResult} */ let result;
    if (!handoff.code) result = toResult(found);
    else if (!exchange) result = { scopes: scope.split(' '), returnTo, handoff };
    else {
      const answer = await backend.exchange(exchange, handoff, scope);
      result = toResult({ ...ask((engine) => engine.readExchange(answer)), returnTo });
    }
    this.#onState('signed_in');
    return result;
  }

  /** A controller that `destroy()` aborts; the oldest are aborted when there are too many. */
  #stop() {
    const stop = new AbortController();
    this.#stops.push(stop);
    if (this.#stops.length > POPUPS) this.#stops.shift()?.abort();
    return stop;
  }

  /**
   * @param {string | URL} [url]
   * @returns {Promise<SignInResult | null>}
   */
  async handleCallback(url) {
    const key = `${this.#options} ${url ?? ''}`;
    let running = arriving.get(key);
    if (!running) {
      running = this.#arrive(String(url ?? location.href), !url);
      arriving.set(key, running);
      const forget = () => arriving.delete(key);
      running.then(forget, forget);
    }
    const result = await running;
    if (this.#destroyed) return result === RESTART ? null : result;
    if (result === RESTART) {
      // Of several that have heard of it, one goes.
      if (left) return null;
      return this.signIn({ flow: 'redirect' });
    }
    if (!result) {
      const keys = ask((engine) => engine.resume(this.#options)).split(' ');
      for (const popup of keys) if (popup) listen(popup, null, this.#stop().signal, (late) => this.#answered(late));
    }
    return result;
  }

  /**
   * @param {string} url
   * @param {boolean} here it is this page's own
   * @returns {Promise<SignInResult | typeof RESTART | null>}
   */
  async #arrive(url, here) {
    await init();
    const [navigation] = /** @type {{ type?: string }[]} */ (performance.getEntriesByType('navigation'));
    const back = navigation?.type === 'back_forward' && !left;
    const before = location.href;
    const look = (alone = false) => ask((engine) => engine.handleCallback(this.#options, url, back, alone));
    let found;
    try {
      found = look();
      if (found?.channel) {
        if (await tell(found.channel, found.message, TAKE_OVER)) {
          close();
          return null;
        }
        found = look(true);
      }
    } catch (thrown) {
      // Another client on this page was here first.
      if (here && SignInError.from(thrown).code === 'already_used') return null;
      throw thrown;
    } finally {
      if (location.href !== before && location.protocol === 'http:') {
        console.warn('sign-in-with-x: this page keeps the code among its performance entries. A page of its own with sign-in-with-x/callback does not.');
      }
    }
    if (!found) return null;
    if (found.restart) return RESTART;
    try {
      return await this.#finish(found);
    } catch (thrown) {
      this.#onState('idle');
      throw thrown;
    }
  }

  /** @param {Pick<SignInRequest, 'returnTo' | 'params'>} [request] */
  authorizationUrl({ returnTo, params } = {}) {
    return this.#begin(asked({ flow: 'redirect', returnTo, params })).url;
  }

  getSession() {
    return backend.session(sibling(this.#exchange, 'session'));
  }

  signOut() {
    return backend.signOut(sibling(this.#exchange, 'signout'));
  }

  /** Ends whatever is waiting or listening; the client cannot be used again. */
  destroy() {
    this.#destroyed = true;
    for (const stop of this.#stops) stop.abort();
    this.#fail(this.#attempt, new SignInError('cancelled'));
  }
}

/**
 * The engine's flat answer in its public shape.
 * @param {any} flat
 * @returns {SignInResult}
 */
const toResult = ({ scope, returnTo, ...user }) => ({
  ...(user.id && { user }),
  scopes: scope.split(' '),
  returnTo,
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
 * The route beside another: `/auth/x/exchange` → `/auth/x/session`.
 * @param {string} url
 * @param {string} name
 */
const sibling = (url, name) => String(new URL(name, new URL(url, location.href)));
