/**
 * Questions to the page's engine, from a seed: sign-ins that go well, in any order, and everything that a hostile page, a
 * hostile X, a hostile backend or a slip could put into them. Some follow from answers, as in a page. What begins with `!` is
 * no question: a key and a value, with a space between them, that somebody has put into the tab's storage.
 */

/** Mulberry32: small, and the same everywhere. @param {number} seed */
function random(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    below: (/** @type {number} */ limit) => next() % limit,
    /** @template T @param {ArrayLike<T>} list @returns {T} */
    one: (list) => /** @type {T} */ (list[next() % list.length]),
    /** One time in so many. @param {number} times */
    once: (times) => next() % times === 0,
  };
}

/** When a question is asked, by its number: by the device's date, which jumps, and by the page's own clock. @param {number} number */
export const clockAt = (number) => ({
  date: 1_800_000_000_000 + number * 400 + (Math.floor(number / 1000) % 3) * 86_400_000,
  origin: 1_799_999_000_000.25,
  monotonic: number * 400.5,
});

/** What is asked for where nothing else is said. */
const SCOPE = 'tweet.read users.read';
const CALLBACK = 'https://app.example/auth/x/callback';

/** What parsers look for, and what they stumble over. */
const PIECES = [
  ...'? # & = % %f %ff %00 %C3%A9 + ; : / // \\ /\\ .. @ [ ] é ☃ 𝒳 \0 \t \n \r " < > | code state error iss'.split(' '),
  ...'code=c state= error=access_denied error_description=No access_token=t id_token denied oauth_token oauth_verifier'.split(' '),
  ...'sign-in-with-x/1? sign-in-with-x: v=1 purpose=sign-in flow=popup created_at= steady_at= status=200 response= restart=1'.split(' '),
  ...'id=1 username=a client_id=client https:// http:// HTTPS:// javascript: data: app.example localhost 127.0.0.1 [::1] x.com'.split(' '),
  ...'0 -1 1 9007199254740993 99999999999999999999 4294967296 1e3 NaN true undefined null tweet.read users.read'.split(' '),
  ...['\ud800', '\udfff', '\u2028', '\u{10ffff}', '\ufeff', ' ', '', CALLBACK, 'S'.repeat(43), 'x'.repeat(300)],
];

/** @param {ReturnType<typeof random>} dice */
function noise(dice) {
  let text = '';
  for (let left = dice.below(7); left > 0; left -= 1) {
    text += dice.once(3) ? String.fromCharCode(dice.below(dice.once(4) ? 0x10000 : 0x80)) : dice.one(PIECES);
  }
  // Beyond every bound, now and then.
  return dice.once(400) ? text.padEnd(8000 + dice.below(1000), text || 'y') : text;
}

const form = (/** @type {Record<string, string | undefined>} */ fields) =>
  String(new URLSearchParams(Object.entries(fields).filter((/** @type {any} */ entry) => entry[1] !== undefined)));

/** Values as they should be, by their names. @type {Record<string, readonly (string | undefined)[]>} */
const OPTIONS = {
  clientId: ['client', 'client', 'ZTJlOjE6Y2k', ''],
  redirectUri: [CALLBACK, CALLBACK, CALLBACK, 'http://127.0.0.1:3000/cb', 'http://app.example/cb', 'https://app.example/?a=1', '/cb'],
  scopes: [undefined, undefined, 'users.read tweet.read', 'tweet.read users.read offline.access'],
  exchange: [undefined, undefined, '/auth/x/exchange', 'https://api.example/x'],
  start: [undefined, undefined, undefined, '/auth/x/start', '/auth/x/oauth1/start'],
  handoff: [undefined, undefined, undefined, 'true'],
  flow: [undefined, undefined, 'popup', 'redirect', 'auto'],
  authorize: [undefined, undefined, undefined, 'http://localhost:4001/i/oauth2/authorize'],
  timeout: [undefined, undefined, undefined, '60000', '1', '0'],
  locale: [undefined, undefined, 'de'],
};
const REQUEST = {
  flow: [undefined, 'popup', 'popup', 'redirect', 'auto'],
  origin: [undefined, 'https://app.example', 'https://app.example'],
  returnTo: [undefined, '/desk?tab=2', '/', '//evil.example', 'https://app.example/a#b', '/\\evil', 'javascript:alert(1)'],
  touch: [undefined, undefined, 'true'],
  standalone: [undefined, undefined, 'true'],
  frame: [undefined, undefined, undefined, 'own', 'foreign'],
  userAgent: [undefined, 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0', 'Mozilla/5.0 (iPhone) Mobile/15E148 Instagram 300.0'],
  'params.lang': [undefined, undefined, undefined, 'de'],
};
const ATTRIBUTES = {
  type: [undefined, 'button', 'icon', 'link'],
  theme: [undefined, 'black', 'white', 'outline', 'auto'],
  size: [undefined, 'large', 'medium', 'small'],
  shape: [undefined, 'pill', 'rounded', 'square'],
  text: [undefined, 'signup_with', 'continue_with', 'connect_to', 'login_with'],
  'logo-alignment': [undefined, 'left', 'center'],
  width: [undefined, '300', 'fluid', '1000000'],
  activity: ['idle', 'loading', 'waiting', 'finishing', 'signed_in'],
  disabled: [undefined, undefined, 'true'],
  error: [undefined, undefined, 'true'],
  start: [undefined, undefined, '/auth/x/start'],
  lang: [undefined, undefined, 'de', 'ar'],
  dir: [undefined, undefined, 'ltr', 'rtl'],
  label: [undefined, undefined, 'Weiter mit X'],
  who: [undefined, undefined, ': Ada @ada'],
  'Sign in with X': [undefined, undefined, 'Mit X anmelden'],
};
const ANSWER = {
  status: ['200', '200', '200', '400', '403', '500', '0'],
  asked: ['users.read tweet.read', 'users.read', ''],
  scope: [undefined, 'users.read', 'tweet.read users.read'],
  id: ['1', '9007199254740993', 'x', undefined],
  username: ['ada', 'ada_example', '', undefined],
  name: ['Ada', 'Ada 🦀', undefined],
  profileImageUrl: [undefined, 'https://pbs.twimg.com/a.png', 'javascript:alert(1)'],
  email: [undefined, undefined, 'ada@app.example'],
  error: [undefined, undefined, 'invalid_grant', 'session_failed'],
  hint: [undefined, undefined, 'Value passed for the authorization code was invalid.'],
  exchange_failed: [undefined, undefined, undefined, 'true'],
};
const RECORD = {
  v: ['1', '1', '1', '2', undefined],
  purpose: ['sign-in'],
  flow: ['popup', 'popup', 'redirect', undefined],
  finish: ['exchange', 'exchange', 'handoff', 'start'],
  exchange: ['/auth/x/exchange', '/auth/x/exchange', '//evil.example'],
  client_id: ['client'],
  redirect_uri: [CALLBACK],
  scope: [SCOPE],
  code_verifier: ['V'.repeat(43), 'short', undefined],
  return_to: ['/desk', '//evil.example', undefined],
};
const EVENTS = ['look', 'look', 'look', 'message', 'message', 'message', 'blocked', 'cancel', 'abort'];

/**
 * @param {number} seed
 * @returns {{ next: () => string, heard: (question: string, answer: string) => void }} `heard` is told what came of each
 */
export function questions(seed) {
  const dice = random(seed);
  /** Keys of attempts, the newest last. @type {string[]} */
  const keys = [];
  let asked = -1;
  /** What a page does when an attempt has begun: it stores the record, and hands it over. @type {string[]} */
  const following = [];

  /** @param {Record<string, readonly (string | undefined)[]>} kinds @param {number} hostile one field in so many */
  const filled = (kinds, hostile) => {
    /** @type {Record<string, string | undefined>} */
    const fields = {};
    for (const [name, values] of Object.entries(kinds)) fields[name] = dice.once(hostile) ? noise(dice) : dice.one(values);
    if (dice.once(hostile)) fields[dice.one(['clientSecret', 'redirectURI', 'params.state', 'params.code', 'v', noise(dice)])] = noise(dice);
    return form(fields);
  };
  const usual = { clientId: 'client', redirectUri: CALLBACK };
  const options = () => (dice.once(4) ? filled(OPTIONS, 40) : form({ ...usual, ...dice.one([{}, {}, {}, {}, {}, { handoff: 'true' }, { start: '/auth/x/start' }, { start: '/auth/x/oauth1/start' }]) }));
  /** Some time ago, or wrong. @param {number} milliseconds at most */
  const before = (milliseconds) => {
    const { date, origin, monotonic } = clockAt(asked);
    const age = dice.below(milliseconds);
    const wrong = dice.once(15) ? noise(dice) : undefined;
    return { created_at: wrong ?? String(date - age), steady_at: String(Math.floor(origin + monotonic) - age) };
  };
  const key = () => (keys.length === 0 || dice.once(6) ? `sign-in-with-x:${dice.once(3) ? noise(dice) : dice.one('AEIMQUYcgkosw048').repeat(43)}` : dice.one(keys));
  const state = () => key().slice('sign-in-with-x:'.length);
  const tail = () => {
    if (dice.once(10)) return `?oauth_token=${dice.once(5) ? noise(dice) : 'request'}&${dice.one(['oauth_verifier=v', 'oauth_verifier=v', 'denied=request'])}`;
    /** @type {string[]} */
    const parts = [];
    if (!dice.once(10)) parts.push(`state=${dice.once(20) ? noise(dice) : state()}`);
    if (!dice.once(5)) parts.push(`code=${dice.once(10) ? noise(dice) : 'Q29kZQ'}`);
    if (dice.once(5)) parts.push(`error=${dice.one(['access_denied', 'server_error', 'invalid_scope', noise(dice)])}`);
    if (dice.once(10)) parts.push(`iss=${dice.one(['https://x.com', 'https://evil.example', noise(dice)])}`);
    if (dice.once(20)) parts.push(`oauth_token=t&oauth_verifier=${noise(dice)}`);
    if (dice.once(10)) parts.push(noise(dice));
    const text = parts.join('&');
    return dice.once(15) ? `#${text}` : `?${text}${dice.once(20) ? `#${noise(dice)}` : ''}`;
  };
  const message = () => {
    const { created_at } = before(90_000);
    if (dice.once(4)) return noise(dice);
    const note = dice.once(2) ? { response: tail() } : dice.once(6) ? { restart: '1' } : Object.fromEntries(new URLSearchParams(filled(ANSWER, 30)));
    return `sign-in-with-x/1?${form({ v: dice.once(20) ? noise(dice) : '1', created_at, ...note })}`;
  };
  const url = () => (dice.once(12) ? noise(dice) : dice.once(4) ? 'https://app.example/desk?tab=2' : `${dice.once(10) ? 'https://app.example/desk' : CALLBACK}${tail()}`);
  /** @type {Record<string, () => Record<string, string | undefined>>} */
  const kinds = {
    begin: () => ({ options: options(), request: dice.once(2) ? filled(REQUEST, 40) : form({ flow: 'popup', returnTo: '/desk?tab=2' }) }),
    popupEvent: () => {
      const event = dice.once(30) ? noise(dice) : dice.one(EVENTS);
      const detail = event === 'message' ? message() : event === 'look' ? dice.one(['', 'closed', 'focused', 'closed focused', ' ']) : dice.once(4) ? noise(dice) : '';
      return { key: key(), event, detail };
    },
    check: () => ({ options: options() }),
    adopt: () => ({ key: key(), record: dice.once(3) ? noise(dice) : record(), timeout: dice.one([undefined, '60000', '600000', '-1']) }),
    resume: () => ({ options: options() }),
    awaited: () => ({ options: options(), url: url() }),
    handleCallback: () => {
      const address = url();
      return { options: options(), url: dice.once(5) ? url() : address, address, back: dice.once(4) ? 'true' : undefined };
    },
    readExchange: () => ({ answer: dice.once(20) ? noise(dice) : filled(ANSWER, 20) }),
    renderButton: () => ({ attributes: dice.once(20) ? noise(dice) : filled(ATTRIBUTES, 30) }),
    buttonSheet: () => ({}),
    createPkcePair: () => ({}),
  };
  const common = [...Object.keys(kinds).filter((name) => !['buttonSheet', 'createPkcePair', 'check'].includes(name)), 'begin', 'popupEvent', 'popupEvent', 'handleCallback', 'handleCallback'];

  /** By the callback page, as a rule. */
  const stored = () => {
    if (dice.once(2)) return `!${key().replaceAll(' ', '')} ${dice.once(5) ? noise(dice) : record()}`;
    return `!sign-in-with-x:outcome ${form({ redirect_uri: CALLBACK, client_id: 'client', asked: SCOPE, handoff: dice.once(4) ? 'true' : undefined })}&${message().replace(/^sign-in-with-x\/1\?|&?asked=[^&]*/g, '')}`;
  };
  const record = () => `${filled(RECORD, 20)}&${form(before(700_000))}`;

  return {
    next() {
      asked += 1;
      const due = following.shift();
      if (due) return due;
      // So that what is remembered stays small.
      if (keys.length > 12) return form({ ask: 'popupEvent', key: keys.shift(), event: 'abort' });
      if (dice.once(40)) return noise(dice);
      if (dice.once(25)) return stored();
      const ask = dice.once(60) ? dice.one(['buttonSheet', 'createPkcePair', 'createPkcePair', 'createPkcePair', 'check', 'check', 'check', noise(dice)]) : dice.one(common);
      const question = form({ ask, ...kinds[ask]?.() });
      return dice.once(50) ? question.slice(0, dice.below(question.length + 1)) + noise(dice) : question;
    },
    heard(question, answer) {
      const asking = new URLSearchParams(question);
      if (answer === 'over=true' && keys.includes(String(asking.get('key')))) keys.splice(keys.indexOf(String(asking.get('key'))), 1);
      if (asking.get('ask') !== 'begin') return;
      const begun = Object.fromEntries(new URLSearchParams(answer));
      if (!begun.key) return;
      keys.push(begun.key);
      if (!dice.once(10)) following.push(`!${begun.key} ${begun.record}`);
      if (!dice.once(10)) following.push(form({ ask: 'adopt', key: begun.key, record: begun.record, timeout: begun.timeout }));
    },
  };
}
