// What a client does after the click: waits for the popup, takes its answer, and ends a sign-in that came back to this page.
// Loaded when somebody has pressed the button, or when this page may be the end of a sign-in, with the whole engine.
import * as backend from './backend.js';
import { SignInError, ask, forget, learn, page, sibling, take, toForm } from './given.js';
import { claim, isClaimed } from './locks.js';
import { listen } from './popup.js';
import { codes, reasons } from './sentences.js';
import { tell } from './tell.js';

export { glue } from '../generated/browser/engine_bg.js';
export { session, signOut } from './backend.js';

/**
 * @typedef {import('./client.js').Inside} Inside
 * @typedef {import('./client.js').Attempt} Attempt
 * @typedef {import('./client.js').Begun} Begun
 * @typedef {import('../types/index.d.ts').SignInRequest} SignInRequest
 * @typedef {import('../types/index.d.ts').SignInResult} SignInResult
 */

/** Milliseconds in which a page that opened this popup takes over its answer, if there is one. */
const TAKE_OVER = 1000;

/** Milliseconds in which it hears how it ended. It may just be loading. */
const PATIENCE = 3000;

/** Milliseconds for which X's codes are good. */
const CODE_LIFE = 30_000;

/** Characters of a key before the state. */
const KEY_PREFIX = 15;

/** Callbacks that are being handled on this page, so that a component that mounts twice handles one once. */
const arriving = /** @type {Map<string, Promise<SignInResult | typeof RESTART | typeof GONE | null>>} */ (new Map());

/** The person asked on the callback page to begin anew. */
const RESTART = Symbol();

/** The page that opened this popup has the answer; the window closes. */
const GONE = Symbol();

/** Before anything else of it. @param {import('./given.js').First} first what the page had before the click */
export function start(first) {
  take(first);
  learn(codes, reasons);
}

/** Hands the whole engine an attempt that was begun. @param {Begun} begun */
export const adopt = ({ key, record, timeout }) => ask('adopt', { key, record, timeout });

/**
 * Waits for a popup.
 * @param {Inside} client
 * @param {Begun} begun
 * @param {Window} popup
 * @param {Attempt} attempt
 */
export function wait(client, begun, popup, attempt) {
  const { key } = begun;
  adopt(begun);
  listen(
    key,
    popup,
    attempt.stop.signal,
    (found) => answered(client, found, key, attempt),
    (thrown) => client.fail(attempt, thrown),
    client.attempt !== attempt,
  );
}

/**
 * An answer, be it to the attempt that is waited for or to one that no longer is: whoever waits has signed in.
 * @param {Inside} client
 * @param {any} found
 * @param {string} key
 * @param {Attempt} [own] the attempt that it answers
 */
async function answered(client, found, key, own) {
  /** @type {SignInResult} */ let result;
  try {
    // Its own window is exchanging it.
    if (found.exchange && !(await claim(key, CODE_LIFE))) throw new SignInError('already_used');
    result = await finish(client, found);
  } catch (thrown) {
    // Nobody waits for one that was given up; the one that is waited for goes on.
    if (own && client.attempt === own) client.fail(own, thrown);
    else client.onState(client.attempt ? 'waiting' : 'idle');
    return;
  }
  const attempt = client.attempt;
  client.attempt = undefined;
  // A newer popup is not needed any more.
  if (attempt !== own) attempt?.stop.signal.dispatchEvent(new Event('cancel'));
  if (attempt) attempt.resolve(result);
  else if (!client.isDestroyed) client.onLate?.(result);
}

/**
 * Sends a checked callback to the backend, hands it to the host, or takes what the callback page has brought.
 * @param {Inside} client
 * @param {any} found
 * @returns {Promise<SignInResult>}
 */
async function finish(client, found) {
  const { exchange, scope, returnTo, ...handoff } = found;
  client.onState('finishing');
  /** @type {SignInResult} */ let result;
  if (exchange) {
    // Where the backend began it, it finishes it.
    const answer = await backend.exchange(handoff.state ? sibling(exchange, 'exchange') : exchange, handoff, scope);
    result = toResult({ ...ask('readExchange', { answer }), returnTo });
  } else if (handoff.code) result = { scopes: scope.split(' '), returnTo, handoff };
  else result = toResult(found);
  client.onState('signed_in', result);
  return result;
}

/**
 * @param {Inside} client
 * @param {string} url
 * @param {Where} where
 * @param {SignInRequest | null} anew what to begin with when the callback page asks for it; null: nothing
 * @returns {Promise<SignInResult | null>}
 */
export async function handleCallback(client, url, where, anew) {
  const key = `${client.options} ${where.isHere ? '' : url}`;
  let running = arriving.get(key);
  if (!running) {
    running = arrive(client, url, where);
    arriving.set(key, running);
    const over = () => arriving.delete(key);
    running.then(over, over);
  }
  const result = await running;
  if (result === GONE) return null;
  if (client.isDestroyed) return result === RESTART ? null : result;
  if (result === RESTART) {
    // Of several that have heard of it, one goes.
    if (page.hasLeft || !anew) return null;
    return client.signIn({ ...anew, flow: 'redirect' });
  }
  if (!result) {
    for (const popup of resumed(client)) listen(popup, null, client.stop().signal, (late) => answered(client, late, popup));
  }
  return result;
}

/** The popups of the page before this one. @param {Inside} client @returns {string[]} */
function resumed(client) {
  return ask('resume', { options: client.options })?.keys.split(' ') ?? [];
}

/** Whose an address is: this page's own, and this page's as the page found it. @typedef {{ isOwn: boolean, isHere: boolean }} Where */

/**
 * @param {Inside} client
 * @param {string} url
 * @param {Where} where
 * @returns {Promise<SignInResult | typeof RESTART | typeof GONE | null>}
 */
async function arrive(client, url, { isOwn, isHere }) {
  const [navigation] = /** @type {{ type?: string }[]} */ (performance.getEntriesByType('navigation'));
  // An address that the host has from elsewhere does not make this window a popup.
  const awaited = isHere && ask('awaited', { options: client.options, url });
  if (awaited?.other) return null;
  // The popup itself is exchanging this very code.
  const claimed = awaited?.message && (await isClaimed(awaited.key));
  if (awaited?.message && !claimed && (await told(awaited.key, awaited.message, TAKE_OVER))) return GONE;
  // From here on it is this client's.
  page.arrived = undefined;
  const isCleaned = isOwn && url !== location.href;
  let found, result;
  try {
    found = ask('handleCallback', { options: client.options, url, back: navigation?.type === 'back_forward' });
    if (!found) return null;
    if (found.restart) return RESTART;
    // The page that waits has had it from another window.
    if (awaited && found.exchange && !(await claim(awaited.key, CODE_LIFE))) {
      close();
      return GONE;
    }
    result = await finish(client, found);
  } catch (thrown) {
    if (claimed) throw new SignInError('already_used');
    const error = SignInError.from(thrown);
    const { code, reason, description } = error;
    if (found) client.onState('idle');
    // Another client on this page was here first.
    if (isHere && code === 'already_used') return null;
    // So that nobody waits in vain. An answer to no attempt is told to every page that may have opened this window.
    let keys = /** @type {string[]} */ ([]);
    if (awaited && !awaited.message) keys = [awaited.key];
    else if (isCleaned && /^(state_mis|invalid_ca)/.test(code)) {
      const all = resumed(client);
      // This page does not listen to them; the next that asks may.
      for (const popup of all) ask('popupEvent', { key: popup, event: 'abort' });
      const named = all.find((popup) => url.includes(popup.slice(KEY_PREFIX)));
      keys = named ? [named] : all;
    }
    const failure = note({ code, error: reason, hint: description });
    const heard = keys.map((popup) => told(popup, failure, PATIENCE));
    if ((await Promise.all(heard)).includes(true)) return GONE;
    throw error;
  } finally {
    if (isCleaned && location.protocol === 'http:') {
      console.warn('sign-in-with-x: this page keeps the code among its performance entries. A page of its own with sign-in-with-x/callback does not.');
    }
  }
  if (awaited) {
    // A code must not be handed to two pages: here its whole life is the page's that waits.
    const { handoff, user, scopes } = result;
    const answer = handoff ? { response: new URL(url).search } : { ...user, scope: scopes, asked: found.scope, status: 200 };
    if (await told(awaited.key, note(answer), handoff ? CODE_LIFE : PATIENCE)) return GONE;
    if (handoff) {
      client.onState('idle');
      throw new SignInError('expired');
    }
  }
  return result;
}

/**
 * This window is a popup: tells the page that waits, and closes.
 * @param {string} key
 * @param {string} message
 * @param {number} patience
 */
async function told(key, message, patience) {
  const heard = await tell(key, message, patience);
  if (heard) {
    forget(key);
    close();
  }
  return heard;
}

/** How it ended, for the page that waits (src/protocol/outcome.rs). @param {Record<string, unknown>} outcome */
const note = (outcome) => `sign-in-with-x/1?${toForm({ v: 1, created_at: Date.now(), ...outcome })}`;

/**
 * The engine's flat answer in its public shape.
 * @param {any} flat
 * @returns {SignInResult}
 */
const toResult = ({ scope, returnTo, ...user }) => ({
  ...(user.id && { user }),
  scopes: scope?.split(' ') ?? [],
  returnTo,
});
