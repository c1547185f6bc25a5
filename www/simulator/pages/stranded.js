/**
 * Where the faults `strand` and `never_redirect` leave a person: still at X, with the App waiting for nothing. Nothing
 * on these pages can be pressed.
 * @module
 */
import { hint, layout } from './layout.js';

const SHOWN = {
  error: '<h1>Something went wrong</h1>\n<p>Try reloading.</p>',
  home: '<h1>What’s happening</h1>\n<p>This page does not lead back to the App.</p>',
};

const EXPLAINED = {
  strand: 'X asked nothing, and has lost the way back to the App.',
  never_redirect: 'X took the decision and sent the browser nowhere.',
};

/**
 * @param {keyof typeof EXPLAINED} fault
 * @param {keyof typeof SHOWN} shows
 */
export function strandedPage(fault, shows) {
  return layout(
    'X',
    `${SHOWN[shows]}
${hint(`<p>The fault <code>${fault}</code> is at work: ${EXPLAINED[fault]} The App has to offer a way to start again.</p>`)}`,
  );
}
