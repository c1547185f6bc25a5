/** What all sides of the load test know. */
export const ORIGIN = 'http://127.0.0.1:3000';
export const CALLBACK = `${ORIGIN}/auth/x/callback`;
export const CLIENT_ID = 'load';
/** Of this test alone. */
export const SECRET = 'kP3v9ZbQ0xT7mWn2LrYs8HdJcE5uFgAa1BiKoNqRtVw';
/** The header that says who asks, as a proxy in front would write it. */
export const CLIENT_HEADER = 'x-real-ip';

/** What a page of ours sends. */
export const EXCHANGE = {
  method: /** @type {const} */ ('POST'),
  headers: { 'content-type': 'application/json', 'x-requested-with': 'sign-in-with-x', origin: ORIGIN, 'sec-fetch-site': 'same-origin' },
  body: JSON.stringify({ code: 'c'.repeat(90), codeVerifier: 'v'.repeat(43), redirectUri: CALLBACK, clientId: CLIENT_ID }),
};

/** How many requests come from one client: fewer than one may have X asked in a minute (`PER_MINUTE`, src/server/rate.rs). */
const OF_ONE = 25;
let asked = 0;

/** The next one, from whoever's turn it is. @template {{ headers?: object }} T @param {T} request */
export function fromSomebody(request) {
  asked += 1;
  return { ...request, headers: { ...request.headers, [CLIENT_HEADER]: `visitor ${Math.floor(asked / OF_ONE)}` } };
}
