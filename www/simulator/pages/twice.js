/**
 * The page of the fault `deliver_twice` by the browser. A page without scripts can send its window away once and is gone,
 * so whoever is there presses both links: the one to a new tab first, which leaves this page where it is.
 * @module
 */
import { escaped, hint, layout } from './layout.js';

/** @param {string} location the callback, with its parameters */
export function twicePage(location) {
  const href = escaped(location);
  return layout(
    'Redirecting you back to the App',
    `<h1>Redirecting you back to the App</h1>
<p>If nothing happens, continue by yourself.</p>
<div class="actions">
<a class="button primary" id="continue" href="${href}">Continue</a>
<a class="button" id="continue-in-new-tab" href="${href}" target="_blank">Continue in a new tab</a>
</div>
${hint('<p>The fault <code>deliver_twice</code> is at work: both lead to the callback with the same code. Press the second, then the first.</p>')}`,
  );
}
