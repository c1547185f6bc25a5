/** A window of a fake browser: a global object of its own, and a record of what its page does. */
import vm from 'node:vm';
import { callbackPage, library } from './bundles.mjs';
import { makeElement } from './element.mjs';
import { nowhere } from './shadow.mjs';
import { makeStorage } from './storage.mjs';

/**
 * @typedef {object} Shown how a window is shown
 * @property {Record<string, string>} [session] what its sessionStorage begins with
 * @property {any} [opener] what the tie to its opener is good for; none by default, as X cuts it
 * @property {any} [around] the window around this one
 * @property {PropertyDescriptorMap} [more] globals in another's place
 * @property {string} [navigation] how the page was reached
 * @property {boolean} [early] scripts run before there is a body
 */

export class FakeWindow {
  /** What happened, in order. @type {any[][]} */ log = [];
  /** Listeners on the window by event. @type {Map<string, Set<Function>>} */ #listeners = new Map();
  /** The windows it opened. @type {ReturnType<FakeWindow['handle']>[]} */ opened = [];
  /** What `open` gives. @type {(handle: any) => any} */ opens = (handle) => handle;
  /** @type {import('./storage.mjs').StorageFault | undefined} */ storageFault;
  /** @type {number[]} */ #timers = [];
  hasFocus = true;
  atOnce = 0;
  /** Media queries that hold. @type {string[]} */ media = [];
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0';

  /** @param {import('./browser.mjs').Browser} browser @param {string} address @param {Shown} [shown] */
  constructor(browser, address, shown = {}) {
    this.browser = browser;
    const { clock } = browser;
    const began = clock.time;
    const log = (/** @type {any[]} */ ...what) => void this.log.push(what);
    const self = this;
    this.session = makeStorage(shown.session ?? {}, log, () => this.storageFault);
    /** The page's address; leaving is only noted. */
    this.location = Object.assign(new URL(address), {
      assign: (/** @type {string} */ to) => log('leave', String(to)),
      replace: (/** @type {string} */ to) => log('leave', String(to)),
    });
    this.place = makeElement();
    class Document {
      /** A form control of this name takes the method's place. */
      hasFocus = {};
      title = '';
      body = shown.early ? null : makeElement();
      getElementById = () => self.place;
      createElement = makeElement;
      createElementNS = () => nowhere;
    }
    Document.prototype.hasFocus = () => this.hasFocus;
    this.document = new Document();
    this.performance = {
      timeOrigin: browser.steady + began,
      now: () => clock.time - began,
      getEntriesByType: () => [{ type: shown.navigation ?? 'navigate' }],
    };
    /** @type {any} */ this.globals = {
      URL, URLSearchParams, AbortController, AbortSignal, Event, TextEncoder, TextDecoder, Response, crypto,
      Document,
      CSSStyleSheet: class { replaceSync() {} },
      document: this.document,
      location: this.location,
      origin: this.location.origin,
      history: { replaceState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ to) => {
        log('replaceState', to);
        this.location.href = new URL(to, this.location).href;
      } },
      performance: this.performance,
      Date: { now: clock.now },
      setTimeout: (/** @type {() => void} */ run, /** @type {number} */ after) => this.#timed(clock.setTimeout(run, after)),
      setInterval: (/** @type {() => void} */ run, /** @type {number} */ every) => this.#timed(clock.setInterval(run, every)),
      clearTimeout: clock.clear,
      clearInterval: clock.clear,
      matchMedia: (/** @type {string} */ query) => ({ matches: this.media.includes(query) }),
      navigator: { get userAgent() { return self.userAgent; }, locks: browser.locks.for(this) },
      screenX: 0, screenY: 0, outerWidth: 1200, outerHeight: 800,
      open: (/** @type {string} */ url) => this.#open(url),
      close: () => log('close'),
      stop: () => log('stop'),
      opener: shown.opener ?? null,
      console: { warn: (/** @type {string} */ text) => log('warn', text), error: (/** @type {unknown} */ said) => log('error', said) },
      fetch: (/** @type {string} */ url, /** @type {any} */ init) => this.#fetch(url, init),
      addEventListener: (/** @type {string} */ name, /** @type {Function} */ run, /** @type {any} */ options) => this.#listen(name, run, options),
      removeEventListener: (/** @type {string} */ name, /** @type {Function} */ run) => this.#listeners.get(name)?.delete(run),
      BroadcastChannel: browser.channels.for(log),
      localStorage: browser.shared.for((event) => this.dispatch('storage', event)),
    };
    Object.defineProperty(this.globals, 'sessionStorage', {
      configurable: true,
      get: () => {
        if (this.storageFault === 'off') throw new DOMException('off', 'SecurityError');
        return this.session;
      },
    });
    this.globals.window = this.globals;
    this.globals.top = shown.around?.top ?? this.globals;
    this.globals.parent = shown.around ?? this.globals;
    Object.defineProperties(this.globals, shown.more ?? {});
    vm.createContext(this.globals);
  }

  /** How many listeners the window has. */
  get listeners() {
    return [...this.#listeners.values()].reduce((total, set) => total + set.size, 0);
  }

  /** @param {number} name */
  #timed(name) {
    this.#timers.push(name);
    return name;
  }

  /** Its page goes away, and all that it listened to. */
  unload() {
    for (const name of this.#timers) this.browser.clock.clear(name);
    for (const channel of this.browser.channels.open) if (channel instanceof this.globals.BroadcastChannel) this.browser.channels.open.delete(channel);
    this.browser.locks.release(this);
    this.#listeners.clear();
  }

  /** Everything of one kind that happened. @param {string} what */
  did(what) {
    return this.log.filter(([name]) => name === what).map(([, ...rest]) => rest);
  }

  /** @param {string} name @param {Function} run @param {{ signal?: AbortSignal }} [options] */
  #listen(name, run, { signal } = {}) {
    if (signal?.aborted) return;
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(run));
    signal?.addEventListener('abort', () => listeners.delete(run));
  }

  /** @param {string} name @param {any} event */
  dispatch(name, event) {
    for (const run of [...(this.#listeners.get(name) ?? [])]) run(event);
  }

  /** @param {string} url */
  #open(url) {
    const handle = this.handle(url);
    this.log.push(['open', url]);
    const given = this.opens(handle);
    if (given === handle) this.opened.push(handle);
    return given;
  }

  /** What a page has of a window that it opened: with a copy of its storage. @param {string} url */
  handle(url) {
    /** Not in the task that began it: until then it is a window of this origin (HTML, "initial about:blank"). */
    let shows = false;
    const goesOn = () => void setImmediate(() => (shows = Boolean(handle.url)));
    const handle = {
      url,
      session: /** @type {Record<string, string>} */ ({ ...this.session }),
      closed: false,
      wasClosed: false,
      document: { body: /** @type {{ textContent: string } | null} */ ({ textContent: '' }) },
      /** The page may write there as long as the window shows nothing yet. */
      get sessionStorage() {
        if (shows) throw new DOMException('', 'SecurityError');
        return { setItem: (/** @type {string} */ key, /** @type {string} */ value) => void (handle.session[key] = value) };
      },
      location: {
        replace(/** @type {string} */ to) {
          handle.url = to;
          goesOn();
        },
      },
      close() {
        handle.wasClosed = true;
        handle.closed = true;
      },
    };
    goesOn();
    return handle;
  }

  /** @param {string} url @param {any} init */
  async #fetch(url, init) {
    this.log.push(['fetch', url]);
    return this.browser.answer(url, init);
  }

  /** Runs the callback page's script; what it did before the event loop turned is counted, in time for `pass()`. */
  runCallback() {
    setImmediate(() => (this.atOnce = this.log.length));
    callbackPage.runInContext(this.globals);
  }

  /** Runs the package. @returns {typeof import('../../../www/src/index.js') & typeof import('../../../www/src/client.js') & typeof import('../../../www/src/engine/engine.js') & typeof import('../../../www/src/engine/load.js') & typeof import('../../../www/src/element.js')} */
  runLibrary() {
    library.runInContext(this.globals);
    return vm.runInContext('signInWithX', this.globals);
  }
}
