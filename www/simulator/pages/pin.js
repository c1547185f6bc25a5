/**
 * The PIN that a person carries over to an App which has no page to go back to (`oauth_callback=oob`).
 * @module
 */
import { escaped, layout } from './layout.js';

/**
 * @param {string} app
 * @param {string} pin
 */
export function pinPage(app, pin) {
  const name = escaped(app);
  return layout(
    'Your PIN',
    `<h1>You’ve granted access to ${name}</h1>
<p>Next, return to ${name} and enter this PIN to complete the authorization process:</p>
<p class="pin"><code id="pin">${escaped(pin)}</code></p>
<p class="quiet small">It works once. You can close this page afterwards.</p>`,
  );
}
