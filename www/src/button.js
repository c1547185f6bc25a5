import { ask } from './engine/engine.js';
import { init } from './engine/load.js';
import { toForm } from './form.js';

/**
 * Draws the button into a shadow root, as soon as the engine is there.
 * @param {ShadowRoot} root
 * @param {Record<string, unknown>} attributes by their HTML names, and `activity`
 */
export function draw(root, attributes) {
  // Through CSSOM, which style-src allows; a `style` attribute it would not (F1).
  const { width } = attributes;
  const host = /** @type {HTMLElement} */ (root.host);
  host.style.setProperty('--sign-in-with-x-width', Number(width) ? `${width}px` : '');
  ask((engine) => engine.renderButton(root, toForm(attributes)));
}

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
