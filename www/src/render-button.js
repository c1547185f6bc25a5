import { draw, isReady, pressedIn } from './engine/engine.js';
import { init } from './engine/load.js';

/**
 * Puts a button into an element of the host's that signs in with this client.
 * @param {Element} target
 * @param {import('./client.js').Client} client
 * @param {Set<(state: import('../types/index.d.ts').SignInState) => void>} states told of what the client does
 * @param {import('../types/index.d.ts').ButtonOptions} [options]
 */
export function mountButton(target, client, states, options = {}) {
  const host = document.createElement('span');
  const root = host.attachShadow({ mode: 'open' });
  let { onResult, onError, ...looks } = options;
  let removed = false;
  let activity = 'idle';
  const show = () => {
    const { logoAlignment, ...rest } = looks;
    if (isReady() && !removed) draw(root, { ...rest, 'logo-alignment': logoAlignment, activity });
  };
  /** @param {string} state */
  const follow = (state) => {
    activity = state;
    show();
  };
  states.add(follow);
  /** @type {Promise<unknown> | undefined} */ let running;
  root.addEventListener('click', (event) => {
    const pressed = pressedIn(event);
    if (pressed === 'cancel') {
      // What was pressed is about to go, and would take the keyboard with it.
      root.querySelector('button')?.focus();
      client.cancel();
    }
    if (pressed === undefined || pressed === 'cancel') return;
    const before = running;
    // Not after: Firefox's `window.open` lets promises go on, and one that a newer click has replaced is over without a word.
    running = undefined;
    const result = client.signIn();
    running = result;
    // A double click shares one attempt.
    if (result === before) return;
    result.then(onResult, (error) => running === result && onError?.(error));
  });
  init().then(show, onError);
  target.append(host);
  return {
    /** @param {import('../types/index.d.ts').ButtonOptions} changes */
    update(changes) {
      ({ onResult, onError, ...looks } = { ...looks, onResult, onError, ...changes });
      show();
    },
    remove() {
      removed = true;
      states.delete(follow);
      host.remove();
    },
  };
}
