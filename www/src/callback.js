// The callback page, in one script without imports: it works before, and without, the engine, because X's codes live
// 30 seconds. It reads the parameters, cleans the address, and then either hands the query to the page that waits (which
// checks it), or, after a redirect, does the same checks itself, exchanges the code and goes on.
//
// The rules are those of src/protocol/authorization_response.rs and src/protocol/transaction.rs; tests/glue/parity.test.mjs
// and tests/native/callback_page.rs run both over one table.

const PREFIX = 'sign-in-with-x:';
const ENVELOPE = 'sign-in-with-x/1';
const LIFE = 600_000;
/** Milliseconds in which a page that waits answers. */
const PATIENCE = 2000;
const HOME = '/';

const { search, hash, pathname } = location;
// First of all (RFC 9700 §4.2.4): what runs or loads after this line cannot read the code from the address.
history.replaceState(null, '', location.origin + pathname);

const query = new URLSearchParams(search);
const fragment = new URLSearchParams(hash.slice(1));
const state = query.get('state');

/** @type {Storage | undefined} */
let store;
try {
  store = sessionStorage;
} catch {
  // Storage is switched off; a page that waits can still be told.
}

/** A record of this version and purpose, or null. @param {string} name */
const read = (name) => {
  const record = new URLSearchParams(store?.getItem(PREFIX + name) ?? '');
  return record.get('v') === '1' && record.get('purpose') === 'sign-in' ? record : null;
};

/** Too old, or without a date that could be read. @param {URLSearchParams} record */
const expired = (record) => !(Date.now() - Number(record.get('created_at') || NaN) <= LIFE);

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

/** Shape: what is wrong with the parameters themselves, as a code and a reason. */
const malformed = () => {
  if (search.length + hash.length > 8192) return ['invalid_callback', 'too_long'];
  for (const name of ['access_token', 'id_token', 'token']) {
    if (query.has(name) || fragment.has(name)) return ['invalid_callback', 'token'];
  }
  for (const name of ['code', 'error', 'state', 'iss', 'error_description']) {
    if (query.getAll(name).length > 1) return ['invalid_callback', 'repeated'];
  }
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
  if (expired(record)) return ['expired'];
  if ((query.get('iss') ?? 'https://x.com') !== 'https://x.com') return ['invalid_callback', 'issuer'];
  const error = query.get('error');
  if (error && error !== 'access_denied') return ['provider_error', error, query.get('error_description')];
  return query.get('code') ? null : ['cancelled'];
};

/**
 * The backend's answer as flat text: profile and scopes, or the error.
 * @param {URLSearchParams} record
 */
const exchange = async (record) => {
  let response;
  try {
    response = await fetch(/** @type {string} */ (record.get('exchange')), {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'error',
      // X's code lives 30 seconds; what takes longer is lost.
      signal: AbortSignal.timeout(30_000),
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': ENVELOPE.slice(0, -2) },
      body: JSON.stringify({
        code: query.get('code'),
        codeVerifier: record.get('code_verifier'),
        redirectUri: record.get('redirect_uri'),
        clientId: record.get('client_id'),
      }),
    });
  } catch {
    return { code: 'network' };
  }
  const { user, scopes, error, hint } = (await response.json().catch(() => null)) ?? {};
  if (!response.ok) return { code: 'exchange_failed', error: error ?? `status_${response.status}`, hint };
  const { id, username, name, profileImageUrl, email } = user ?? {};
  return { id, username, name, profileImageUrl, email, scope: Array.isArray(scopes) && scopes.join(' '), status: '200' };
};

/**
 * After a redirect: finish, leave a note for the page the person lands on, and go there.
 * @param {URLSearchParams} record
 */
const finish = async (record) => {
  const key = PREFIX + state;
  const handoff = record.get('finish') === 'handoff';
  // Once, whatever happens next (RFC 9700 §4.2.4). A host that finishes itself takes the record on the next page.
  if (!handoff) store?.removeItem(key);
  const [code, error, hint] = malformed() ?? refused(record) ?? [];
  if (code) store?.removeItem(key);
  const outcome = code ? { code, error, hint } : handoff ? { response: search } : await exchange(record);
  const about = { v: '1', created_at: String(Date.now()), asked: record.get('scope') };
  const note = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...outcome, ...about })) if (typeof value === 'string') note.set(name, value);
  for (const name of ['client_id', 'redirect_uri', 'return_to']) note.set(name, record.get(name) ?? '');
  try {
    store?.setItem(`${PREFIX}outcome`, String(note));
  } catch {
    // Storage is full: the session is there all the same, only its announcement is lost.
  }
  const to = new URL(record.get('return_to') ?? HOME, location.origin);
  location.replace(to.origin === location.origin ? to.href : HOME);
};

/** @type {Record<string, string>} */
const SENTENCES = {
  state_missing: 'This page ends a sign-in with X. There is none to end.',
  state_mismatch: 'This answer belongs to another sign-in, so it was not used. Please try again.',
  started_elsewhere: 'This sign-in was started in another browser or tab, or is over already. Please try again.',
  invalid_callback: 'X’s answer was damaged on its way, so it was not used. Please try again.',
};

/**
 * Says something on the page, as text.
 * @param {string} sentence
 * @param {string} [code]
 */
const say = (sentence, code) => {
  if (!document.body) {
    addEventListener('DOMContentLoaded', () => say(sentence, code));
    return;
  }
  const place = document.getElementById('sign-in-with-x-status') ?? document.body;
  const text = document.createElement('p');
  text.textContent = sentence;
  const link = document.createElement('a');
  link.href = HOME;
  link.textContent = 'Back to the site';
  place.replaceChildren(text, link);
  if (code) place.dataset.code = code;
};

/**
 * In a popup: hand the query over. The channel's name is the attempt's state; when the state in the address is of no
 * attempt, all that wait are told, so that they need not wait in vain.
 * @param {string[]} waiting
 */
const handOver = (waiting) =>
  new Promise((resolve) => {
    // A token has no business here, and none on the channel.
    const tail = malformed()?.[1] === 'token' ? '?token=' : (search || '?') + hash;
    const channels = waiting.map((name) => new BroadcastChannel(PREFIX + name));
    /** @param {boolean} arrived */
    const end = (arrived) => {
      for (const channel of channels) channel.close();
      resolve(arrived);
    };
    for (const channel of channels) {
      channel.onmessage = ({ data }) => data === `${ENVELOPE} ok` && end(true);
      channel.postMessage(ENVELOPE + tail);
    }
    setTimeout(end, PATIENCE, false);
  });

const main = async () => {
  const own = state ? read(state) : null;
  if (own?.get('flow') === 'redirect') return finish(own);
  const others = attempts().filter(([name]) => name !== state);
  const popups = others.filter(([, other]) => other.get('flow') === 'popup').map(([name]) => name);
  // Nothing is remembered here, which a popup started in a frame is no stranger to: ask for whoever knows this state.
  const waiting = state && (own || !others.length) ? [state] : popups;
  if (waiting.length && (await handOver(waiting))) {
    // This window's own copies; the page that waits has removed its own.
    for (const name of waiting) store?.removeItem(PREFIX + name);
    close();
    return say('You are done here. You can close this window.');
  }
  // This tab is back from X, with an answer to none of these: none can still come.
  for (const [name, other] of attempts()) {
    if (name === state || other.get('flow') === 'redirect') store?.removeItem(PREFIX + name);
  }
  const [code] = malformed() ?? [others.length ? 'state_mismatch' : 'started_elsewhere'];
  say(SENTENCES[code ?? ''] ?? '', code);
};

main();
