/**
 * A person's browser against a backend on a port: cookies, and the headers that browsers send. By `node:http`, because
 * `fetch` sends some of them by itself and refuses others.
 */
import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { CALLBACK } from '../simulator/helpers.mjs';

/** Where the backend believes itself to be, on whatever port it runs: it takes nothing from `Host`. */
export const ORIGIN = new URL(CALLBACK).origin;

export const CLICK = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
export const FROM_X = { ...CLICK, 'sec-fetch-site': 'cross-site' };
/** The callback page's own `fetch`. */
export const OURS = { 'content-type': 'application/json', 'x-requested-with': 'sign-in-with-x', origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };

/** Everybody comes through a proxy that says who asks: somebody else each time, unless a test says who. */
export const CLIENT_HEADER = 'x-real-ip';
let people = 0;
const somebody = () => ({ [CLIENT_HEADER]: `2001:db8:${(people += 1).toString(16)}::1` });

/** All that the hosts have answered, by their addresses. @type {Map<string, string[]>} */
export const answered = new Map();

/** Milliseconds until a host that does not answer has failed. A host may take ten seconds for X, and more on a busy machine. */
const PATIENCE = 60_000;

/** @param {string} url @param {{ method?: string, headers?: Record<string, string | undefined>, body?: string }} [how] */
export function http(url, { method = 'GET', headers = {}, body } = {}) {
  const said = Object.fromEntries(Object.entries({ ...somebody(), ...headers }).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const going = send(url, { method, headers: said, agent: false, signal: AbortSignal.timeout(PATIENCE) }, async (message) => {
      let text = '';
      for await (const chunk of message.setEncoding('utf8')) text += chunk;
      const { origin } = new URL(url);
      answered.set(origin, [...(answered.get(origin) ?? []), message.rawHeaders.join('\n'), text]);
      resolve({ status: message.statusCode, headers: message.headers, cookies: message.headers['set-cookie'] ?? [], text, json: () => JSON.parse(text) });
    });
    going.on('error', reject).end(body);
  });
}

/** G17: on every answer, in every runtime; and no CORS. */
export function assertHardened({ status, headers }) {
  assert.equal(headers['cache-control'], 'no-store', `${status}`);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.match(headers['content-security-policy'], /frame-ancestors 'none'/);
  assert.deepEqual(Object.keys(headers).filter((name) => name.startsWith('access-control-')), []);
}

/** @param {string} url of the backend */
export function browser(url) {
  /** @type {Map<string, { value: string, strict: boolean }>} */
  const jar = new Map();
  /** All that the backend said. @type {string[]} */
  const said = [];

  async function ask(path, { headers = CLICK, ...how } = {}) {
    // A navigation from another site brings no `SameSite=Strict` cookie.
    const sent = [...jar].filter(([, { strict }]) => !strict || headers['sec-fetch-site'] !== 'cross-site');
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    // The public address is on another port; behind a proxy it is no other.
    const answer = await http(url + path.replace(ORIGIN, ''), { headers: { ...headers, ...(cookie && { cookie }) }, ...how });
    assertHardened(answer);
    for (const line of answer.cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/Max-Age=0\b/.test(line)) jar.delete(name);
      else jar.set(name, { value, strict: /SameSite=Strict/.test(line) });
    }
    said.push(answer.text, ...Object.values(answer.headers).flat());
    return answer;
  }

  return {
    jar,
    said,
    ask,
    /** What the callback page sends. */
    post: (route, body, headers = {}) => ask(`/auth/x/${route}`, { method: 'POST', headers: { ...OURS, ...headers }, body: JSON.stringify(body ?? {}) }),
    session: (headers = {}) => ask('/auth/x/session', { headers: { 'sec-fetch-site': 'same-origin', ...headers } }),
  };
}

/** From X's address to the callback with X's answer: the simulator approves at once. @param {string} location */
export async function throughX(location) {
  const answer = await http(location);
  const back = answer.headers.location;
  assert.ok(back?.startsWith(CALLBACK), `${answer.status} ${back} ${answer.text.slice(0, 200)}`);
  return back;
}
