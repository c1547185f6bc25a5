// What went wrong, in words. The engine gives a code and a reason; the sentences are here, so that they cost no wasm.

/** @typedef {import('../types/index.d.ts').SignInErrorCode} Code */

/**
 * Code → what happened, and how to mend it.
 * @type {Record<Code, [message: string, hint: string]>}
 */
const CODES = {
  invalid_config: ['An option is missing or wrong.', 'Check the options or attributes.'],
  not_initialised: ['The engine is not loaded.', 'Await init() first.'],
  wasm_unavailable: [
    'The engine could not be loaded.',
    "Serve sign-in-with-x.wasm; CSP needs script-src 'wasm-unsafe-eval' and connect-src.",
  ],
  popup_blocked: ['The browser blocked the popup.', 'Call signIn() directly in a click, or use flow: "redirect".'],
  cancelled: ['The sign-in was cancelled.', 'Show the button again.'],
  timeout: ['X did not answer in time.', 'Show the button again.'],
  state_missing: ['The callback has no state.', 'Check what rewrites its address.'],
  state_mismatch: ['The callback answers another sign-in.', 'Start again.'],
  already_used: ['The callback was handled already.', 'Start again.'],
  expired: ['The sign-in took over 10 minutes.', 'Start again.'],
  started_elsewhere: [
    'No sign-in is waiting here.',
    'It is over, or was started in another tab or browser. Start again.',
  ],
  invalid_callback: ['The callback is malformed.', 'Start again.'],
  provider_error: ['X answered with an error.', 'See reason and description.'],
  exchange_failed: ['The code could not be exchanged.', 'See reason and description.'],
  network: ['The backend could not be reached.', 'Check connection and exchange address.'],
  storage_unavailable: ['The browser stores nothing for this page.', 'Use flow: "popup".'],
  embedded_unsupported: ['A sign-in cannot finish in this frame.', 'Open the page in its own tab.'],
  entropy_unavailable: ['The browser has no secure randomness.', 'Use another browser.'],
  internal: ['A fault in sign-in-with-x.', 'Please report its cause.'],
};

/** Where trying again, unchanged, cannot help: code and reason. */
const FINAL = /^(invalid_config|state_missing|storage|embedded|entropy|internal)|invalid_(client|request|scope)$|forbidden/;

/**
 * `invalid_config`: reason → a better hint.
 * @type {Record<string, string>}
 */
const REASONS = {
  client_id: 'clientId (client-id) is missing, or not X’s OAuth 2.0 Client ID.',
  redirect_uri_not_absolute: 'redirectUri (redirect-uri) must be a full address.',
  redirect_uri_not_secure: 'redirectUri must be https, or on this machine.',
  redirect_uri_origin: 'redirectUri must be on this page’s origin: localhost is not 127.0.0.1.',
  redirect_uri_fragment: 'redirectUri must not have a #.',
  redirect_uri_characters: 'redirectUri must be percent-encoded ASCII.',
  scope: 'scopes are names such as tweet.read.',
  exchange: 'exchange must start with / or https://.',
  start: 'start must be a path from /.',
  flow: 'flow is auto, popup or redirect.',
  endpoints: 'authorize must be https, or on this machine.',
  timeout: 'timeout is a whole number of milliseconds above 0.',
  params: 'params must not repeat the protocol’s own.',
  secret: 'A page keeps no secret. Replace it at X.',
  unknown_option: 'There is no such option.',
};

/** A failed sign-in. It never holds a code, a state, a verifier or a token, and may be logged. */
export class SignInError extends Error {
  name = 'SignInError';

  /**
   * @param {Code} code
   * @param {{ reason?: string, description?: string, cause?: unknown }} [details]
   */
  constructor(code, { reason = '', description = '', cause } = {}) {
    const [message, general] = CODES[code];
    const wrong = code === 'invalid_config' && REASONS[reason];
    const hint = wrong || description || general;
    // The message alone is what most pages log: it names the option too.
    super(wrong ? `${message} ${wrong}` : message, { cause });
    this.code = code;
    this.reason = reason;
    this.description = description;
    this.hint = hint;
    this.docs = `sign-in-with-x/ERRORS.md#${code}`;
    this.retryable = !FINAL.test(`${code} ${reason}`);
  }

  /**
   * Whatever was thrown, as a SignInError.
   * @param {unknown} thrown
   */
  static from(thrown) {
    return thrown instanceof SignInError ? thrown : new SignInError('internal', { cause: thrown });
  }
}

/** Every code, for tests and documentation. */
export const codes = /* @__PURE__ */ Object.keys(CODES);
