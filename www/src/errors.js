// What went wrong, in words. The engine gives a code and a reason; the sentences are here, so that they cost no wasm.

/** @typedef {import('../types/index.d.ts').SignInErrorCode} Code */

/**
 * Code → what happened, how to mend it, whether trying again can help.
 * @type {Record<Code, [message: string, hint: string, retryable?: boolean]>}
 */
const CODES = {
  invalid_config: ['An option is missing or wrong.', 'Check the options of createSignIn or the element’s attributes.'],
  not_initialised: ['The engine is not loaded yet.', 'Await init() first.', true],
  wasm_unavailable: [
    'The engine could not be loaded.',
    "Serve sign-in-with-x.wasm beside the scripts, and allow 'wasm-unsafe-eval' in script-src and the file in connect-src.",
    true,
  ],
  popup_blocked: ['The browser blocked the popup.', 'Call signIn() directly in a click, or use flow: "redirect".', true],
  cancelled: ['The sign-in was cancelled.', 'Nothing to mend: the person said no. Show the button again.', true],
  timeout: ['X did not answer in time.', 'Show the button again; `timeout` sets how long to wait.', true],
  state_missing: ['The callback carries no state.', 'X always returns it. Check what rewrites the callback’s address.'],
  state_mismatch: ['The callback answers another sign-in.', 'It was refused. Start again from the button.', true],
  already_used: ['This callback was handled already.', 'Call handleCallback() once per callback; start again.', true],
  expired: ['The sign-in took longer than 10 minutes.', 'Start again from the button.', true],
  started_elsewhere: [
    'No sign-in is waiting in this browser.',
    'It was started in another browser or tab, or is finished already. Start again from the button.',
    true,
  ],
  invalid_callback: ['The callback is malformed.', 'It was refused. Start again; if it stays, see the reason.', true],
  provider_error: ['X answered with an error.', 'See the reason and the description that X sent.', true],
  exchange_failed: ['The code could not be exchanged.', 'X’s codes live 30 seconds and work once. Try again.', true],
  network: ['The backend could not be reached.', 'Check the connection and the exchange address.', true],
  storage_unavailable: ['The browser stores nothing for this page.', 'Use flow: "popup", or ask to allow site data.'],
  embedded_unsupported: ['A sign-in cannot finish in this frame.', 'Open the page in a tab of its own.'],
  entropy_unavailable: ['The browser has no secure randomness.', 'Use a browser with crypto.getRandomValues.'],
  internal: ['A fault in sign-in-with-x.', 'Please report it with the cause.'],
};

/**
 * `invalid_config` and `exchange_failed`: reason → a better hint.
 * @type {Record<string, string>}
 */
const REASONS = {
  client_id: 'clientId is the OAuth 2.0 Client ID from X’s developer console, not the API key.',
  redirect_uri_not_absolute: 'redirectUri must be a full address, such as https://app.example/auth/x/callback.',
  redirect_uri_not_secure: 'redirectUri must be https; http only on this machine (127.0.0.1).',
  redirect_uri_fragment: 'redirectUri must not contain a #.',
  redirect_uri_characters: 'redirectUri must be plain ASCII, percent-encoded, without user info.',
  scope: 'scopes must be names such as tweet.read, in a list or separated by spaces.',
  exchange: 'exchange must be a path that starts with / or a full https address.',
  exchange_and_handoff: 'Give exchange or handoff, not both.',
  flow: 'flow must be "auto", "popup" or "redirect".',
  endpoints: 'endpoints.authorize must be https, or http on this machine.',
  timeout: 'timeout must be a whole number of milliseconds, at least 1.',
  params: 'params must not contain parameters of the protocol, such as state or redirect_uri.',
  secret: 'A page cannot keep a secret: configure it in the backend, and replace this one at X.',
  unknown_option: 'There is no option of this name.',
  invalid_grant: 'X refused the code: it was used already, or older than 30 seconds. Try again.',
  invalid_client: 'X refused the backend: check its client ID, secret and the type of app at X.',
  forbidden: 'The backend refused the request: check the origin it is configured for.',
};

/** A failed sign-in. It never holds a code, a state, a verifier or a token, and may be logged. */
export class SignInError extends Error {
  name = 'SignInError';

  /**
   * @param {Code} code
   * @param {{ reason?: string, description?: string, cause?: unknown }} [details]
   */
  constructor(code, { reason = '', description = '', cause } = {}) {
    const [message, hint, retryable = false] = CODES[code];
    super([message, reason, description].filter(Boolean).join(' '), { cause });
    this.code = code;
    this.reason = reason;
    this.description = description;
    this.hint = REASONS[reason] ?? hint;
    this.docs = `sign-in-with-x/ERRORS.md#${code}`;
    this.retryable = retryable;
  }

  /**
   * What the engine threw, as a SignInError.
   * @param {any} thrown
   */
  static from(thrown) {
    if (thrown instanceof SignInError) return thrown;
    return thrown?.code in CODES ? new SignInError(thrown.code, thrown) : new SignInError('internal', { cause: thrown });
  }
}

/** Every code, for tests and documentation. */
export const codes = Object.keys(CODES);
