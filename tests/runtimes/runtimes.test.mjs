/**
 * The backend half as people mount it: every example, on its runtime, against the simulator, over sockets. The JavaScript
 * ones have the packed package; axum has the crate.
 */
import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { CALLBACK, CHALLENGE, SPA, VERIFIER, WEB } from '../simulator/helpers.mjs';
import { leak } from '../server/canaries/forms.mjs';
import { nonsense } from '../server/nonsense.mjs';
import { CLICK, CLIENT_HEADER, FROM_X, ORIGIN, answered, assertHardened, browser, http, throughX } from './client.mjs';
import { project, startHost } from './hosts.mjs';
import { startX } from './x.mjs';

const OAUTH1 = { X_API_KEY: 'the-consumer-key', X_API_KEY_SECRET: 'the+consumer/secret%of=the&app' };
const SECRET = 'kP3v9ZbQ0xT7mWn2LrYs8HdJcE5uFgAa1BiKoNqRtVw';
const APPS = { public: SPA, confidential: WEB };
const CSRF = ['exchange', 'oauth1/exchange', 'signout'];

/** @type {Awaited<ReturnType<typeof project>>} */
let tarball;
before(async () => {
  tarball = await project();
});
after(() => tarball?.remove());

/** The host with one app, and X for it. @param {string} name @param {typeof SPA & { clientSecret?: string }} app */
async function mounted(name, app) {
  const oauth1 = { consumerKey: OAUTH1.X_API_KEY, consumerSecret: OAUTH1.X_API_KEY_SECRET };
  const x = await startX([{ ...app, redirectUris: [CALLBACK], oauth1 }]);
  try {
    const secret = app.clientSecret === undefined ? {} : { X_CLIENT_SECRET: app.clientSecret };
    const host = await startHost(name, tarball.project, { X_CLIENT_ID: app.clientId, ...secret, ...OAUTH1, ORIGIN, SECRET, SIMULATOR: x.url, CLIENT_HEADER });
    return { app, x, host, person: () => browser(host.url) };
  } catch (error) {
    await x.close();
    throw error;
  }
}

/** None of these is in what the page or the log was told. @param {string[]} said @param {(string | null | undefined)[]} secrets */
function assertSilent(said, secrets) {
  const all = said.join('\n');
  for (const secret of secrets) {
    assert.ok(secret && secret.length > 8, 'a secret to look for');
    for (const form of [secret, encodeURIComponent(secret), btoa(secret)]) assert.ok(!all.includes(form), 'a secret was said');
  }
}

/** RFC 6749 §2.3.1: form-encoded, joined, base64. @param {string | undefined} authorization */
const credentials = (authorization) =>
  authorization && atob(authorization.replace(/^Basic /, '')).split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));

for (const name of ['node', 'express', 'hono', 'next', 'bun', 'deno', 'worker', 'axum']) {
  describe(name, () => {
    /** @type {Record<keyof typeof APPS, Awaited<ReturnType<typeof mounted>>>} */
    let backends;
    before(async () => {
      const started = await Promise.all(Object.entries(APPS).map(async ([kind, app]) => [kind, await mounted(name, app)]));
      backends = Object.fromEntries(started);
    });
    after(async () => {
      for (const { x, host } of Object.values(backends ?? {})) {
        await host.stop();
        await x.close();
      }
    });

    for (const kind of ['public', 'confidential']) {
      test(`F11 G6 A21: a ${kind} app: a link signs in without JavaScript, and a sign-out takes the tokens back`, async () => {
        const { app, x, host, person } = backends[kind];
        const ada = person();
        const begun = await ada.ask('/auth/x/start?return_to=/inbox%3Fpage%3D2');
        assert.equal(begun.status, 303, begun.text);
        const landed = await ada.ask(await throughX(begun.headers.location), { headers: FROM_X });
        assert.equal(landed.status, 200, landed.text);
        assert.match(landed.text, /http-equiv="refresh" content="0;url=\/inbox\?page=2"/);
        assert.equal(landed.cookies.length, 2, 'each cookie in a header of its own');
        assert.match(landed.cookies.find((line) => line.startsWith('sign-in-with-x=')), /; Path=\/; Max-Age=7200; HttpOnly; SameSite=Strict$/);
        assert.match(landed.cookies.find((line) => line.startsWith('sign-in-with-x-start=')), /Max-Age=0; HttpOnly; SameSite=Lax$/);
        assert.deepEqual([...ada.jar.keys()], ['sign-in-with-x']);

        assert.deepEqual(x.paths(), ['/2/oauth2/token', '/2/users/me'], 'G14: each is asked once');
        const [token] = x.heard;
        assert.deepEqual(credentials(token.authorization), app.clientSecret && [app.clientId, app.clientSecret]);
        assert.equal(new URLSearchParams(token.body).get('client_id'), app.clientSecret ? null : app.clientId);

        const session = await ada.session();
        assert.deepEqual([session.status, session.json().user.username], [200, 'ada_example']);
        const { access_token: accessToken } = JSON.parse(token.text);
        assert.equal((await ada.post('signout')).status, 204);
        assert.deepEqual([ada.jar.size, (await ada.session()).status], [0, 204]);
        await x.tookBack(accessToken);
        assertSilent([...ada.said, host.said()], [accessToken, SECRET, OAUTH1.X_API_KEY_SECRET, app.clientSecret ?? SECRET]);
      });

      test(`G1 G8: a ${kind} app: the callback page brings the code and the verifier`, async () => {
        const { app, x, person } = backends[kind];
        const query = { response_type: 'code', client_id: app.clientId, redirect_uri: CALLBACK, scope: 'tweet.read users.read', state: 'a-state-of-the-test', code_challenge: CHALLENGE, code_challenge_method: 'S256' };
        const code = async () => {
          const asked = Object.entries(query).map(([field, value]) => `${field}=${encodeURIComponent(value)}`).join('&');
          return new URL(await throughX(`${x.url}/i/oauth2/authorize?${asked}`)).searchParams.get('code');
        };
        const body = { codeVerifier: VERIFIER, redirectUri: CALLBACK, clientId: app.clientId };
        const ada = person();
        const answer = await ada.post('exchange', { ...body, code: await code() });
        assert.equal(answer.status, 200, answer.text);
        assert.deepEqual([answer.json().user.username, answer.json().scopes.toSorted()], ['ada_example', ['tweet.read', 'users.read']]);
        assert.equal((await ada.session()).json().user.username, 'ada_example');
        const before = new Map(ada.jar);
        assert.equal((await ada.post('exchange', { ...body, code: await code() })).status, 200);
        assert.notDeepEqual(ada.jar, before, 'another sign-in is another session');

        const spent = await code();
        await person().post('exchange', { ...body, code: spent });
        const again = await person().post('exchange', { ...body, code: spent });
        assert.deepEqual([again.status, again.json().error, again.cookies], [400, 'invalid_grant', []]);
      });
    }

    test('G8: another sign-in by a link ends the session before it, whose cookie does not come along from X', async () => {
      const { host, person } = backends.public;
      const ada = person();
      const signIn = async () => {
        const back = await throughX((await ada.ask('/auth/x/start')).headers.location);
        assert.equal((await ada.ask(back, { headers: FROM_X })).status, 200);
        return { cookie: `sign-in-with-x=${ada.jar.get('sign-in-with-x').value}` };
      };
      const before = await signIn();
      const session = (headers) => http(`${host.url}/auth/x/session`, { headers });
      assert.equal((await session(before)).status, 200);
      const after = await signIn();
      assert.deepEqual([(await session(before)).status, (await session(after)).status], [204, 200]);
    });

    test('G9: "Log in with X" by OAuth 1.0a, by a link', async () => {
      const { x, host, person } = backends.public;
      const from = x.heard.length;
      const ada = person();
      const begun = await ada.ask('/auth/x/oauth1/start?return_to=/inbox');
      assert.equal(begun.status, 303, begun.text);
      const landed = await ada.ask(await throughX(begun.headers.location), { headers: FROM_X });
      assert.match(landed.text, /url=\/inbox"/);
      const { user, scopes } = (await ada.session()).json();
      assert.deepEqual([user.username, scopes], ['ada_example', []]);
      assert.deepEqual(x.paths().slice(from), ['/oauth/request_token', '/oauth/access_token', '/2/users/me']);
      const [request, access] = x.heard.slice(from).map(({ text }) => new URLSearchParams(text));
      assertSilent([...ada.said, host.said()], [request.get('oauth_token_secret'), access.get('oauth_token_secret'), access.get('oauth_token')]);
      assert.equal((await ada.post('signout')).status, 204);
      assert.equal((await ada.session()).status, 204);
    });

    test('G9 G4: OAuth 1.0a, where the callback is a page that brings the verifier', async () => {
      const { person } = backends.public;
      const ada = person();
      const begun = await ada.ask('/auth/x/oauth1/start?return_to=/inbox');
      const back = new URL(await throughX(begun.headers.location)).searchParams;
      const body = { oauthToken: back.get('oauth_token'), oauthVerifier: back.get('oauth_verifier') };
      const stranger = await person().post('oauth1/exchange', body);
      assert.deepEqual([stranger.status, stranger.json().error], [400, 'invalid_grant'], 'another browser');
      const answer = await ada.post('oauth1/exchange', body);
      assert.deepEqual([answer.status, answer.json().returnTo, answer.json().user.username], [200, '/inbox', 'ada_example']);
    });

    // The examples that have such a route.
    if (['node', 'express', 'hono'].includes(name)) {
      test('G1 G7: a route of the site’s own knows who is signed in, and gives no token away', async () => {
        const { x, host, person } = backends.public;
        const ada = person();
        const me = async () => {
          const cookie = [...ada.jar].map(([key, { value }]) => `${key}=${value}`).join('; ');
          const { status, headers, text } = await http(`${host.url}/me`, { headers: cookie ? { cookie } : {} });
          ada.said.push(text);
          return [status, headers['cache-control'], JSON.parse(text)?.username];
        };
        assert.deepEqual(await me(), [401, 'no-store', undefined]);
        await ada.ask(await throughX((await ada.ask('/auth/x/start')).headers.location), { headers: FROM_X });
        const { access_token: accessToken } = JSON.parse(x.heard.findLast(({ path }) => path === '/2/oauth2/token').text);
        assert.deepEqual(await me(), [200, 'no-store', 'ada_example']);
        assertSilent(ada.said, [accessToken]);
        assert.equal((await ada.post('signout')).status, 204);
        assert.deepEqual(await me(), [401, 'no-store', undefined]);
      });
    }

    test('G3: what another site can make a browser send changes nothing', async () => {
      const { x, person } = backends.public;
      const ada = person();
      const begun = await ada.ask('/auth/x/start');
      await ada.ask(await throughX(begun.headers.location), { headers: FROM_X });
      const before = x.heard.length;
      const forged = [
        { 'x-requested-with': undefined },
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/x-www-form-urlencoded' },
        { 'content-type': 'text/plain; application/json' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        { origin: 'null', 'sec-fetch-site': undefined },
        // Where the host listens is not where it is.
        { origin: backends.public.host.url, 'sec-fetch-site': undefined },
      ];
      for (const headers of forged) {
        for (const route of CSRF) {
          const answer = await ada.post(route, {}, headers);
          assert.deepEqual([answer.status, answer.json().error, answer.cookies], [403, 'forbidden', []], `${route} ${JSON.stringify(headers)}`);
        }
      }
      assert.equal((await ada.session({ 'sec-fetch-site': 'cross-site' })).status, 403);
      assert.equal((await ada.session()).status, 200, 'still signed in');
      assert.equal(x.heard.length, before, 'X was not asked');
    });

    test('G1: no route gives a token away unless the host asks for that', async () => {
      const { x, person } = backends.public;
      const ada = person();
      await ada.ask(await throughX((await ada.ask('/auth/x/start')).headers.location), { headers: FROM_X });
      const { access_token: accessToken } = JSON.parse(x.heard.findLast(({ path }) => path === '/2/oauth2/token').text);
      assert.equal((await ada.session()).status, 200);
      assert.equal((await ada.post('token')).status, 404);
      assertSilent(ada.said, [accessToken]);
    });

    test('G3: a preflight of another site gets no permission', async () => {
      const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-requested-with' };
      for (const route of CSRF) {
        const answer = await http(`${backends.public.host.url}/auth/x/${route}`, { method: 'OPTIONS', headers });
        assert.deepEqual(Object.keys(answer.headers).filter((header) => header.startsWith('access-control-')), [], route);
      }
    });

    test('G10 G3: a prefetch, a frame and a link of another site begin nothing', async () => {
      const { x, person } = backends.public;
      const before = x.heard.length;
      const none = { 'sec-purpose': 'prefetch' };
      for (const [headers, status] of [[none, 425], [{ 'next-router-prefetch': '1' }, 425], [{ 'sec-fetch-dest': 'iframe' }, 403], [{ 'sec-fetch-site': 'cross-site' }, 403]]) {
        for (const route of ['start', 'oauth1/start']) {
          const answer = await person().ask(`/auth/x/${route}`, { headers: { ...CLICK, ...headers } });
          assert.deepEqual([answer.status, answer.cookies], [status, []], `${route} ${JSON.stringify(headers)}`);
        }
      }
      assert.equal(x.heard.length, before);
    });

    test('G4: of thirty at once with one callback one signs in', async () => {
      const { host, x, person } = backends.confidential;
      const ada = person();
      const begun = await ada.ask('/auth/x/start');
      const back = (await throughX(begun.headers.location)).replace(ORIGIN, host.url);
      const before = x.heard.length;
      const cookie = `sign-in-with-x-start=${ada.jar.get('sign-in-with-x-start').value}`;
      const all = await Promise.all(Array.from({ length: 30 }, () => http(back, { headers: { ...FROM_X, cookie } })));
      all.forEach(assertHardened);
      assert.deepEqual(all.map(({ status }) => status).sort((a, b) => a - b), [200, ...Array(29).fill(400)]);
      assert.equal(x.heard.length, before + 2, 'one exchange and one profile');
    });

    test('G14: the thirty-first request of one client in a minute asks X nothing, and others may go on', async () => {
      const { person, x } = backends.public;
      const [ada, noor] = [person(), person()];
      const start = (who, address) => who.ask('/auth/x/oauth1/start', { headers: { ...CLICK, [CLIENT_HEADER]: address } });
      let last;
      // More than once, where a minute ends in between.
      for (let count = 0; count < 61 && last?.status !== 429; count += 1) last = await start(ada, '192.0.2.1');
      assert.deepEqual([last.status, Number(last.headers['retry-after']) > 0], [429, true]);
      const before = x.heard.length;
      assert.equal((await start(ada, '192.0.2.1')).status, 429);
      assert.equal(x.heard.length, before);
      assert.equal((await start(noor, '192.0.2.2')).status, 303);
    });

    test('G5: a redirect of X is followed nowhere, and the sign-in is over', async (t) => {
      const { x, person } = backends.confidential;
      let stolen = 0;
      const attacker = createServer((_message, response) => {
        stolen += 1;
        response.end('{}');
      });
      await new Promise((resolve) => attacker.listen(0, '127.0.0.1', resolve));
      t.after(() => new Promise((resolve) => attacker.close(resolve)));
      const elsewhere = (path) => x.instead(path, (response) => response.writeHead(307, { location: `http://127.0.0.1:${attacker.address().port}/` }).end());
      for (const [link, path] of [['start', '/2/oauth2/token'], ['start', '/2/users/me'], ['oauth1/start', '/oauth/request_token'], ['oauth1/start', '/oauth/access_token'], ['oauth1/start', '/2/users/me']]) {
        const ada = person();
        let asBefore = path === '/oauth/request_token' ? elsewhere(path) : undefined;
        let end = await ada.ask(`/auth/x/${link}`);
        if (!asBefore) {
          const back = await throughX(end.headers.location);
          asBefore = elsewhere(path);
          end = await ada.ask(back, { headers: FROM_X });
        }
        asBefore();
        assert.deepEqual([end.status, /provider_error/.test(end.text), ada.jar.size], [502, true, 0], path);
      }
      const ada = person();
      await ada.ask(await throughX((await ada.ask('/auth/x/start')).headers.location), { headers: FROM_X });
      const asked = new Promise((resolve) => x.instead('/2/oauth2/revoke', (response) => {
        response.writeHead(307, { location: `http://127.0.0.1:${attacker.address().port}/` }).end(resolve);
      }));
      assert.equal((await ada.post('signout')).status, 204);
      await asked;
      // By the time that it has answered this, it has seen that.
      assert.equal((await ada.session()).status, 204);
      x.asBefore('/2/oauth2/revoke');
      assert.equal(stolen, 0);
    });

    test('A21: where X cannot take a token back, it is asked once more', async () => {
      const { x, person } = backends.confidential;
      const ada = person();
      await ada.ask(await throughX((await ada.ask('/auth/x/start')).headers.location), { headers: FROM_X });
      const { access_token: accessToken } = JSON.parse(x.heard.findLast(({ path }) => path === '/2/oauth2/token').text);
      const asBefore = x.instead('/2/oauth2/revoke', (response) => {
        asBefore();
        response.writeHead(503).end();
      });
      assert.equal((await ada.post('signout')).status, 204);
      await x.tookBack(accessToken);
    });

    test('A21: a visitor who goes away in the middle leaves no tokens behind', async (t) => {
      const { host, x, person } = backends.confidential;
      const ada = person();
      const back = await throughX((await ada.ask('/auth/x/start')).headers.location);
      const asked = new Promise((resolve) => t.after(x.instead('/2/users/me', resolve)));
      const cookie = `sign-in-with-x-start=${ada.jar.get('sign-in-with-x-start').value}`;
      const visit = request(back.replace(ORIGIN, host.url), { headers: { ...FROM_X, cookie, [CLIENT_HEADER]: '192.0.2.7' }, agent: false });
      const gone = new Promise((resolve) => visit.on('error', () => {}).on('close', resolve));
      visit.end();
      const answer = await asked;
      visit.destroy();
      await gone;
      // By then the host has seen it too.
      for (let count = 0; count < 5; count += 1) await person().session();
      answer.writeHead(503).end();
      const { access_token: accessToken } = JSON.parse(x.heard.findLast(({ path }) => path === '/2/oauth2/token').text);
      await x.tookBack(accessToken);
    });

    test('A22: an X that hangs up is an error that says so', async (t) => {
      const { x, person } = backends.confidential;
      const ada = person();
      const back = await throughX((await ada.ask('/auth/x/start?return_to=/inbox')).headers.location);
      // Every time: some clients try again by themselves on a connection that was kept.
      t.after(x.instead('/2/oauth2/token', (response) => response.destroy()));
      const end = await ada.ask(back, { headers: FROM_X });
      assert.deepEqual([end.status, ada.jar.size], [502, 0], end.text);
      assert.match(end.text, /href="\/inbox"/);
    });

    test('G13: what is malformed is refused', async () => {
      const { host, person } = backends.public;
      assert.equal((await person().post('exchange', { code: 'x'.repeat(20_000) })).status, 413);
      for (const body of ['', '{', '[]', 'null', '"text"', '\0']) {
        const answer = await person().ask('/auth/x/exchange', { method: 'POST', headers: { 'content-type': 'application/json', 'x-requested-with': 'sign-in-with-x', origin: ORIGIN }, body });
        assert.equal(answer.status, 400, JSON.stringify(body));
      }
      for (const cookie of ['sign-in-with-x=', 'sign-in-with-x=é; =;;', `sign-in-with-x=${'A'.repeat(43)}.${'A'.repeat(200)}`]) {
        assert.equal((await http(`${host.url}/auth/x/session`, { headers: { cookie } })).status, 204, cookie);
      }
      for (const path of ['/auth/x/%73tart', '/auth/x/start/', '/auth/x/nothing']) assert.equal((await http(host.url + path)).status, 404, path);
    });

    test('G13: a hundred and fifty requests that nobody sends: never a 5xx', async () => {
      const { host, x, person } = backends.public;
      const ada = person();
      const started = await ada.ask('/auth/x/start');
      const start = ada.jar.get('sign-in-with-x-start').value;
      await ada.ask(await throughX(started.headers.location), { headers: FROM_X });
      const session = ada.jar.get('sign-in-with-x').value;
      const next = nonsense(name.length, { start, session: session.replace(/^./, 'A') });
      for (let count = 0; count < 150; count += 1) {
        const { method, path, headers, body } = next();
        const before = x.heard.length;
        const { status } = await http(host.url + path, { method, headers, body });
        // X may have refused a code that nobody has.
        assert.ok(status < 500 || x.heard.length > before, `${count}: ${method} ${path} ${status}`);
      }
      assert.equal((await ada.session()).status, 200, 'it goes on');
    });

    test('G12 G1: what X repeats is repeated to nobody: not in an answer, not in a log', async (t) => {
      for (const { x, person } of Object.values(backends)) {
        for (const [link, path] of [['start', '/2/oauth2/token'], ['start', '/2/users/me'], ['oauth1/start', '/oauth/access_token'], ['oauth1/start', '/2/users/me']]) {
          for (const status of [400, 401, 403]) {
            const ada = person();
            const back = await throughX((await ada.ask(`/auth/x/${link}`)).headers.location);
            t.after(x.instead(path, (response, { authorization, body }) => {
              const all = [...authorization.split(/[ ",=]+/), atob(/^Basic (.*)/.exec(authorization)?.[1] ?? ''), ...new URLSearchParams(body).values()].filter((word) => word.length > 30).join(' ');
              response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: all, error_description: all, title: all, detail: all, reason: all, type: all, errors: [{ code: 999, message: all, detail: all }] }));
            }));
            const end = await ada.ask(back, { headers: FROM_X });
            x.asBefore(path);
            assert.deepEqual([end.status >= 400, ada.jar.size], [true, 0], path);
          }
        }
      }
    });

    test('G15: Host and X-Forwarded-* change nothing', async () => {
      const { person } = backends.public;
      const spoofed = { ...CLICK, host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' };
      const begun = await person().ask('/auth/x/start', { headers: spoofed });
      assert.equal(begun.status, 303);
      assert.match(begun.cookies[0], /^sign-in-with-x-start=/, 'not the name for https');
      assert.equal(new URL(begun.headers.location).searchParams.get('redirect_uri'), CALLBACK);
    });

    // The last: it looks at what the others have left.
    test('G1 G12 A18: none of what X has given, and no secret of the App, is in anything that the host has answered or logged', () => {
      for (const { app, x, host } of Object.values(backends)) {
        const secrets = new Set([SECRET, OAUTH1.X_API_KEY_SECRET]);
        if (app.clientSecret) secrets.add(app.clientSecret);
        for (const { path, text, body } of x.heard) {
          for (const [, secret] of text.matchAll(/"(?:access_token|refresh_token)":"([^"]+)"/g)) secrets.add(secret);
          const given = new URLSearchParams(path.startsWith('/oauth/') ? text : '');
          const sent = new URLSearchParams(body);
          // The name of a request token is in the address of X's page.
          for (const secret of [given.get('oauth_token_secret'), path === '/oauth/access_token' && given.get('oauth_token'), sent.get('code'), sent.get('code_verifier'), sent.get('oauth_verifier')]) if (secret) secrets.add(secret);
        }
        assert.ok(secrets.size > 10, `${secrets.size}`);
        const all = [host.said(), ...(answered.get(host.url) ?? [])].join('\n');
        assert.ok(all.length > 1000);
        for (const secret of secrets) assert.equal(leak(all, secret), undefined);
        for (const { url } of x.heard) assert.ok(![...secrets].some((secret) => leak(url, secret)), url);
      }
    });
  });
}
