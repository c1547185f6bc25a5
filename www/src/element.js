import { draw, isReady, pressedIn, wordsFor } from './engine/engine.js';
import { Client, doctor } from './client.js';
import { init } from './engine/load.js';
import { SignInError } from './errors.js';
import { camelCase, reflect } from './reflect.js';

/** Attributes that configure the sign-in; a change makes a new client. */
const SIGN_IN = ['client-id', 'redirect-uri', 'scope', 'exchange', 'start', 'flow'];
/** Attributes that change the button's looks. */
const LOOKS = ['type', 'theme', 'size', 'shape', 'text', 'logo-alignment', 'width', 'disabled', 'locale', 'label', 'start'];

/** Attributes about who is signed in. */
const IDENTITY = ['identity', 'restore'];
/** Those that are there or not. */
const FLAGS = ['disabled', 'restore'];

const ATTRIBUTES = [...SIGN_IN, ...LOOKS, ...IDENTITY, 'return-to'];

/** @typedef {import('../types/index.d.ts').Session} Session */

/** Results that were announced. @type {WeakSet<object>} */
const told = new WeakSet();

// On a server there is no HTMLElement; the class can still be imported there, only not registered.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** The element `<sign-in-with-x>`; `sign-in-with-x/define` registers it. */
export class SignInWithXElement extends Base {
  static observedAttributes = [...SIGN_IN, ...LOOKS, ...IDENTITY];

  /** @type {Client | undefined} */ #client;
  /** @type {import('../types/index.d.ts').SignInState} */ #state = 'idle';
  /** @type {{ authorize?: string } | undefined} */ #endpoints;
  /** @type {Promise<unknown> | undefined} */ #running;
  /** @type {Session | null} */ #session = null;
  /** Its answer, while a sign-in is under way. @type {Session | null | undefined} */ #found;
  /** The last sign-in went wrong. */ #failed = false;
  /** @type {import('../types/index.d.ts').Phrases | undefined} */ #phrases;
  /** The question who is signed in. @type {Promise<Session | null> | undefined} */ #asking;
  /** Somebody was shown in the button's place, or a notice beside it. @type {unknown} */ #shown;
  /** By this script, not by a server. */ #drawn = false;

  /** X's endpoints, for a simulator. @type {{ authorize?: string } | undefined} */
  get endpoints() {
    return this.#endpoints;
  }
  set endpoints(value) {
    this.#endpoints = value;
    this.#forget();
  }

  /** What it says beside its words. @type {import('../types/index.d.ts').Phrases | undefined} */
  get phrases() {
    return this.#phrases;
  }
  set phrases(value) {
    this.#phrases = value;
    this.#redraw();
  }

  /** What the sign-in is doing. */
  get state() {
    return this.#state;
  }

  /** Who is signed in, as far as the element knows. @type {Session | null} */
  get session() {
    return this.#session;
  }
  set session(value) {
    this.#asking = this.#found = undefined;
    this.#session = value?.user ? value : null;
    if (this.#session) this.#fail(false);
    else if (this.#state === 'signed_in') this.#become('idle');
    this.#identify();
  }

  constructor() {
    super();
    // Here and not in the shadow root: a click on what is inside the element before the engine is there counts too.
    this.addEventListener('click', (event) => {
      // The engine may never come, where a browser or a policy forbids WebAssembly: until then a link leads to the backend.
      if (!isReady() && event.composedPath().some((node) => /** @type {HTMLAnchorElement} */ (node).localName === 'a')) return;
      const pressed = pressedIn(event);
      // A link goes where the person wants it to: with a key held down that is another tab.
      const elsewhere = (event.ctrlKey || event.metaKey) && (!this.shadowRoot || this.hasAttribute('start'));
      if (pressed === 'cancel') {
        this.#use().cancel();
        this.#fail(false);
      } else if (!elsewhere && (pressed !== undefined || (!this.shadowRoot && !this.hasAttribute('disabled')))) {
        event.preventDefault();
        this.signIn();
      }
    });
  }

  connectedCallback() {
    // A property set before the element was defined hides the accessor.
    for (const name of ['endpoints', 'phrases', 'session', ...ATTRIBUTES.map(camelCase)]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = /** @type {any} */ (this)[name];
      delete (/** @type {any} */ (this)[name]);
      /** @type {any} */ (this)[name] = value;
    }
    this.#arrive();
  }

  disconnectedCallback() {
    this.#forget();
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    // Vue writes every attribute again when it hydrates; an attempt that runs is not to end by that.
    if (before !== after && SIGN_IN.includes(name)) this.#forget();
    // A button becomes a link by being another.
    if (name === 'start' && this.#drawn && !before !== !after) this.shadowRoot?.querySelector('[part=button]')?.remove();
    this.#redraw();
    if (name === 'restore') this.#restore();
  }

  /**
   * Starts a sign-in, as a click on the button does. Never rejects: the events tell.
   * @param {import('../types/index.d.ts').SignInRequest} [request]
   */
  async signIn(request) {
    this.#fail(false);
    const before = this.#running;
    // Not after: Firefox's `window.open` lets promises go on, and one that a newer click has replaced is over without a word.
    this.#running = undefined;
    const result = this.#use().signIn({ ...this.#asked(), ...request });
    this.#running = result;
    // A double click shares one attempt.
    if (result === before) return;
    await this.#tell(result.catch((error) => (this.#running === result ? Promise.reject(error) : null)));
  }

  /** What is wrong here before anybody signs in: with the sign-in, and with the attributes. */
  async doctor() {
    return doctor(this.#options(), this);
  }

  /** Draws the button, ends a redirect sign-in that came back to this page, or else asks who is signed in. */
  async #arrive() {
    // The words come beside the engine, not after it.
    this.#words(true);
    await this.#tell(
      init().then(() => {
        if (!this.isConnected) return null;
        this.#draw();
        const anew = this.hasAttribute('disabled') ? null : this.#asked();
        return this.hasAttribute('client-id') ? this.#use().handleCallback(undefined, anew) : null;
      }),
    );
    this.#restore();
  }

  /** @param {Promise<import('../types/index.d.ts').SignInResult | null>} result */
  async #tell(result) {
    try {
      const detail = await result;
      // Elements of one configuration share what a page finds; it is told once.
      if (!detail || told.has(detail)) return;
      if (this.isConnected) told.add(detail);
      this.#welcome(detail);
    } catch (thrown) {
      const error = SignInError.from(thrown);
      if (this.#found && this.#state === 'idle') this.session = this.#found;
      if (error.code === 'cancelled') this.#emit('sign-in-cancel');
      else {
        // Somebody is signed in: then it was a sign-out. And of several elements that hear of one failure, one shows it.
        if (!this.#session && !told.has(error)) this.#fail(true);
        told.add(error);
        // The page's own mistake, which its developer may listen for nowhere.
        if (error.code === 'invalid_config') console.error(`${error} (${error.docs})`);
        this.#emit('sign-in-error', error);
      }
    }
  }

  /** @param {import('../types/index.d.ts').SignInResult} result */
  #welcome(result) {
    this.#found = undefined;
    this.#know(result);
    this.#emit('sign-in', result);
  }

  /** @param {import('../types/index.d.ts').SignInResult} [result] */
  #know(result) {
    if (result?.user) this.session = { user: result.user, scopes: result.scopes };
  }

  /** Shows that a sign-in went wrong, or no longer. @param {boolean} failed */
  #fail(failed) {
    if (failed === this.#failed) return;
    this.#failed = failed;
    this.#redraw();
  }

  /** Shows who is signed in in the button's place, or the button again; and puts its notice right. */
  async #identify() {
    const who = () => (this.getAttribute('identity') === 'none' ? null : this.#session);
    this.#shown ||= who() || this.#failed || this.#state === 'waiting';
    if (!this.shadowRoot || !this.#shown) return;
    // What it takes is not in everybody's download. Without it there is the button.
    const identity = await import('./identity.js').catch(() => null);
    identity?.show(this.shadowRoot, who(), () => this.#tell(this.#leave()), this.#phrases);
  }

  async #leave() {
    const before = this.#session;
    await this.#use().signOut();
    // Somebody else may have signed in meanwhile.
    if (this.#session === before) this.session = null;
    // The button is back by then.
    await this.#identify();
    this.#emit('sign-out');
    return null;
  }

  /** Asks who is signed in, once, and says nothing of it when there is no answer. */
  async #restore() {
    if (!this.hasAttribute('restore') || !isReady() || !this.isConnected || this.#asking || this.#session || this.#state === 'signed_in') return;
    const asking = init().then(() => this.#use().getSession());
    this.#asking = asking;
    const session = await asking.catch(() => null);
    // The host knows better, or the person.
    if (this.#asking !== asking) return;
    this.#asking = undefined;
    if (this.#state === 'idle') this.session = session;
    else this.#found = session;
  }

  #asked() {
    return { returnTo: this.getAttribute('return-to') ?? undefined };
  }

  /** @returns {any} as `createSignIn()` takes them */
  #options() {
    const text = (/** @type {string} */ name) => this.getAttribute(name) ?? undefined;
    return {
      clientId: text('client-id') ?? '',
      redirectUri: text('redirect-uri') ?? '',
      scopes: text('scope'),
      exchange: text('exchange'),
      start: text('start'),
      flow: text('flow'),
      endpoints: this.#endpoints,
      // Handed on to be refused (A13).
      clientSecret: text(this.getAttributeNames().find((name) => name.includes('secret')) ?? ''),
      onLateSignIn: (/** @type {import('../types/index.d.ts').SignInResult} */ result) => this.#welcome(result),
    };
  }

  #use() {
    this.#client ??= new Client(this.#options(), (state, result) => {
      // Before it is said whose name it is.
      this.#know(result);
      this.#become(state);
    });
    return this.#client;
  }

  #forget() {
    // It was another backend's, perhaps.
    this.#found = undefined;
    this.#client?.destroy();
    this.#client = undefined;
  }

  /** @param {import('../types/index.d.ts').SignInState} state */
  #become(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#failed = false;
    this.#redraw();
    this.#emit('sign-in-state', { state });
  }

  /** Its looks, in words of its language. @param {unknown} shown @param {() => void} [again] */
  #words(shown, again = () => {}) {
    const looks = LOOKS.map((name) => [name, name === 'disabled' ? this.hasAttribute(name) : this.getAttribute(name)]);
    return wordsFor(this, Object.fromEntries(looks), shown, again);
  }

  #redraw() {
    // A server's button is left as it is until this element has its place: its attributes are told of one by one before that.
    if (this.#drawn) this.#draw();
  }

  #draw() {
    // A server's button is there before the engine, and is left as it is until then.
    if (!isReady()) return;
    const looks = this.#words(this.#drawn, () => this.#draw());
    // What is between the tags is seen until then.
    if (!looks) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: true });
    this.#drawn = true;
    draw(root, { ...this.#phrases, ...looks, activity: this.#state, error: this.#failed }, this.#session?.user);
    this.#identify();
  }

  /** @param {string} name @param {unknown} [detail] */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

reflect(SignInWithXElement.prototype, ATTRIBUTES, FLAGS);
