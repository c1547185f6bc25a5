import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { authorizeUrl, CALLBACK, exchange, get, obtainCode, openConsent, start, VERIFIER } from './helpers.mjs';

async function call(simulator, method, path, body, headers = {}) {
  const response = await fetch(`${simulator.apiUrl}/_control${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
}

test('autoApprove redirects at once, as the named account, until it is taken back', async (t) => {
  const simulator = await start(t);
  simulator.control.autoApprove('noor_example');
  const response = await get(authorizeUrl(simulator));
  assert.equal(response.status, 302);
  assert.match(response.headers.get('location'), /\?state=a-state-of-the-test&code=/);
  assert.equal((await get(authorizeUrl(simulator, { client_id: 'nobody' }))).status, 400, 'the rules still hold');
  simulator.control.autoApprove(null);
  assert.equal((await get(authorizeUrl(simulator))).status, 200);
  assert.throws(() => simulator.control.autoApprove('nobody'), /no account "nobody"/);
});

test('advance moves the clock', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  simulator.control.advance(30_000);
  assert.equal((await exchange(simulator, code)).status, 400);
  for (const bad of [-1, NaN, '5']) assert.throws(() => simulator.control.advance(bad), TypeError);
});

test('A7: counts tell how often the token endpoint was called, and with what success', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  await exchange(simulator, code);
  await exchange(simulator, code);
  await get(authorizeUrl(simulator, { state: null }));
  await (await openConsent(simulator)).press('cancel');
  assert.deepEqual(simulator.control.counts(), {
    authorizeRequests: 3,
    refusals: 1,
    approvals: 1,
    cancels: 1,
    redirects: 2,
    tokenExchanges: 2,
    refreshes: 0,
    tokensIssued: 1,
    userRequests: 0,
    revocations: 0,
    requestTokens: 0,
    accessTokenExchanges: 0,
    accessTokens: 0,
    credentialsRequests: 0,
    invalidations: 0,
  });
});

test('B5: events tell what happened, and no code, state, verifier or token', async (t) => {
  const seen = [];
  const simulator = await start(t, { onEvent: (event) => seen.push(event) });
  const code = await obtainCode(simulator);
  const { body } = await exchange(simulator, code);
  await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${body.access_token}` });
  const events = simulator.control.events();
  assert.deepEqual(events.map(({ type }) => type), ['authorize_request', 'decision', 'redirect', 'token_request', 'token_response', 'user_request', 'user_response']);
  assert.deepEqual(seen, events);
  assert.ok(events.every(({ time }) => time === simulator.clock.ms));
  const told = JSON.stringify(events);
  for (const secret of [code, VERIFIER, 'a-state-of-the-test', body.access_token]) assert.ok(!told.includes(secret));
  const [sent, exchanged] = [simulator.control.events('redirect')[0], simulator.control.events('token_request')[0]];
  assert.equal(sent.parameters.code, exchanged.parameters.code, 'but two mentions of one secret can be matched');
  assert.match(sent.parameters.code, /^\[\d+ characters, fingerprint [0-9a-f]{8}\]$/);
  assert.equal(sent.parameters.redirect_uri, CALLBACK);
});

test('reset goes back to the state after the start', async (t) => {
  const simulator = await start(t, { coop: 'same-origin' });
  const code = await obtainCode(simulator);
  const { control } = simulator;
  control.setCoop(null);
  control.autoApprove('ada_example');
  control.fault('expire_code');
  control.advance(1000);
  control.reset();
  const { coop, autoApprove, faults, now, counts } = control.state();
  assert.deepEqual({ coop, autoApprove, faults, now }, { coop: 'same-origin', autoApprove: null, faults: [], now: simulator.clock.ms });
  assert.ok(Object.values(counts).every((count) => count === 0));
  assert.deepEqual(control.events(), []);
  assert.equal((await exchange(simulator, code)).status, 400, 'codes are forgotten');
});

test('everything can be done over HTTP as well', async (t) => {
  const simulator = await start(t);
  assert.equal((await call(simulator, 'POST', '/coop', { value: 'unsafe-none' })).body.coop, 'unsafe-none');
  assert.equal((await call(simulator, 'POST', '/auto-approve', { username: 'ada_example' })).body.autoApprove, 'ada_example');
  assert.deepEqual((await call(simulator, 'POST', '/faults', { kind: 'delay_ms', ms: 1, times: 2 })).body.faults, [{ kind: 'delay_ms', stage: 'token', times: 2 }]);
  assert.deepEqual((await call(simulator, 'DELETE', '/faults')).body.faults, []);
  assert.equal((await call(simulator, 'POST', '/clock', { advance: 5 })).body.now, simulator.clock.ms + 5);
  await get(authorizeUrl(simulator));
  assert.equal((await call(simulator, 'GET', '/counts')).body.approvals, 1);
  assert.equal((await call(simulator, 'GET', '/events?type=decision')).body.length, 1);
  assert.deepEqual((await call(simulator, 'GET', '/handed-over')).body, []);
  assert.equal((await call(simulator, 'POST', '/reset')).body.coop, 'same-origin-allow-popups');
  assert.equal((await call(simulator, 'GET', '')).body.url, simulator.url);
});

test('over HTTP a mistake is answered with what is wrong', async (t) => {
  const simulator = await start(t);
  for (const [method, path, body, words] of [
    ['POST', '/faults', { kind: 'nonsense' }, /unknown fault "nonsense"; there are: .*alter_state/],
    ['POST', '/faults', { kind: 'token_status' }, /needs "status"/],
    ['POST', '/coop', {}, /unknown Cross-Origin/],
    ['POST', '/auto-approve', {}, /no account/],
    ['POST', '/clock', { advance: 'soon' }, /number of milliseconds/],
    ['POST', '/clock', [1], /JSON object/],
  ]) {
    const answer = await call(simulator, method, path, body);
    assert.equal(answer.status, 400);
    assert.match(answer.body.error, words);
  }
  assert.equal((await call(simulator, 'GET', '/nonsense')).status, 404);
});

test('a web page cannot drive the control', async (t) => {
  const simulator = await start(t);
  for (const headers of [{ Origin: simulator.url }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { 'Sec-Fetch-Site': 'same-origin' }]) {
    assert.equal((await call(simulator, 'POST', '/auto-approve', { username: 'ada_example' }, headers)).status, 403, JSON.stringify(headers));
  }
  assert.equal(simulator.control.state().autoApprove, null);
  assert.equal((await call(simulator, 'GET', '', undefined, { 'Sec-Fetch-Site': 'none' })).status, 200, 'an address that was typed');
});

test('a name that was rebound to loopback cannot drive the control', async (t) => {
  const simulator = await start(t);
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${simulator.apiUrl}/_control`, { headers: { Host: 'evil.example' } }, (response) => resolve(response.resume().statusCode));
    sent.on('error', reject).end();
  });
  assert.equal(status, 403);
});
