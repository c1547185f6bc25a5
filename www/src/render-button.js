import { draw, init, isReady, pressedIn, wordsFor } from './first.js';

/**
 * Puts a button into an element of the host's that signs in with this client.
 * @param {Element} target
 * @param {import('./client.js').Client} client
 * @param {Set<(state: import('../types/index.d.ts').SignInState, result?: import('../types/index.d.ts').SignInResult) => void>} states told of what the client does
 * @param {import('../types/index.d.ts').ButtonOptions} [options]
 * @param {string} [language] unless the options name one
 */
export function mountButton(target, client, states, options = {}, language = '') {
  const host = document.createElement('span');
  const root = host.attachShadow({ mode: 'open' });
  let { onResult, onError, onSignOut, identity, session = null, ...looks } = options;
  /** @type {unknown} */ let known;
  let removed = false;
  let failed = false;
  let activity = 'idle';
  const show = () => {
    if (removed) return;
    const { logoAlignment, phrases, locale = language, ...rest } = looks;
    const words = wordsFor(host, { ...rest, locale, 'logo-alignment': logoAlignment }, !isReady() || root.firstChild, show);
    if (!words || !isReady()) return;
    draw(root, { ...phrases, ...words, activity, error: failed && !session }, session?.user);
    void identify();
  };
  /** Shows who is signed in in the button's place, or the button again; and puts its notice right. */
  const identify = async () => {
    const who = () => (identity === 'none' ? null : session);
    known ||= who() || failed || activity === 'waiting';
    if (!isReady() || removed || !known) return;
    const chip = await import('./identity.js').catch(() => null);
    chip?.show(root, who(), leave, looks.phrases);
  };
  const leave = async () => {
    const before = session;
    try {
      await client.signOut();
    } catch (error) {
      return onError?.(/** @type {import('../types/index.d.ts').SignInError} */ (error));
    }
    // Somebody else may have signed in meanwhile.
    if (session === before) forget();
    // The button is back by then.
    await identify();
    onSignOut?.();
  };
  const forget = () => {
    session = null;
    if (activity === 'signed_in') activity = 'idle';
    show();
  };
  /** @param {string} state @param {import('../types/index.d.ts').SignInResult} [result] by whichever way it came */
  const follow = (state, result) => {
    if (result?.user) session = { user: result.user, scopes: result.scopes };
    activity = state;
    failed = false;
    show();
  };
  states.add(follow);
  /** @type {Promise<unknown> | undefined} */ let running;
  root.addEventListener('click', (event) => {
    const pressed = pressedIn(event);
    if (pressed === undefined) return;
    failed = false;
    show();
    if (pressed === 'cancel') return client.cancel();
    const before = running;
    // Not after: Firefox's `window.open` lets promises go on, and one that a newer click has replaced is over without a word.
    running = undefined;
    const result = client.signIn();
    running = result;
    // A double click shares one attempt.
    if (result === before) return;
    result.then(onResult, (error) => {
      if (running !== result) return;
      failed = error.code !== 'cancelled';
      show();
      onError?.(error);
    });
  });
  // The words come beside the engine, not after it.
  show();
  init().then(show, onError);
  target.append(host);
  return {
    /** @param {import('../types/index.d.ts').ButtonOptions} changes */
    update(changes) {
      ({ onResult, onError, onSignOut, identity, session = null, ...looks } = { ...looks, onResult, onError, onSignOut, identity, session, ...changes });
      if (session) show();
      else forget();
    },
    remove() {
      removed = true;
      states.delete(follow);
      host.remove();
    },
  };
}
