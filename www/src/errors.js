// What went wrong, in words. The engine gives a code and a reason; the sentences are here, so that they cost no wasm.

/** @typedef {import('../types/index.d.ts').SignInErrorCode} Code */

/**
 * Code → what happened, and how to mend it: of what a page has to be able to say by itself, at once. The other sentences come
 * with sentences.js.
 * @type {Partial<Record<Code, [message: string, hint: string]>>}
 */
const CODES = {
  not_initialised: ['The engine is not loaded.', 'Await init() first.'],
  wasm_unavailable: ['The engine could not be loaded.', "Serve sign-in-with-x.wasm; CSP needs script-src 'wasm-unsafe-eval' and connect-src."],
  popup_blocked: ['The browser blocked the popup.', 'Call signIn() directly in a click, or use flow: "redirect".'],
  cancelled: ['The sign-in was cancelled.', 'Show the button again.'],
  internal: ['A fault in sign-in-with-x.', 'Please report its cause.'],
};

/** `invalid_config`: reason → a better hint. @type {Record<string, string>} */
const REASONS = {};

/** @param {Partial<Record<Code, [message: string, hint: string]>>} codes @param {Record<string, string>} reasons */
export function learn(codes, reasons) {
  Object.assign(CODES, codes);
  Object.assign(REASONS, reasons);
}

/** Where trying again, unchanged, cannot help: code and reason. */
const FINAL = /^(invalid_config|state_missing|storage|embedded|entropy|internal)|invalid_(client|request|scope)$|forbidden/;

/** A failed sign-in. It never holds a code, a state, a verifier or a token, and may be logged. */
export class SignInError extends Error {
  name = 'SignInError';

  /**
   * @param {Code} code
   * @param {{ reason?: string, description?: string, cause?: unknown }} [details]
   */
  constructor(code, { reason = '', description = '', cause } = {}) {
    const [message, general] = CODES[code] ?? [`${code} ${reason}`, ''];
    const wrong = code === 'invalid_config' && REASONS[reason];
    const hint = wrong || description || general;
    // The message alone is what most pages log: it names the option too, or what the browser said of the engine.
    const more = wrong || (code === 'wasm_unavailable' && /** @type {Error | undefined} */ (cause)?.message);
    super(more ? `${message} ${more}` : message, { cause });
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

/** @param {Code} code */
export const hasSentence = (code) => Boolean(CODES[code]);

/** Every code whose sentence is there, for tests and documentation. */
export const codes = () => Object.keys(CODES);
