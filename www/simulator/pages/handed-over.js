/**
 * Where the fault `second_browser` leaves the browser that decided.
 * @module
 */
import { hint, layout } from './layout.js';

export function handedOverPage() {
  return layout(
    'Continue in the other app',
    `<h1>You’re going on in another app</h1>
<p>X has opened it for you. You can close this page.</p>
${hint('<p>The fault <code>second_browser</code> is at work: the callback went to another browser, which is where a test opens it. The control has its address under <code>/_control/handed-over</code>.</p>')}`,
  );
}
