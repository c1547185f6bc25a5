/**
 * The demo page: two buttons, what comes of them, and a panel that follows along.
 * @module
 */

import { createSignIn } from 'sign-in-with-x';
import 'sign-in-with-x/define';
import { config } from './config.js';
import { focusAccount, hideAccount, showAccount } from './account.js';
import { choice } from './choice.js';
import './code.js';
import { clearNotice, showCancelled, showError } from './notice.js';
import { timeline } from './timeline.js';

const { redirectUri } = config;
const { clientId, exchange, start } = choice;
const endpoints = { authorize: config.authorize };
const client = createSignIn({ clientId, redirectUri, endpoints, exchange, ...(start && { start }) });

/** Which step is under way when a button says so; how a sign-in ends is told by events of their own. */
/** @type {Partial<Record<string, string>>} */
const STEP_OF = { loading: 'clicked', waiting: 'approved', finishing: 'checked' };

/** The way of the sign-in that began on this page, if one did. A redirect begins on one page and ends on the next. */
let begun = '';
/** Counts the questions to the backend: only the answer to the newest is shown. */
let asked = 0;

for (const button of document.querySelectorAll('sign-in-with-x')) {
  Object.assign(button, { clientId, redirectUri, endpoints, exchange, start });
  button.addEventListener('sign-in-state', ({ detail }) => {
    const step = STEP_OF[detail.state];
    if (!step) return;
    // A redirect that comes back finishes here, and began on the page before.
    if (detail.state !== 'finishing') begun = button.flow;
    clearNotice();
    timeline.reach(step);
  });
  button.addEventListener('sign-in', () => {
    if (begun) void greet(`Signed in by ${begun}.`, true);
    else void greet('Signed in by redirect: to X, to the callback page, and back here.', false);
  });
  button.addEventListener('sign-in-cancel', () => {
    timeline.stop('cancelled', 'The person said no, or closed the window.');
    showCancelled();
  });
  button.addEventListener('sign-in-error', ({ detail }) => fail(detail));
}

/**
 * Asks the backend who is signed in, and shows it.
 * @param {string} how
 * @param {boolean} watched the person saw it happen on this page
 */
async function greet(how, watched) {
  if (watched) timeline.reach('cookie');
  asked += 1;
  const question = asked;
  const session = await client.getSession().catch(fail);
  if (question !== asked || !session) return;
  clearNotice();
  showAccount(session, leave);
  if (watched) timeline.finish(how);
  else timeline.recall(how);
  if (watched) focusAccount();
}

async function leave() {
  try {
    await client.signOut();
  } catch (error) {
    return void fail(/** @type {import('sign-in-with-x').SignInError} */ (error));
  }
  hideAccount();
  timeline.clear();
  document.querySelector('sign-in-with-x')?.focus();
}

/**
 * @param {import('sign-in-with-x').SignInError} error
 * @returns {null}
 */
function fail(error) {
  timeline.stop(error.code, 'The sign-in stopped here.');
  showError(error);
  return null;
}

await greet('You were signed in already: the session cookie answered.', false);
