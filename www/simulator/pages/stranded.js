/**
 * Where the fault `never_redirect` leaves a person: still at X, with the App waiting for nothing.
 * @module
 */
import { hint, layout } from './layout.js';

export function strandedPage() {
  return layout(
    'X',
    `<h1>What’s happening</h1>
<p>This page does not lead back to the App.</p>
${hint('<p>The fault <code>never_redirect</code> is at work: X took the decision and sent the browser nowhere. The App has to offer a way to start again.</p>')}`,
  );
}
