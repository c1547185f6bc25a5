import * as backend from './backend.js';
import { claim, isClaimed } from './locks.js';
import { ask, isReady } from './engine/engine.js';
import { init } from './engine/load.js';
import { SignInError } from './errors.js';
import { toForm } from './form.js';
import { listen } from './popup.js';
import { lendRecord, openPopup } from './popup-window.js';
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

/** Milliseconds in which a page that opened this popup takes over its answer, if there is one. */
const TAKE_OVER = 1000;

/** Milliseconds in which it hears how it ended. It may just be loading. */
const PATIENCE = 3000;

/** Milliseconds for which X's codes are good. */
const CODE_LIFE = 30_000;

/** Characters of a key before the state. */
const KEY_PREFIX = 15;

/** Callbacks that are being handled on this page, so that a component that mounts twice handles one once. */
const arriving = /** @type {Map<string, Promise<SignInResult | typeof RESTART | typeof GONE | null>>} */ (new Map());

/** The person asked on the callback page to begin anew. */
const RESTART = Symbol();

/** The page that opened this popup has the answer; the window closes. */
const GONE = Symbol();

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
  /** @type {(state: SignInState, result?: SignInResult) => void} */ #onState;
  /** Ends what is waited for, and what is only listened to. @type {AbortController[]} */ #stops = [];
  /** The one that is waited for. @type {Attempt | undefined} */ #attempt;
  #destroyed = false;

  /**
   * @param {SignInOptions} options
   * @param {(state: SignInState, result?: SignInResult) => void} [onState] hears what the sign-in is doing, and how it ended
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
    const { signal } = request;
    if (this.#destroyed || signal?.aborted) return Promise.reject(new SignInError('cancelled'));
    const running = this.#attempt;
    if (running && performance.now() - running.began < DOUBLE_CLICK) return running.result;
    this.cancel();
    // The page's own code has run in there, and may have begun one, or ended it all.
    if (this.#attempt) return this.#attempt.result;
    if (this.#destroyed) return Promise.reject(new SignInError('cancelled'));
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
        if (early?.document.body) early.document.body.textContent = '…';
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
          lendRecord(popup, begun.key);
          early?.location.replace(begun.url);
          early = undefined;
          return this.#wait(begun.key, popup, attempt);
        }
        try {
          ask('popupEvent', { key: begun.key, event: 'blocked' });
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
    listen(key, popup, attempt.stop.signal, (found) => this.#answered(found, key, attempt), (thrown) => this.#fail(attempt, thrown));
    if (this.#attempt === attempt) this.#onState('waiting');
  }

  /**
   * Leaves. Success is on the next page; on this one there is only: back again.
   * @param {{ url: string, key: string }} begun
   * @param {Attempt} attempt
   */
  #redirect({ url, key }, attempt) {
    const over = new AbortController();
    const { signal } = over;
    const back = () => {
      over.abort();
      ask('forget', { key });
      this.#fail(attempt, new SignInError('cancelled'));
    };
    // The page may still be on its way out.
    const stay = () => {
      back();
      window.stop();
    };
    addEventListener('pageshow', (event) => event.persisted && back(), { signal });
    for (const name of ['cancel', 'abort']) attempt.stop.signal.addEventListener(name, stay, { signal });
    this.#onState('loading');
    // The page's own code has run in there.
    if (this.#attempt !== attempt) return;
    left = true;
    location.assign(url);
  }

  /** @param {Record<string, unknown>} fields @returns {{ url: string, key: string, popup?: string, orRedirect?: string }} */
  #begin(fields) {
    return ask('begin', { options: this.#options, request: toForm(fields) });
  }

  /**
   * An answer, be it to the attempt that is waited for or to one that no longer is: whoever waits has signed in.
   * @param {any} found
   * @param {string} key
   * @param {Attempt} [own] the attempt that it answers
   */
  async #answered(found, key, own) {
    /** @type {SignInResult} */ let result;
    try {
      // Its own window is exchanging it.
      if (found.exchange && !(await claim(key, CODE_LIFE))) throw new SignInError('already_used');
      result = await this.#finish(found);
    } catch (thrown) {
      // Nobody waits for one that was given up; the one that is waited for goes on.
      if (own && this.#attempt === own) this.#fail(own, thrown);
      else this.#onState(this.#attempt ? 'waiting' : 'idle');
      return;
    }
    const attempt = this.#attempt;
    this.#attempt = undefined;
    // A newer popup is not needed any more.
    if (attempt !== own) attempt?.stop.signal.dispatchEvent(new Event('cancel'));
    if (attempt) attempt.resolve(result);
    else if (!this.#destroyed) this.#onLate?.(result);
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
    if (exchange) {
      // Where the backend began it, it finishes it.
      const answer = await backend.exchange(handoff.state ? sibling(exchange, 'exchange') : exchange, handoff, scope);
      result = toResult({ ...ask('readExchange', { answer }), returnTo });
    } else if (handoff.code) result = { scopes: scope.split(' '), returnTo, handoff };
    else result = toResult(found);
    this.#onState('signed_in', result);
    return result;
  }

  /** A controller that `destroy()` aborts; the oldest is aborted when there are too many, but not the one that is waited for. */
  #stop() {
    const stop = new AbortController();
    this.#stops.push(stop);
    const old = this.#stops.length > POPUPS && this.#stops.find((known) => known !== this.#attempt?.stop);
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
    const key = `${this.#options} ${url ?? ''}`;
    let running = arriving.get(key);
    if (!running) {
      running = this.#arrive(String(url ?? location.href), !url);
      arriving.set(key, running);
      const forget = () => arriving.delete(key);
      running.then(forget, forget);
    }
    const result = await running;
    if (result === GONE) return null;
    if (this.#destroyed) return result === RESTART ? null : result;
    if (result === RESTART) {
      // Of several that have heard of it, one goes.
      if (left || !anew) return null;
      return this.signIn({ ...anew, flow: 'redirect' });
    }
    if (!result) {
      for (const popup of this.#resumed()) listen(popup, null, this.#stop().signal, (late) => this.#answered(late, popup));
    }
    return result;
  }

  /** The popups of the page before this one. @returns {string[]} */
  #resumed() {
    return ask('resume', { options: this.#options })?.keys.split(' ') ?? [];
  }

  /**
   * @param {string} url
   * @param {boolean} here it is this page's own
   * @returns {Promise<SignInResult | typeof RESTART | typeof GONE | null>}
   */
  async #arrive(url, here) {
    await init();
    const [navigation] = /** @type {{ type?: string }[]} */ (performance.getEntriesByType('navigation'));
    // An address that the host has from elsewhere does not make this window a popup.
    const awaited = here && ask('awaited', { options: this.#options, url });
    if (awaited?.other) return null;
    // The popup itself is exchanging this very code.
    const claimed = awaited?.message && (await isClaimed(awaited.key));
    if (awaited?.message && !claimed && (await this.#told(awaited.key, awaited.message, TAKE_OVER))) return GONE;
    const before = location.href;
    let found, result;
    try {
      found = ask('handleCallback', { options: this.#options, url, address: before, back: navigation?.type === 'back_forward' });
      if (!found) return null;
      if (found.restart) return RESTART;
      // The page that waits has had it from another window.
      if (awaited && found.exchange && !(await claim(awaited.key, CODE_LIFE))) {
        close();
        return GONE;
      }
      result = await this.#finish(found);
    } catch (thrown) {
      if (claimed) throw new SignInError('already_used');
      const error = SignInError.from(thrown);
      const { code, reason, description } = error;
      if (found) this.#onState('idle');
      // Another client on this page was here first.
      if (here && code === 'already_used') return null;
      // So that nobody waits in vain. An answer to no attempt is told to every page that may have opened this window.
      let keys = /** @type {string[]} */ ([]);
      if (awaited && !awaited.message) keys = [awaited.key];
      else if (location.href !== before && /^(state_mis|invalid_ca)/.test(code)) {
        const all = this.#resumed();
        // This page does not listen to them; the next that asks may.
        for (const popup of all) ask('popupEvent', { key: popup, event: 'abort' });
        const named = all.find((popup) => url.includes(popup.slice(KEY_PREFIX)));
        keys = named ? [named] : all;
      }
      const failure = note({ code, error: reason, hint: description });
      const heard = keys.map((popup) => this.#told(popup, failure, PATIENCE));
      if ((await Promise.all(heard)).includes(true)) return GONE;
      throw error;
    } finally {
      if (location.href !== before && location.protocol === 'http:') {
        console.warn('sign-in-with-x: this page keeps the code among its performance entries. A page of its own with sign-in-with-x/callback does not.');
      }
    }
    if (awaited) {
      // A code must not be handed to two pages: here its whole life is the page's that waits.
      const { handoff, user, scopes } = result;
      const answer = handoff ? { response: new URL(url).search } : { ...user, scope: scopes, asked: found.scope, status: 200 };
      if (await this.#told(awaited.key, note(answer), handoff ? CODE_LIFE : PATIENCE)) return GONE;
      if (handoff) {
        this.#onState('idle');
        throw new SignInError('expired');
      }
    }
    return result;
  }

  /**
   * This window is a popup: tells the page that waits, and closes.
   * @param {string} key
   * @param {string} message
   * @param {number} patience
   */
  async #told(key, message, patience) {
    const heard = await tell(key, message, patience);
    if (heard) {
      ask('forget', { key });
      close();
    }
    return heard;
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

/** How it ended, for the page that waits (src/protocol/outcome.rs). @param {Record<string, unknown>} outcome */
const note = (outcome) => `sign-in-with-x/1?${toForm({ v: 1, created_at: Date.now(), ...outcome })}`;

/**
 * The engine's flat answer in its public shape.
 * @param {any} flat
 * @returns {SignInResult}
 */
const toResult = ({ scope, returnTo, ...user }) => ({
  ...(user.id && { user }),
  scopes: scope?.split(' ') ?? [],
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
