/**
 * What a page is under a name that is not this machine's.
 * @module
 */
import { escaped, layout } from './layout.js';

/** @param {import('../types.js').World} world */
export function elsewherePage({ url }) {
  return layout(
    'Not at this address',
    `<h1>Not at this address</h1>
<p>The simulator shows its pages under the names of this machine only, so that no other site can read them under a name of its own. Open it at <code>${escaped(url)}</code>.</p>
<div class="actions"><a class="button" href="${escaped(url)}/">To the simulator</a></div>`,
  );
}
