import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { assertDeadEnd, authorizeUrl, exchange, get, obtainCode, openConsent, post, signIn, SPA, start } from './helpers.mjs';

const me = (simulator, token) => get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${token}` });

test('A14: expire_code issues a code that has run out already', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('expire_code');
  const { status, body } = await exchange(simulator, await obtainCode(simulator));
  assert.deepEqual([status, body.error_description], [400, 'Value passed for the authorization code was invalid.']);
  assert.equal((await exchange(simulator, await obtainCode(simulator))).status, 200);
});

test('K: token_status answers what it is told, and leaves the code unspent', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  simulator.control.fault('token_status', { status: 429, body: { title: 'Too Many Requests' } });
  const { status, headers, body } = await exchange(simulator, code);
  assert.deepEqual([status, body], [429, { title: 'Too Many Requests' }]);
  assert.match(headers.get('content-type'), /^application\/json/);
  assert.deepEqual(simulator.control.events('fault')[0].parameters, { kind: 'token_status', stage: 'token' });
  assert.equal((await exchange(simulator, code)).status, 200);
});

test('K: token_status can answer a page of HTML', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('token_status', { status: 503, body: '<h1>Over capacity</h1>' });
  const response = await fetch(`${simulator.apiUrl}/2/oauth2/token`, { method: 'POST' });
  assert.equal(response.status, 503);
  assert.match(response.headers.get('content-type'), /^text\/html/);
  assert.equal(await response.text(), '<h1>Over capacity</h1>');
});

for (const [stage, prepare] of [
  ['page', async (simulator) => () => get(authorizeUrl(simulator))],
  ['code', async (simulator) => (await openConsent(simulator)).press],
  ['redirect', async (simulator) => (await openConsent(simulator)).press],
  ['token', async (simulator) => { const code = await obtainCode(simulator); return () => exchange(simulator, code); }],
  ['user', async (simulator) => { const { access_token } = await signIn(simulator); return () => me(simulator, access_token); }],
  ['revoke', async (simulator) => { const { access_token } = await signIn(simulator); return () => post(`${simulator.apiUrl}/2/oauth2/revoke`, { token: access_token, client_id: SPA.clientId }); }],
]) {
  test(`K: delay_ms holds back the next answer at the stage ${stage}, and changes nothing of it`, async (t) => {
    const simulator = await start(t);
    const usual = await (await prepare(simulator))('approve');
    const ask = await prepare(simulator);
    simulator.control.fault('delay_ms', { ms: 150, stage });
    const begin = performance.now();
    const slow = await ask('approve');
    assert.ok(performance.now() - begin >= 145);
    assert.deepEqual([slow.status, simulator.control.state().faults], [usual.status, []]);
    assert.ok(slow.status < 400);
  });
}

test('delay_ms is of the token endpoint unless another stage is named', async (t) => {
  const { control } = await start(t);
  control.fault('delay_ms', { ms: 1 });
  assert.deepEqual(control.state().faults, [{ kind: 'delay_ms', stage: 'token', times: 1 }]);
});

for (const [stage, on] of [['page', 0], ['redirect', 1]]) {
  for (const value of ['same-origin', 'unsafe-none', null]) {
    test(`C1 K: coop makes the opener policy ${value} on the next ${stage}, and on nothing else`, async (t) => {
      const simulator = await start(t, { coop: 'noopener-allow-popups' });
      simulator.control.fault('coop', { value, stage });
      const seen = [];
      for (let i = 0; i < 2; i += 1) {
        const { response, press } = await openConsent(simulator);
        for (const { status, headers } of [response, await press('approve')]) seen.push([status, headers.get('cross-origin-opener-policy')]);
      }
      const expected = [200, 302, 200, 302].map((status) => [status, 'noopener-allow-popups']);
      expected[on][1] = value;
      assert.deepEqual(seen, expected);
    });
  }
}

test('C1: coop works where there was no policy, on a refusal, and on the one response of autoApprove', async (t) => {
  const simulator = await start(t, { coop: null });
  const next = async (changes) => (await get(authorizeUrl(simulator, changes))).headers.get('cross-origin-opener-policy');
  simulator.control.fault('coop', { value: 'same-origin' });
  assert.equal(await next({ state: null }), 'same-origin');
  simulator.control.autoApprove('ada_example');
  for (const stage of ['page', 'redirect']) {
    simulator.control.fault('coop', { value: 'same-origin', stage });
    assert.deepEqual([await next(), await next()], ['same-origin', null], stage);
  }
});

test('D13 K: strand shows a page without a way on instead of the consent page', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('strand');
  simulator.control.fault('strand', { shows: 'error' });
  simulator.control.fault('coop', { value: 'same-origin' });
  const response = await get(authorizeUrl(simulator));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin');
  await assertDeadEnd(response, /Something went wrong<\/h1>\s*<p>Try reloading\./);
  simulator.control.fault('strand', { shows: 'home' });
  await assertDeadEnd(await get(authorizeUrl(simulator)), /What’s happening/);
  const { approvals, redirects } = simulator.control.counts();
  assert.deepEqual([approvals, redirects], [0, 0]);
  assert.ok((await openConsent(simulator)).ticket, 'the next one is as it should be');
});

test('A17 K: html_error answers a page of HTML, of a status that can be chosen', async (t) => {
  const simulator = await start(t);
  const { access_token } = await signIn(simulator);
  const code = await obtainCode(simulator);
  const { press } = await openConsent(simulator);
  for (const [stage, ask] of [
    ['page', () => get(authorizeUrl(simulator))],
    ['redirect', () => press('approve')],
    ['token', () => post(`${simulator.apiUrl}/2/oauth2/token`, { code })],
    ['user', () => me(simulator, access_token)],
    ['revoke', () => post(`${simulator.apiUrl}/2/oauth2/revoke`, { token: access_token, client_id: SPA.clientId })],
  ]) {
    for (const status of stage === 'redirect' ? [502] : [undefined, 502, 404, 200]) {
      simulator.control.fault('html_error', { stage, ...(status && { status }) });
      const response = await ask();
      assert.equal(response.status, status ?? 503, stage);
      assert.match(response.headers.get('content-type'), /^text\/html/);
      await assertDeadEnd(response, /technically wrong/);
    }
  }
  assert.equal((await exchange(simulator, code)).status, 200, 'nothing was done: the code is unspent');
  assert.equal((await me(simulator, access_token)).status, 200, 'and the token is not revoked');
  assert.equal(simulator.control.counts().redirects, 2);
});

test('K: html_error is of the authorize page unless another stage is named', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('html_error', { status: 500 });
  assert.equal((await get(authorizeUrl(simulator))).status, 500);
});

test('K: rate_limit answers 429 with X’s headers, and does nothing', async (t) => {
  const simulator = await start(t);
  const { access_token } = await signIn(simulator);
  const code = await obtainCode(simulator);
  const limits = ({ headers }) => ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-rate-limit-${name}`));
  const now = simulator.clock.ms / 1000;
  simulator.control.fault('rate_limit');
  const answer = await exchange(simulator, code);
  assert.deepEqual([answer.status, answer.body], [429, { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 }]);
  assert.deepEqual(limits(answer), ['75', '0', String(now + 900)]);
  simulator.control.fault('rate_limit', { stage: 'user', resetInSeconds: 0 });
  const response = await me(simulator, access_token);
  assert.equal(response.status, 429);
  assert.deepEqual(limits(response), ['75', '0', String(now)]);
  simulator.control.fault('rate_limit', { stage: 'page' });
  const page = await get(authorizeUrl(simulator));
  assert.equal(page.status, 429);
  assert.equal(limits(page)[1], '0');
  await assertDeadEnd(page, /429 Too Many Requests/);
  assert.equal((await exchange(simulator, code)).status, 200);
  assert.deepEqual(limits(await me(simulator, access_token)), ['75', '74', String(now + 900)], 'a fault uses nothing up');
});

/** With node:http, which tells when an answer is not as long as its Content-Length. */
function raw(url, headers) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks), complete: response.complete });
    });
    sent.on('error', reject).end();
  });
}

test('A17: truncate breaks off what users/me answers, at half or where it is told, also inside a letter', async (t) => {
  const simulator = await start(t);
  const { access_token } = await signIn(simulator, undefined, 'noor_example');
  const ask = () => raw(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` });
  const whole = (await ask()).body;
  const inside = whole.indexOf('Ø') + 1; // its first byte of two
  for (const [values, length] of [[{}, Math.floor(whole.length / 2)], [{ bytes: 0 }, 0], [{ bytes: inside }, inside], [{ bytes: 1e6 }, whole.length - 1]]) {
    simulator.control.fault('truncate', { stage: 'user', ...values });
    const { status, headers, body, complete } = await ask();
    assert.deepEqual([status, headers['content-length'], complete], [200, String(length), true]);
    assert.match(headers['content-type'], /^application\/json/);
    assert.deepEqual(body, whole.subarray(0, length));
    assert.throws(() => JSON.parse(body.toString()));
  }
  assert.deepEqual((await ask()).body, whole);
});

test('A17: truncate is of the token endpoint unless told otherwise: the code is spent, the tokens are lost', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  simulator.control.fault('truncate', { bytes: 20 });
  await assert.rejects(exchange(simulator, code), SyntaxError);
  assert.equal(simulator.control.counts().tokensIssued, 1);
  assert.equal((await exchange(simulator, code)).status, 400);
});
