/** Sign-ins that the backend begins: plain links, from the click to the session, against the simulator. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { CALLBACK, NATIVE, SPA, WEB } from '../simulator/helpers.mjs';
import { APP, CLICK, FROM_X, assertSilent, backend, browser } from './browser.mjs';
import { ORIGIN, startX } from './helpers.mjs';

const START = 'sign-in-with-x-start';
const SESSION = 'sign-in-with-x';

for (const app of [SPA, NATIVE, WEB]) {
  test(`F11 G6: a link signs in without JavaScript, by an app of type ${app.type}`, async (t) => {
    const { simulator, handler, heard } = await backend(t, { app });
    const person = browser(handler);
    const landed = await person.signIn('/auth/x/start?return_to=/inbox%3Fpage%3D2');
    assert.equal(landed.status, 200);
    assert.match(landed.text, /http-equiv="refresh" content="0;url=\/inbox\?page=2"/);
    assert.equal(landed.cookies.length, 2, 'the session and the transaction');
    assert.match(landed.cookies.find((line) => line.startsWith(`${SESSION}=`)), /HttpOnly; SameSite=Strict$/);
    assert.match(landed.cookies.find((line) => line.startsWith(`${START}=`)), /Max-Age=0; HttpOnly; SameSite=Lax$/);
    assert.equal((await person.session()).json().user.username, 'ada_example');
    assert.equal(simulator.control.events('user_request').length, 1, 'G14');
    assertSilent(person.said, [JSON.parse(heard[0]).access_token]);
  });
}

test('G9: "Log in with X" by OAuth 1.0a: every request signed, no secret in any answer (G1)', async (t) => {
  const { handler, heard } = await backend(t);
  const person = browser(handler);
  const landed = await person.signIn('/auth/x/oauth1/start?return_to=/inbox');
  assert.equal(landed.status, 200, landed.text);
  assert.match(landed.text, /url=\/inbox"/);
  const { user, scopes } = (await person.session()).json();
  assert.deepEqual([user.username, scopes], ['ada_example', []]);
  const [request, access] = heard.map((text) => new URLSearchParams(text));
  assertSilent(person.said, [request.get('oauth_token_secret'), access.get('oauth_token_secret'), access.get('oauth_token'), APP.oauth1.consumerSecret]);
});

test('G9: with the option email the address is asked for, and told', async (t) => {
  const { handler } = await backend(t, { options: { oauth1: { ...APP.oauth1, email: true } } });
  const person = browser(handler);
  await person.signIn('/auth/x/oauth1/start');
  assert.match((await person.session()).json().user.email, /@/);
});

test('G9: the page posts the verifier where the callback is a static page', async (t) => {
  const { handler } = await backend(t);
  const person = browser(handler);
  const begun = await person.ask('/auth/x/oauth1/start?return_to=/inbox');
  const back = new URL(await person.toX(begun.headers.get('location'))).searchParams;
  const body = { oauthToken: back.get('oauth_token'), oauthVerifier: back.get('oauth_verifier') };
  const stranger = await browser(handler).post('/auth/x/oauth1/exchange', body);
  assert.deepEqual([stranger.status, stranger.json().error], [400, 'invalid_grant'], 'G4: another browser');
  const answer = await person.post('/auth/x/oauth1/exchange', body);
  assert.deepEqual([answer.status, answer.json().returnTo], [200, '/inbox']);
});

for (const hours of [1, -1]) {
  test(`G9: X’s clock is ${hours} h from ours: its Date is taken once, and the sign-in works`, async (t) => {
    const { handler, heard } = await backend(t, { simulated: { clock: () => Date.now() + hours * 3_600_000 } });
    const landed = await browser(handler).signIn('/auth/x/oauth1/start');
    assert.equal(landed.status, 200, landed.text);
    assert.ok(heard.some((text) => text.includes('135')), 'it was refused first');
  });
}

test('G4: a page posts code and state without a verifier, in the browser that began', async (t) => {
  const { handler, heard } = await backend(t);
  const person = browser(handler);
  const begun = await person.ask('/auth/x/start?return_to=/inbox');
  const back = new URL(await person.toX(begun.headers.get('location'))).searchParams;
  const body = { code: back.get('code'), state: back.get('state'), redirectUri: CALLBACK, clientId: APP.clientId };
  const refused = [
    [browser(handler), body, 'another browser'],
    [person, { ...body, state: `${body.state.slice(0, -1)}A` }, 'another state'],
    [person, { ...body, state: '' }, 'no state'],
  ];
  for (const [who, wrong, name] of refused) {
    const answer = await who.post('/auth/x/exchange', wrong);
    assert.deepEqual([answer.status, answer.json().error], [400, 'invalid_grant'], name);
  }
  assert.equal(heard.length, 0, 'X was not asked');
  const kept = new Map(person.jar);
  const answer = await person.post('/auth/x/exchange', body);
  assert.deepEqual([answer.status, answer.json().returnTo], [200, '/inbox']);
  assert.equal((await person.post('/auth/x/exchange', body)).status, 400, 'again');
  const before = heard.length;
  person.jar.set(START, kept.get(START));
  const replay = await person.post('/auth/x/exchange', body);
  assert.deepEqual([replay.status, replay.json().error, heard.length], [400, 'invalid_grant', before], 'a copy of the cookie');
});

test('G4: a hundred at once with one callback: one signs in', async (t) => {
  const { handler, heard } = await backend(t);
  const person = browser(handler);
  const begun = await person.ask('/auth/x/start');
  const back = await person.toX(begun.headers.get('location'));
  const cookie = `${START}=${person.jar.get(START)}`;
  const all = await Promise.all(Array.from({ length: 100 }, () => handler(new Request(back, { headers: { ...FROM_X, cookie } }))));
  assert.equal(all.filter(({ status }) => status === 200).length, 1);
  assert.equal(heard.length, 2, 'one exchange and one profile');
});

test('G4 G9: transactions are not taken for one another', async (t) => {
  const { handler, heard } = await backend(t);
  const person = browser(handler);
  const first = await person.toX((await person.ask('/auth/x/start?return_to=/first')).headers.get('location'));
  const second = await person.toX((await person.ask('/auth/x/oauth1/start?return_to=/second')).headers.get('location'));
  // The request token as a state, and the state as a request token.
  const token = new URL(second).searchParams.get('oauth_token');
  const asked = heard.length;
  assert.equal((await browser(handler).ask(`${CALLBACK}?code=c&state=${token}`, { headers: FROM_X })).status, 400);
  assert.equal((await browser(handler).ask(`${CALLBACK}?oauth_token=${new URL(first).searchParams.get('state')}&oauth_verifier=v`, { headers: FROM_X })).status, 400);
  assert.equal(heard.length, asked);
  assert.match((await person.ask(second, { headers: FROM_X })).text, /url=\/second/);
  assert.match((await person.ask(first, { headers: FROM_X })).text, /url=\/first/);
});

test('B6: whoever cancels is back where they were, by either protocol', async (t) => {
  const { handler, simulator } = await backend(t);
  simulator.control.autoCancel(true);
  const person = browser(handler);
  const back = await person.signIn('/auth/x/start?return_to=/inbox');
  assert.match(back.text, /url=\/inbox/);
  assert.equal((await person.session()).status, 204);
  assert.equal(person.jar.size, 0);
  const begun = await person.ask('/auth/x/oauth1/start?return_to=/inbox');
  const token = new URL(begun.headers.get('location')).searchParams.get('oauth_token');
  const denied = await person.ask(`${CALLBACK}?denied=${token}`, { headers: FROM_X });
  assert.match(denied.text, /Not signed in.*url=\/inbox|url=\/inbox.*Not signed in/);
  assert.equal(person.jar.size, 0);
});

test('G10: what is no click begins nothing: no cookie, no transaction', async (t) => {
  const { handler, heard } = await backend(t);
  const ahead = [
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
    { 'next-router-prefetch': '1' },
    { rsc: '1' },
  ];
  const elsewhere = [{ 'sec-fetch-dest': 'image' }, { 'sec-fetch-dest': 'iframe' }, { 'sec-fetch-mode': 'cors' }, { 'sec-fetch-site': 'cross-site' }];
  for (const route of ['start', 'oauth1/start']) {
    for (const [list, status] of [[ahead, 425], [elsewhere, 403]]) {
      for (const headers of list) {
        const person = browser(handler);
        const answer = await person.ask(`/auth/x/${route}`, { headers: { ...CLICK, ...headers } });
        assert.deepEqual([answer.status, answer.cookies, person.jar.size], [status, [], 0], JSON.stringify(headers));
      }
    }
  }
  assert.equal(heard.length, 0);
});

test('G3 G10: a prefetched callback spends nothing', async (t) => {
  const { handler } = await backend(t);
  const person = browser(handler);
  const back = await person.toX((await person.ask('/auth/x/start')).headers.get('location'));
  assert.equal((await person.ask(back, { headers: { ...FROM_X, 'sec-purpose': 'prefetch' } })).status, 425);
  assert.equal((await person.ask(back, { headers: FROM_X })).status, 200);
});

test('G13 B8: a landing place that no cookie can hold is left out, and the sign-in goes on', async (t) => {
  const { handler } = await backend(t);
  for (const link of ['start', 'oauth1/start']) {
    const person = browser(handler);
    const landed = await person.signIn(`/auth/x/${link}?return_to=/${'%22'.repeat(2047)}`);
    assert.deepEqual([landed.status, /url=\/"/.test(landed.text)], [200, true], link);
  }
});

test('B4 G3: only the host’s own pages, and the person, say where a sign-in ends', async (t) => {
  const { handler } = await backend(t);
  const lands = async (/** @type {Record<string, string | undefined>} */ change) => {
    const person = browser(handler);
    const headers = Object.fromEntries(Object.entries({ ...CLICK, ...change }).filter(([, value]) => value !== undefined));
    const begun = await person.ask('/auth/x/start?return_to=/inbox', { headers });
    if (begun.status !== 303) return begun.status;
    const landed = await person.ask(await person.toX(begun.headers.get('location')), { headers: FROM_X });
    return /content="0;url=([^"]+)"/.exec(landed.text)[1];
  };
  const unnamed = { 'sec-fetch-site': undefined };
  for (const [change, end] of [
    [{}, '/inbox'],
    [{ 'sec-fetch-site': 'none' }, '/inbox'],
    [{ 'sec-fetch-site': 'same-site' }, '/'],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin, cross-site' }, 403],
    [{ 'sec-fetch-site': 'something new' }, 403],
    [{ ...unnamed, referer: `${ORIGIN}/a/page` }, '/inbox'],
    [unnamed, 200],
    [{ ...unnamed, referer: 'https://evil.example/' }, 403],
    [{ ...unnamed, referer: `${ORIGIN}.evil.example/` }, 403],
  ]) {
    assert.equal(await lands(change), end, JSON.stringify(change));
  }
});

test('G2 G4: where a static page posts what X said, the cookie is Strict, and is there', async (t) => {
  const page = `${ORIGIN}/signed-in`;
  const { handler } = await backend(t, { app: { ...APP, redirectUris: [page] }, options: { redirectUris: [page] }, simulated: { apps: [{ ...APP, redirectUris: [page] }] } });
  const person = browser(handler);
  for (const link of ['start', 'oauth1/start']) {
    const begun = await person.ask(`/auth/x/${link}?return_to=/inbox`);
    assert.match(begun.cookies[0], /^sign-in-with-x-start=.*; SameSite=Strict$/);
    const back = await fetch(begun.headers.get('location'), { redirect: 'manual' });
    const { searchParams } = new URL(back.headers.get('location'));
    const said = Object.fromEntries(searchParams);
    const [route, body] = link === 'start' ? ['exchange', { code: said.code, state: said.state, redirectUri: page, clientId: APP.clientId }] : ['oauth1/exchange', { oauthToken: said.oauth_token, oauthVerifier: said.oauth_verifier }];
    const answer = await person.post(`/auth/x/${route}`, body);
    assert.deepEqual([answer.status, answer.json().returnTo], [200, '/inbox'], link);
  }
});

test('A11 A1 A9: the backend’s callback refuses what the page’s would, and a bare state is the person’s no', async (t) => {
  const { handler, heard } = await backend(t);
  const person = browser(handler);
  const { searchParams } = new URL((await person.ask('/auth/x/start?return_to=/inbox')).headers.get('location'));
  const state = searchParams.get('state');
  for (const tail of ['code=c&code=c', `code=c&state=${state}`, 'code=c&iss=https://x.com&iss=https://x.com', 'code=c&access_token=t', 'id_token=t', 'code=c&error=x', 'code=']) {
    assert.equal((await person.ask(`${CALLBACK}?state=${state}&${tail}`, { headers: FROM_X })).status, 400, tail);
  }
  const kept = person.jar.get(START);
  const mixedUp = await person.ask(`${CALLBACK}?state=${state}&code=c&iss=https://evil.example`, { headers: FROM_X });
  assert.deepEqual([mixedUp.status, person.jar.size], [400, 0]);
  person.jar.set(START, kept);
  const back = await person.ask(`${CALLBACK}?state=${state}`, { headers: FROM_X });
  assert.deepEqual([back.status, /url=\/inbox/.test(back.text), person.jar.size], [200, true, 0]);
  assert.equal(heard.length, 0, 'X was not asked');
});

test('G5: X’s redirect is followed nowhere, and the transaction is spent', async (t) => {
  const attacker = await startX(t);
  const x = await startX(t, { token: { status: 302, headers: { location: attacker.url } } });
  let redirected = '';
  const { handler } = await backend(t, {
    options: { fetch: (url, init) => fetch(new URL(url).pathname === redirected ? `${x.url}/token` : url, init) },
  });
  for (const [link, path] of [['start', '/2/oauth2/token'], ['start', '/2/users/me'], ['oauth1/start', '/oauth/access_token'], ['oauth1/start', '/2/users/me'], ['oauth1/start', '/oauth/request_token']]) {
    const person = browser(handler);
    redirected = path === '/oauth/request_token' ? path : '';
    let end = await person.ask(`/auth/x/${link}`);
    if (end.status === 303) {
      const back = await person.toX(end.headers.get('location'));
      redirected = path;
      end = await person.ask(back, { headers: FROM_X });
    }
    assert.deepEqual([end.status, /provider_error/.test(end.text), person.jar.size], [502, true, 0], path);
  }
  assert.deepEqual([attacker.seen.length, x.seen.length], [0, 5]);
});

test('G4: a failure after the transaction was taken takes its cookie away, whatever failed', async (t) => {
  const fail = { token: null, sessions: null };
  const told = [];
  const kept = new Map();
  const { handler } = await backend(t, {
    options: {
      sessions: { get: (id) => kept.get(id), set(id, value) { if (fail.sessions) throw fail.sessions; kept.set(id, value); }, delete: (id) => kept.delete(id) },
      fetch: (...args) => (fail.token ? Promise.reject(fail.token) : fetch(...args)),
      onError: (error) => told.push(error),
    },
  });
  for (const [change, status] of [[{ token: new Error('no route') }, 502], [{ token: null, sessions: new Error('no store') }, 500]]) {
    for (const route of ['start', 'oauth1/start']) {
      fail.token = null;
      fail.sessions = null;
      const person = browser(handler);
      const back = await person.toX((await person.ask(`/auth/x/${route}?return_to=/inbox`)).headers.get('location'));
      Object.assign(fail, change);
      const end = await person.ask(back, { headers: FROM_X });
      assert.deepEqual([end.status, person.jar.size], [status, 0], end.text);
      assert.match(end.text, /href="\/inbox"/);
    }
  }
  assert.equal(told.length, 2, 'the store’s failures, not X’s');
});

test('F11: the page of a link that failed says what to do about it, as `POST exchange` does', async (t) => {
  const wrong = { consumerKey: APP.oauth1.consumerKey, consumerSecret: 'canary-wrong-consumer-secret' };
  const { handler } = await backend(t, { options: { oauth1: wrong, clientSecret: 'canary-secret-of-no-app' } });
  const byOAuth1 = await browser(handler).ask('/auth/x/oauth1/start');
  assert.match(byOAuth1.text, /<p>invalid_client 32<\/p><p>X could not authenticate the request\. Check oauth1\.consumerKey and oauth1\.consumerSecret [^<]*\.<\/p>/);
  const byLink = await browser(handler).ask('/auth/x/start?redirect_uri=https://evil.example/');
  assert.match(byLink.text, /<p>invalid_request<\/p><p>The link&#39;s redirect_uri is not[^<]*\.<\/p>/);
  const x = await startX(t, { token: { status: 401, headers: { 'content-type': 'application/json' }, body: '{"error":"unauthorized_client","error_description":"Missing valid authorization header"}' } });
  const { handler: other } = await backend(t, { options: { fetch: (url, init) => fetch(new URL(url).pathname === '/2/oauth2/token' ? `${x.url}/token` : url, init) } });
  const refused = await browser(other).signIn();
  assert.equal(refused.status, 502);
  assert.match(refused.text, /<p>invalid_client unauthorized_client<\/p><p>X expects a client secret: [^<]*Give clientSecret,[^<]*\.<\/p>/);
  for (const { text } of [byOAuth1, byLink, refused]) assert.doesNotMatch(text, /canary|evil/);
});

test('F11: what did not begin here goes to the host’s callback page, or is refused', async (t) => {
  const page = (request) => new Response(`the page for ${new URL(request.url).search}`, { headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'content-security-policy': "frame-ancestors 'none'" } });
  const without = await backend(t);
  const refused = await browser(without.handler).ask(`${CALLBACK}?code=c&state=s`, { headers: FROM_X });
  assert.deepEqual([refused.status, /invalid_grant/.test(refused.text)], [400, true]);
  const { handler } = await backend(t, { options: { callbackPage: page } });
  assert.equal((await browser(handler).ask(`${CALLBACK}?code=c&state=s`, { headers: FROM_X })).text, 'the page for ?code=c&state=s');
  assert.equal(new URL(CALLBACK).origin, ORIGIN);
});

test('F11: the page’s doctor reads the callback page that the backend serves, and no script an answer of X', async (t) => {
  const page = () => new Response('the page', { headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'content-security-policy': "frame-ancestors 'none'" } });
  const { handler, simulator } = await backend(t, { options: { callbackPage: page } });
  const person = browser(handler);
  const script = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
  const read = await person.ask(CALLBACK, { headers: script });
  assert.deepEqual([read.status, read.text], [200, 'the page']);
  const back = await person.toX((await person.ask('/auth/x/start')).headers.get('location'));
  assert.equal((await person.ask(back, { headers: script })).status, 403);
  assert.equal(simulator.control.events('token_request').length, 0);
  assert.equal((await person.ask(back, { headers: FROM_X })).status, 200, 'it is there for the person');
});

test('G3: without secrets there are no such routes', async (t) => {
  const { handler } = await backend(t, { options: { secrets: undefined, oauth1: undefined } });
  for (const [method, route] of [['GET', 'start'], ['GET', 'callback'], ['GET', 'oauth1/start'], ['POST', 'oauth1/exchange']]) {
    assert.equal((await browser(handler).ask(`/auth/x/${route}`, { method })).status, 404, route);
  }
});
