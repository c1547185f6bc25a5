/**
 * What a person sees when X will not start a sign-in. X sends nobody back to the App from here, and its words tell a
 * developer nothing, so the simulator adds what to mend.
 * @module
 */
import { escaped, hint, layout } from './layout.js';

/** @param {string} fix plain text for the developer */
export function refusalPage(fix) {
  return layout(
    'Something went wrong',
    `<h1>Something went wrong</h1>
<p>You weren’t able to give access to the App. Go back and try logging in again.</p>
${hint(`<p id="fix">${escaped(fix)}</p>`)}`,
  );
}
