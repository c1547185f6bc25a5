/**
 * What a form gets that was sent already, is from another page, or from somebody who is no longer signed in.
 * @module
 */
import { layout } from './layout.js';

/** @param {string} [back] @param {string} [words] */
export function stalePage(back = '/settings/connected_apps', words = 'Back to the settings') {
  return layout(
    'Something went wrong',
    `<h1>Something went wrong</h1>
<p>This form is no longer good, or does not come from a page of the simulator. Nothing was changed.</p>
<div class="actions"><a class="button" href="${back}">${words}</a></div>`,
  );
}
