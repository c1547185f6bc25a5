// The callback page, published as one script: it works before, and without, the engine, because X's codes live 30
// seconds. It reads the parameters, cleans the address, checks them and exchanges the code; then it tells the page that
// waits and closes the popup, or, after a redirect, goes on to where the person wanted to be.
//
// The rules are those of src/protocol/authorization_response.rs and src/protocol/transaction.rs; tests/glue/parity.test.mjs
// and tests/native/callback_page.rs run both over one table.

import { claim, isClaimed } from './locks.js';
import { tell } from './tell.js';

const PREFIX = 'sign-in-with-x:';
const NOTE = `${PREFIX}outcome`;
const ENVELOPE = 'sign-in-with-x/1';
/** In the place of a record whose code is being exchanged. */
const USED = 'used';
const LIFE = 600_000;
/** Milliseconds for which X's codes are good. */
const CODE_LIFE = 30_000;
const HOME = '/';

const { search, hash, pathname } = location;
// First of all (RFC 9700 §4.2.4): what runs or loads after this line cannot read the code from the address.
history.replaceState(null, '', location.origin + pathname);

const query = new URLSearchParams(search);
const fragment = new URLSearchParams(hash.slice(1));
/**
 * OAuth 1.0a knows no state: it brings the request token with its verifier, or, from a person who said no, as `denied`; and
 * nothing of OAuth 2.0, which no state would prove to be X's.
 */
const byOAuth1 =
  !['code', 'error', 'iss'].some((name) => query.has(name)) &&
  !query.get('state') &&
  query.has('denied') !== Boolean(query.get('oauth_token') && query.get('oauth_verifier'));

/** @type {Storage | undefined} */
let store;
try {
  store = sessionStorage;
} catch {
  // Storage is switched off; a page that waits can still be told.
}

/** A record of this version, purpose and kind, or null. @param {string} name */
const read = (name) => {
  const record = new URLSearchParams(store?.getItem(PREFIX + name) ?? '');
  const { v, purpose, flow } = Object.fromEntries(record);
  return v === '1' && purpose === 'sign-in' && (flow === 'popup' || flow === 'redirect') ? record : null;
};

/** Where the backend began this attempt; empty when the page did. @param {URLSearchParams} record */
const startOf = (record) => (record.get('finish') === 'start' && record.get('exchange')) || '';

/** @param {URLSearchParams} record */
const isOAuth1 = (record) => /^[^?]*\/oauth1\/start(\?|$)/.test(startOf(record));

/**
 * Too old, or without times that could be read. Of two clocks the younger age counts: a date may be set, and the other
 * clock may sleep.
 * @param {URLSearchParams} record
 */
const expired = (record) => {
  const date = Date.now() - Number(record.get('created_at') || NaN);
  const steady = performance.timeOrigin + performance.now() - Number(record.get('steady_at') || NaN);
  return !(Math.min(date, steady) <= LIFE);
};

/** Every attempt of this tab: [state, record]; others are thrown out. A popup starts with a copy of its opener's. */
const attempts = () =>
  Object.keys(store ?? {}).flatMap((key) => {
    if (!key.startsWith(PREFIX) || !/:[\w-]{43}$/.test(key)) return [];
    const name = key.slice(PREFIX.length);
    const record = read(name);
    if (record && !expired(record)) return [/** @type {const} */ ([name, record])];
    store?.removeItem(key);
    return [];
  });

/** When it began. @param {URLSearchParams} record */
const begun = (record) => Number(record.get('created_at'));

/**
 * The attempt that is answered. OAuth 1.0a does not name it: this window went to X for the newest of its attempts, and the
 * backend refuses a request token that is not this attempt's.
 */
const state = byOAuth1
  ? attempts()
      .filter(([, record]) => isOAuth1(record))
      .sort(([, one], [, other]) => begun(other) - begun(one))[0]?.[0]
  : query.get('state');

/** Shape: what is wrong with the parameters themselves, as a code and a reason. */
const malformed = () => {
  if (search.length + hash.length > 8192) return ['invalid_callback', 'too_long'];
  for (const name of ['access_token', 'id_token', 'token']) {
    if (query.has(name) || fragment.has(name)) return ['invalid_callback', 'token'];
  }
  for (const name of ['code', 'error', 'state', 'iss', 'error_description', 'oauth_token', 'oauth_verifier', 'denied']) {
    if (query.getAll(name).length > 1) return ['invalid_callback', 'repeated'];
  }
  if (byOAuth1) return null;
  if (!state) return ['state_missing'];
  if (query.has('code') && query.has('error')) return ['invalid_callback', 'code_and_error'];
  return query.get('code') === '' ? ['invalid_callback', 'no_code'] : null;
};

/**
 * Why this callback cannot be exchanged, or null: record, expiry, issuer, the provider's error, the code, in this order.
 * @param {URLSearchParams} record
 */
const refused = (record) => {
  const made = new URL(record.get('redirect_uri') ?? '', location.origin);
  if (made.origin + made.pathname !== location.origin + pathname) return ['state_mismatch'];
  // None that was begun by OAuth 1.0a is finished by a code.
  if (isOAuth1(record) && query.has('code')) return ['state_mismatch'];
  if (expired(record)) return ['expired'];
  if ((query.get('iss') ?? 'https://x.com') !== 'https://x.com') return ['invalid_callback', 'issuer'];
  const error = query.get('error');
  if (error && error !== 'access_denied') return ['provider_error', error, query.get('error_description')];
  return !error && query.get(byOAuth1 ? 'oauth_verifier' : 'code') ? null : ['cancelled'];
};

/**
 * What the backend needs: the verifier, or, where it holds that itself, the attempt's name.
 * @param {URLSearchParams} record
 */
const proofOf = (record) => {
  if (byOAuth1) return { oauthToken: query.get('oauth_token'), oauthVerifier: query.get('oauth_verifier'), state };
  const secret = startOf(record) ? { state } : { codeVerifier: record.get('code_verifier') };
  return { code: query.get('code'), ...secret, redirectUri: record.get('redirect_uri'), clientId: record.get('client_id') };
};

/**
 * The backend's answer as flat text: profile and scopes, or the error.
 * @param {URLSearchParams} record
 */
const exchange = async (record) => {
  const start = startOf(record);
  const url = start ? new URL('exchange', new URL(start, location.origin)).href : /** @type {string} */ (record.get('exchange'));
  let response;
  try {
    response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'error',
      // X's code lives 30 seconds; what takes longer is lost.
      signal: AbortSignal.timeout(CODE_LIFE),
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': ENVELOPE.slice(0, -2) },
      body: JSON.stringify(proofOf(record)),
    });
  } catch {
    return { code: 'network' };
  }
  const { user, scopes, error, hint } = (await response.json().catch(() => null)) ?? {};
  if (!response.ok) return { code: 'exchange_failed', error: error ?? `status_${response.status}`, hint: error ? hint : `Is the backend half mounted at ${url.split('?')[0]}?` };
  const { id, username, name, profileImageUrl, email } = user ?? {};
  return { id, username, name, profileImageUrl, email, scope: Array.isArray(scopes) && scopes.join(' '), status: '200' };
};

/** Writes where there may be no room, or no storage. @param {string} key @param {string} value */
const keep = (key, value) => {
  try {
    store?.setItem(key, value);
  } catch {
    // The session is there all the same, only its announcement is lost.
  }
};

/** A page with buttons, and the place of its own where this page says something. */
const place = () => document.getElementById('sign-in-with-x-status') ?? document.body;
const home = () => place().dataset.home ?? HOME;

/**
 * This attempt was made here: finish it, and leave a note of how it ended. After a popup the page that waits gets it, and
 * if there is none any more, this window goes on as after a redirect: to the place where the person wanted to be.
 * @param {URLSearchParams} record
 */
const finish = async (record) => {
  const key = PREFIX + state;
  const handoff = record.get('finish') === 'handoff';
  const [code, error, hint] = malformed() ?? refused(record) ?? [];
  /** @type {Record<string, unknown>} */
  let outcome = { code, error, hint };
  if (!code && handoff) outcome = { response: search + hash };
  else {
    // Once, whatever happens next (RFC 9700 §4.2.4); a reload in the meantime finds out so.
    store?.removeItem(key);
    if (!code) {
      // Another window has the same code, and the page that waits hears from it, if there is one.
      if (!(await claim(key))) return record.get('flow') === 'popup' ? leave() : say(SENTENCES.already_used ?? '', 'already_used');
      keep(key, USED);
      outcome = await exchange(record);
      store?.removeItem(key);
    }
  }
  const note = new URLSearchParams({ v: '1', created_at: String(Date.now()), asked: record.get('scope') ?? '' });
  for (const [name, value] of Object.entries(outcome)) if (typeof value === 'string') note.set(name, value);
  for (const name of ['client_id', 'redirect_uri', 'return_to']) note.set(name, record.get(name) ?? '');
  if (handoff) note.set('handoff', '1');
  if (record.get('flow') === 'popup') {
    // A code must not be handed to two pages: here its whole life is the page's that waits.
    const toHand = handoff && !code;
    const heard = await tell(key, `${ENVELOPE}?${note}`, toHand ? CODE_LIFE : 3000);
    if (heard || toHand) store?.removeItem(key);
    if (heard) return leave();
    if (toHand) {
      note.delete('response');
      note.set('code', 'expired');
    }
  }
  keep(NOTE, String(note));
  const to = new URL(record.get('return_to') ?? HOME, location.origin);
  location.replace(to.origin === location.origin ? to.href : HOME);
};

/** @type {Record<string, string>} */
const SENTENCES = {
  state_missing: 'This page ends a sign-in with X. There is none to end.',
  state_mismatch: 'This answer belongs to another sign-in, so it was not used.',
  started_elsewhere: 'This sign-in was started in another browser or tab, or is over already.',
  already_used: 'This answer was used already.',
  invalid_callback: 'X’s answer was damaged on its way, so it was not used.',
};

/**
 * A link as text and address.
 * @param {string} text
 */
const link = (text) => {
  const made = document.createElement('a');
  made.href = home();
  made.textContent = text;
  return made;
};

/**
 * Says something on the page, as text, and where to go from there.
 * @param {string} sentence
 * @param {string} [code] what went wrong
 */
const say = (sentence, code) => {
  if (!document.body) {
    addEventListener('DOMContentLoaded', () => say(sentence, code));
    return;
  }
  const text = document.createElement('p');
  text.textContent = sentence;
  const back = link('Back to the site');
  place().replaceChildren(text, back);
  if (!code) return;
  place().dataset.code = code;
  if (code === 'state_missing') return;
  // One tap: the button on the page that it leads to finds this note, and goes to X.
  const again = link('Try again');
  const here = location.origin + pathname;
  again.onclick = () => keep(NOTE, String(new URLSearchParams({ v: '1', restart: '1', created_at: String(Date.now()), redirect_uri: here })));
  back.before(again, ' ');
};

/** The page that waits has it. */
const leave = () => {
  close();
  say('You are done here. You can close this window.');
};

const main = async () => {
  if (state && store?.getItem(PREFIX + state) === USED) {
    // Reloaded in the middle of it: how it ended is lost, and the page that waits had better know.
    say(SENTENCES.already_used ?? '', 'already_used');
    return tell(PREFIX + state, `${ENVELOPE}?v=1&created_at=${Date.now()}&code=already_used`, 1000);
  }
  const own = state ? read(state) : null;
  if (own) return finish(own);
  // The window that made it is exchanging this very code.
  if (await isClaimed(PREFIX + state)) return say(SENTENCES.already_used ?? '', 'already_used');
  // Made where this window's storage does not reach: the page that waits, if there is one, knows what to do with it.
  // A token has no business here, and none on a channel; nor has what is too long for it, or a verifier that no attempt
  // of this window waits for.
  const tail = query.has('oauth_verifier') ? '?' : /token|long/.test(malformed()?.[1] ?? '') ? '?token=' : (search || '?') + hash;
  const message = `${ENVELOPE}?${new URLSearchParams({ v: '1', created_at: String(Date.now()), response: tail })}`;
  if (state && /^[\w-]{43}$/.test(state) && (await tell(PREFIX + state, message, 1000))) return leave();
  // An answer to none of this tab's attempts. Popups that wait are told, so that they need not wait in vain; of the
  // redirects none can still come back.
  const others = attempts();
  const heard = others.map(([name, other]) => {
    if (other.get('flow') === 'popup') return tell(PREFIX + name, message, 1000);
    store?.removeItem(PREFIX + name);
    return false;
  });
  if ((await Promise.all(heard)).includes(true)) return leave();
  const [code = ''] = malformed() ?? [others.length ? 'state_mismatch' : 'started_elsewhere'];
  say(SENTENCES[code] ?? '', code);
};

main();
