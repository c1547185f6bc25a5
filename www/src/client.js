import * as backend from './backend.js';
import { ask, isReady } from './engine/engine.js';
import { init } from './engine/load.js';
import { SignInError } from './errors.js';
import { toForm } from './form.js';
import { openPopup, openPopupEarly } from './popup-window.js';

/**
 * @typedef {import('../types/index.d.ts').SignInOptions} SignInOptions
 * @typedef {import('../types/index.d.ts').SignInRequest} SignInRequest
 * @typedef {import('../types/index.d.ts').SignInResult} SignInResult
 * @typedef {import('../types/index.d.ts').SignInState} SignInState
 * @typedef {import('../types/index.d.ts').SignIn} SignInApi
 */

/** A second click within this many milliseconds is a double click; a later one means "try again". */
const DOUBLE_CLICK = 1000;

/** Callbacks that are being handled on this page, so that a component that mounts twice handles one once. */
const arriving = /** @type {Map<string, Promise<SignInResult | null>>} */ (new Map());

/**
 * One configuration.
 * @implements {Omit<SignInApi, 'doctor' | 'renderButton'>}
 */
export class Client {
  /** @type {string} */ #options;
  /** @type {string} */ #exchange;
  /** @type {import('../types/index.d.ts').Flow | undefined} */ #flow;
  /** @type {(state: SignInState) => void} */ #onState;
  #life = new AbortController();
  /** @type {{ began: number, stop: AbortController, result: Promise<SignInResult> } | undefined} */ #attempt;

  /**
   * @param {SignInOptions} options
   * @param {(state: SignInState) => void} [onState] hears what the sign-in is doing
   */
  constructor(options, onState = () => {}) {
    const { endpoints, ...rest } = options ?? {};
    this.#options = toForm({ ...rest, authorize: endpoints?.authorize });
    this.#exchange = rest.exchange ?? '/auth/x/exchange';
    this.#flow = rest.flow;
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
    running?.stop.abort();
    const stop = new AbortController();
    for (const signal of [this.#life.signal, request.signal]) {
      if (signal?.aborted) stop.abort();
      signal?.addEventListener('abort', () => stop.abort(), { signal: stop.signal });
    }
    const result = this.#run(request, stop.signal).finally(() => {
      if (this.#attempt?.stop === stop) this.#attempt = undefined;
      stop.abort();
    });
    this.#attempt = { began: performance.now(), stop, result };
    return result;
  }

  /**
   * @param {SignInRequest} request
   * @param {AbortSignal} signal
   */
  async #run({ flow = this.#flow, returnTo, params }, signal) {
    if (signal.aborted) throw new SignInError('cancelled');
    const touch = matchMedia('(pointer: coarse)').matches;
    const fields = request({ flow, touch, returnTo, params });
    /** @type {typeof openPopup} */ let open = openPopup;
    try {
      if (!isReady()) {
        const early = flow === 'redirect' || (touch && flow !== 'popup') ? undefined : openPopupEarly();
        if (early) open = early;
        this.#onState('loading');
        await init().catch((error) => {
          early?.close();
          throw error;
        });
      }
      const approval = new Promise((resolve, reject) => {
        ask((engine) => engine.signIn(this.#options, fields, open, signal, resolve, reject));
      });
      this.#onState('waiting');
      return await this.#finish(await approval);
    } catch (thrown) {
      // A newer attempt speaks for itself.
      if (this.#attempt?.stop.signal === signal) this.#onState('idle');
      throw SignInError.from(thrown);
    }
  }

  /**
   * Sends a checked callback to the backend, or hands it to the host.
   * @param {any} approval
   * @returns {Promise<SignInResult>}
   */
  async #finish({ exchange, scope, returnTo, ...handoff }) {
    this.#onState('finishing');
    if (!exchange) {
      this.#onState('signed_in');
      return { scopes: scope.split(' '), returnTo, handoff };
    }
    const answer = await backend.exchange(exchange, handoff, scope);
    const result = toResult({ ...ask((engine) => engine.readExchange(answer)), returnTo });
    this.#onState('signed_in');
    return result;
  }

  /**
   * @param {string | URL} [url]
   * @returns {Promise<SignInResult | null>}
   */
  handleCallback(url) {
    const key = `${this.#options} ${url ?? ''}`;
    const running = arriving.get(key);
    if (running) return running;
    const result = this.#arrive(String(url ?? location.href)).finally(() => arriving.delete(key));
    arriving.set(key, result);
    return result;
  }

  /** @param {string} url */
  async #arrive(url) {
    await init();
    const found = ask((engine) => engine.handleCallback(this.#options, url));
    if (!found?.code) return found && toResult(found);
    try {
      return await this.#finish(found);
    } catch (thrown) {
      this.#onState('idle');
      throw thrown;
    }
  }

  /** @param {Pick<SignInRequest, 'returnTo' | 'params'>} [request] */
  authorizationUrl({ returnTo, params } = {}) {
    return ask((engine) => engine.authorizationUrl(this.#options, request({ returnTo, params })));
  }

  getSession() {
    return backend.session(sibling(this.#exchange, 'session'));
  }

  signOut() {
    return backend.signOut(sibling(this.#exchange, 'signout'));
  }

  /** Ends whatever is waiting; the client cannot be used again. */
  destroy() {
    this.#life.abort();
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
 * @param {SignInRequest & { touch?: boolean }} request
 */
const request = ({ params = {}, returnTo = location.pathname + location.search + location.hash, ...rest }) => {
  const marked = Object.entries(params).map(([name, value]) => [`params.${name}`, value]);
  return toForm({ origin: location.origin, returnTo, ...rest, ...Object.fromEntries(marked) });
};

/**
 * The route beside another: `/auth/x/exchange` → `/auth/x/session`.
 * @param {string} url
 * @param {string} name
 */
const sibling = (url, name) => String(new URL(name, new URL(url, location.href)));
