/**
 * What stands between "Cancel" and the App in OAuth 1.0a: X tells the person first, and leads back by a link.
 * @module
 */
import { escaped, layout } from './layout.js';

/**
 * @param {string} app
 * @param {string} [back] the callback with its parameters; none when the App has no page to go back to
 */
export function cancelledPage(app, back) {
  const name = escaped(app);
  return layout(
    'You cancelled',
    `<h1>OK, you’ve denied ${name} access to your account</h1>
<p>${name} was given nothing. If you change your mind, start again from there.</p>
${back === undefined ? '' : `<div class="actions"><a class="button primary" id="return" href="${escaped(back)}">Return to ${name}</a></div>`}`,
  );
}
