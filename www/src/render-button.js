import { draw } from './engine/engine.js';
import { init } from './engine/load.js';

/**
 * Puts a button into an element of the host's that signs in with this client.
 * @param {Element} target
 * @param {import('./client.js').Client} client
 * @param {import('../types/index.d.ts').ButtonOptions} [options]
 */
export function mountButton(target, client, options = {}) {
  const host = document.createElement('span');
  const root = host.attachShadow({ mode: 'open' });
  let { onResult, onError, ...looks } = options;
  let removed = false;
  const show = (activity = 'idle') => {
    const { logoAlignment, ...rest } = looks;
    if (!removed) draw(root, { ...rest, 'logo-alignment': logoAlignment, activity });
  };
  root.addEventListener('click', () => {
    const result = client.signIn();
    show('waiting');
    result.then(onResult, onError).finally(show);
  });
  init().then(() => show(), onError);
  target.append(host);
  return {
    /** @param {import('../types/index.d.ts').ButtonOptions} changes */
    update(changes) {
      ({ onResult, onError, ...looks } = { ...looks, onResult, onError, ...changes });
      init().then(() => show(), onError);
    },
    remove() {
      removed = true;
      host.remove();
    },
  };
}
