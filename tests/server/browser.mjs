/**
 * A browser without JavaScript, as far as a sign-in needs one: it keeps cookies and sends them as their `SameSite` says,
 * follows links and redirects, and says about each request what browsers say (Fetch Metadata). The host's pages are the
 * handler; X is the simulator.
 */
import assert from 'node:assert/strict';
import { createHandler } from '../../www/src/server/index.js';
import { CALLBACK, SPA, start } from '../simulator/helpers.mjs';
import { ORIGIN, OURS, assertHardened } from './helpers.mjs';

/** With both protocols. */
export const APP = { ...SPA, oauth1: { consumerKey: 'the-consumer-key', consumerSecret: 'the+consumer/secret%of=the&app' } };
export const SECRET = 'kP3v9ZbQ0xT7mWn2LrYs8HdJcE5uFgAa1BiKoNqRtVw';
export const CLICK = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
/** X sends the person back. */
export const FROM_X = { ...CLICK, 'sec-fetch-site': 'cross-site' };

/** A simulator, and a backend of one of its apps that remembers every text that X answered and every text it said. */
export async function backend(t, { app = APP, options = {}, simulated = {} } = {}) {
  const simulator = await start(t, { apps: [{ ...app, redirectUris: [CALLBACK] }], clock: () => Date.now(), autoApprove: 'ada_example', ...simulated });
  const heard = [];
  const handler = createHandler({
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    redirectUris: [CALLBACK],
    origin: ORIGIN,
    secrets: SECRET,
    oauth1: app.oauth1,
    endpoints: {
      authorize: `${simulator.apiUrl}/i/oauth2/authorize`,
      token: `${simulator.apiUrl}/2/oauth2/token`,
      revoke: `${simulator.apiUrl}/2/oauth2/revoke`,
      user: `${simulator.apiUrl}/2/users/me`,
      oauth1: simulator.apiUrl,
    },
    async fetch(...args) {
      const response = await fetch(...args);
      heard.push(await response.clone().text());
      return response;
    },
    ...options,
  });
  return { simulator, handler, heard };
}

export function browser(handler) {
  /** @type {Map<string, string>} */
  const jar = new Map();
  /** Everything that the backend said, for the grep. */
  const said = [];
  /** @type {Map<string, string>} */
  const sameSite = new Map();
  // RFC 6265bis §5.6.7.1: from another site only a navigation brings cookies, and only those that are `Lax`.
  const cookies = (/** @type {Record<string, string>} */ headers) => [...jar]
    .filter(([name]) => headers['sec-fetch-site'] !== 'cross-site' || (headers['sec-fetch-mode'] === 'navigate' && sameSite.get(name) === 'Lax'))
    .map(([name, value]) => `${name}=${value}`).join('; ');

  async function ask(path, { method = 'GET', headers = CLICK, body } = {}) {
    const cookie = cookies(headers);
    const request = new Request(new URL(path, ORIGIN), { method, headers: { ...headers, ...(cookie && { cookie }) }, body: body === undefined ? undefined : JSON.stringify(body) });
    const response = await handler(request);
    assertHardened(response);
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      sameSite.set(name, /SameSite=(\w+)/.exec(line)[1]);
      if (/Max-Age=0\b/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await response.text();
    said.push(text, ...[...response.headers].flat());
    return { status: response.status, headers: response.headers, cookies: response.headers.getSetCookie(), text, json: () => JSON.parse(text) };
  }

  return {
    jar,
    said,
    ask,
    /** Of a cookie that was put there: it is `Lax`. @param {string} name */
    laxly: (name) => sameSite.set(name, 'Lax'),
    /** To X, and back to the address with X's answer; `act` presses something on X's page. */
    async toX(location, act) {
      const response = await fetch(location, { redirect: 'manual' });
      const back = act ? await act(await response.text()) : response.headers.get('location');
      assert.ok(back?.startsWith(CALLBACK), `${response.status} ${back}`);
      return back;
    },
    /** From the click to where the person lands. */
    async signIn(link = '/auth/x/start', act) {
      const begun = await ask(link);
      assert.equal(begun.status, 303, begun.text);
      return ask(await this.toX(begun.headers.get('location'), act), { headers: FROM_X });
    },
    /** What our static callback page sends. */
    post: (path, body) => ask(path, { method: 'POST', headers: OURS, body: body ?? {} }),
    session: () => ask('/auth/x/session', { headers: { 'sec-fetch-site': 'same-origin' } }),
  };
}

/** None of the values in what was said, not even in another encoding. */
export function assertSilent(said, secrets) {
  const all = said.join('\n');
  for (const secret of secrets) {
    assert.ok(secret?.length > 8, 'a secret to look for');
    for (const form of [secret, encodeURIComponent(secret), btoa(secret)]) assert.ok(!all.includes(form), 'a secret was said');
  }
}
