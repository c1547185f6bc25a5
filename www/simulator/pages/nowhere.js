/**
 * For a person who is somewhere that there is not.
 * @module
 */
import { layout } from './layout.js';
import { pagesMenu } from './menu.js';

export function nowherePage() {
  return layout(
    'Not here',
    `<h1>Not here</h1>
<p>The simulator has no such page. It has these:</p>
${pagesMenu()}
<p class="small"><a href="/">The simulator’s front page</a></p>`,
  );
}
