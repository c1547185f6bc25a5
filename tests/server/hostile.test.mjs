/** G12 G13: whatever arrives, nothing breaks; whatever happens, no secret is said. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { CALLBACK } from '../simulator/helpers.mjs';
import { APP, CLICK, FROM_X, SECRET, assertSilent, backend, browser } from './browser.mjs';
import { BODY, ORIGIN, OURS, assertHardened, handlerFor, startX } from './helpers.mjs';

/** Mulberry32: the same numbers at every run. */
function random(seed) {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

for (const seed of [1, 2, 3, 4]) {
  test(`G13: five hundred requests nobody sends, seed ${seed}: never a 5xx, never an exception`, async (t) => {
    const x = await startX(t);
    const told = [];
    const handler = handlerFor(x, { secrets: SECRET, oauth1: { consumerKey: 'key', consumerSecret: 'secret' }, onError: (error) => told.push(error) });
    const begun = browser(handler);
    await begun.ask('/auth/x/start');
    const sealed = begun.jar.get('sign-in-with-x-start');
    const next = random(seed);
    const pick = (list) => list[next(list.length)];
    const junk = () => String.fromCharCode(...Array.from({ length: next(40) }, () => pick([0x20, 0x21, 0x22, 0x25, 0x26, 0x2b, 0x2e, 0x3b, 0x3d, 0x41, 0x5c, 0x7e, 0xe9, 0xff])));
    const cut = (text) => text.slice(next(4), text.length - next(4)) + pick(['', 'A', '=', '.', '%', junk()]);
    const names = ['code', 'state', 'error', 'denied', 'oauth_token', 'oauth_verifier', 'return_to', 'redirect_uri', 'screen_name', 'force_login', '__proto__', ''];
    const values = () => pick([junk(), '', 'access_denied', 'true', CALLBACK, '/inbox', '//evil.example', 'https://evil.example', '%', '%00', '%ff', 'a'.repeat(5000), encodeURIComponent(junk())]);
    const query = () => Array.from({ length: next(5) }, () => `${pick(names)}${pick(['=', '', '=='])}${values()}`).join(pick(['&', ';', '&&']));
    const cookie = () => pick([
      '',
      junk(),
      `sign-in-with-x-start=${cut(sealed)}`,
      `sign-in-with-x-start=${sealed}; sign-in-with-x-start=${cut(sealed)}`,
      `sign-in-with-x=${'A'.repeat(40 + next(6))}`,
      `sign-in-with-x=${'A'.repeat(43)}.${cut(sealed)}`,
      `sign-in-with-x=${junk()}; sign-in-with-x-start=${junk()}`,
      'sign-in-with-x=;'.repeat(1 + next(2000)),
    ]).replace(/[^\t\x20-\x7e\x80-\xff]/g, '').trim();
    const body = () => pick([junk(), JSON.stringify({ ...BODY, [pick(Object.keys(BODY))]: pick([null, 1, [], {}, junk(), 'a'.repeat(6000)]) }), JSON.stringify({ ...BODY, codeVerifier: undefined, state: junk() }), JSON.stringify({ oauthToken: values(), oauthVerifier: values() }), JSON.stringify({ oauthToken: [], oauthVerifier: {} }), '{"oauthToken":', 'null', '[]', '"a"', '['.repeat(5000), 'a'.repeat(17_000)]);
    for (let count = 0; count < 500; count += 1) {
      const method = pick(['GET', 'POST', 'GET', 'POST', 'PUT', 'HEAD', 'OPTIONS']);
      const route = pick(['start', 'callback', 'oauth1/start', 'oauth1/exchange', 'exchange', 'session', 'signout', junk().replace(/[?#\\]/g, '')]);
      // The one request that would go to X by itself; what becomes of that has its own tests.
      if (route === 'oauth1/start' && method === 'GET') continue;
      const headers = { ...(method === 'POST' ? OURS : pick([CLICK, FROM_X])), cookie: cookie() };
      if (next(4) === 0) headers[pick(['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-purpose', 'origin', 'content-type', 'x-requested-with', 'rsc'])] = junk().trim();
      const request = new Request(`${ORIGIN}/auth/x/${route}?${query()}`, { method, headers, body: method === 'GET' || method === 'HEAD' ? undefined : body() });
      const response = await handler(request);
      assert.ok(response.status < 500, `${count}: ${method} ${request.url} ${response.status}`);
      assertHardened(response);
    }
    assert.deepEqual(told, []);
  });
}

test('G1 G12 A18: no secret in any answer, cookie, address, error or log line, whatever goes wrong', async (t) => {
  const logged = [];
  for (const method of ['log', 'warn', 'error', 'info', 'debug']) t.mock.method(console, method, (...args) => logged.push(args.join(' ')));
  const addresses = [];
  const working = [];
  const { handler, heard, simulator } = await backend(t, {
    options: {
      onError: (error) => logged.push(String(error), String(error.stack)),
      waitUntil: (work) => working.push(work),
      fetch: async (url, init) => {
        addresses.push(String(url));
        const response = await fetch(url, init);
        heard.push(await response.clone().text());
        return response;
      },
    },
  });
  const said = [];
  const secrets = new Set([SECRET, APP.oauth1.consumerSecret]);
  const faults = [null, ['token_status', { status: 503 }], ['truncate', {}], ['html_error', {}], ['rate_limit', {}], ['numbered_error', {}]];
  for (const fault of faults) {
    for (const link of ['start', 'oauth1/start']) {
      const person = browser(handler);
      const begun = await person.ask(`/auth/x/${link}`);
      const back = await person.toX(begun.headers.get('location'));
      for (const name of ['code', 'oauth_verifier']) {
        const secret = new URL(back).searchParams.get(name);
        if (secret) secrets.add(secret);
      }
      if (fault) {
        try {
          simulator.control.fault(...fault);
        } catch (error) {
          assert.ok(error instanceof TypeError, 'a fault of another stage');
        }
      }
      const end = await person.ask(back, { headers: FROM_X });
      simulator.control.clearFaults();
      if (!fault) assert.equal(end.status, 200);
      await person.session();
      await person.post('/auth/x/exchange', { code: 'c', state: 's', redirectUri: CALLBACK, clientId: APP.clientId });
      await person.post('/auth/x/signout');
      said.push(...person.said, ...person.jar.values());
    }
  }
  await Promise.all(working);
  for (const text of heard) {
    for (const [, secret] of text.matchAll(/(?:access_token|refresh_token|oauth_token_secret)"?[=:]"?([\w%-]{20,})/g)) secrets.add(decodeURIComponent(secret));
  }
  assert.ok(secrets.size > 8, `${secrets.size}`);
  assertSilent([...said, ...logged, ...addresses], [...secrets]);
});
