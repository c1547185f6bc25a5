/** What both sides of the load test know. */
export const ORIGIN = 'http://127.0.0.1:3000';
export const CALLBACK = `${ORIGIN}/auth/x/callback`;
/** Of this test alone. */
export const SECRET = 'kP3v9ZbQ0xT7mWn2LrYs8HdJcE5uFgAa1BiKoNqRtVw';

/** What a page of ours sends. */
export const EXCHANGE = {
  method: /** @type {const} */ ('POST'),
  headers: { 'content-type': 'application/json', 'x-requested-with': 'sign-in-with-x', origin: ORIGIN, 'sec-fetch-site': 'same-origin' },
  body: JSON.stringify({ code: 'c'.repeat(90), codeVerifier: 'v'.repeat(43), redirectUri: CALLBACK, clientId: 'load' }),
};
