/** The backend half against the simulator of X: a real code, spent for a real token. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createHandler } from '../../www/src/server/index.js';
import { CALLBACK, NATIVE, SPA, VERIFIER, WEB, obtainCode, start } from '../simulator/helpers.mjs';
import { ORIGIN, ask, exchange, failureOf, readSafely } from './helpers.mjs';

/** A backend for one of the simulator's apps; it remembers what X answered. */
function backend(simulator, { clientId, clientSecret }) {
  const heard = [];
  const handler = createHandler({
    clientId,
    clientSecret,
    redirectUris: [CALLBACK],
    origin: ORIGIN,
    endpoints: { token: `${simulator.apiUrl}/2/oauth2/token`, user: `${simulator.apiUrl}/2/users/me` },
    async fetch(...args) {
      const response = await fetch(...args);
      heard.push(await response.clone().text());
      return response;
    },
  });
  return { handler, heard };
}

const bodyFor = ({ clientId }, code) => ({ code, codeVerifier: VERIFIER, redirectUri: CALLBACK, clientId });

const codeFor = (simulator, app, scope = 'tweet.read users.read') => obtainCode(simulator, { client_id: app.clientId, scope });

for (const app of [SPA, NATIVE, WEB]) {
  test(`G6: an app of type ${app.type} signs in; X's tokens stay here (G1)`, async (t) => {
    const simulator = await start(t);
    const { handler, heard } = backend(simulator, app);
    const code = await codeFor(simulator, app, 'tweet.read users.read users.email offline.access');
    const response = await exchange(handler, { body: bodyFor(app, code) });
    assert.equal(response.status, 200);
    const answer = JSON.stringify([await readSafely(response), ...response.headers]);

    const { access_token, refresh_token } = JSON.parse(heard[0]);
    for (const secret of [access_token, refresh_token, code, app.clientSecret ?? VERIFIER]) assert.ok(secret && !answer.includes(secret));
    const { user, scopes } = JSON.parse(answer)[0];
    assert.equal(user.username, 'ada_example');
    assert.match(user.id, /^\d+$/);
    assert.deepEqual([...scopes].sort(), ['offline.access', 'tweet.read', 'users.email', 'users.read']);
    assert.equal(simulator.control.events('user_request').length, 1, 'G14');
  });
}

test('G4: a code works once, and the second try is told so', async (t) => {
  const simulator = await start(t);
  const { handler } = backend(simulator, SPA);
  const body = bodyFor(SPA, await codeFor(simulator, SPA));
  assert.equal((await exchange(handler, { body })).status, 200);
  assert.equal((await failureOf(await exchange(handler, { body }))).error, 'invalid_grant');
});

test('H2: an expired code, another verifier, no secret, a wrong secret', async (t) => {
  const simulator = await start(t);
  const attempt = async (app, change = {}, server = app) => {
    const body = { ...bodyFor(app, await codeFor(simulator, app)), ...change };
    return failureOf(await exchange(backend(simulator, server).handler, { body }));
  };
  simulator.control.fault('expire_code');
  assert.equal((await attempt(SPA)).error, 'invalid_grant');
  assert.equal((await attempt(SPA, { codeVerifier: 'v'.repeat(43) })).error, 'invalid_grant');
  const secretless = await attempt(WEB, {}, { clientId: WEB.clientId });
  assert.deepEqual([secretless.status, secretless.error], [502, 'invalid_client']);
  assert.match(secretless.hint, /Web App/);
  assert.equal((await attempt(WEB, {}, { clientId: WEB.clientId, clientSecret: 'wrong' })).error, 'invalid_client');
});

test('H2: X is out of order, or wants a pause', async (t) => {
  const simulator = await start(t);
  for (const [status, body, error] of [
    [503, '<h1>Over capacity</h1>', 'provider_error'],
    [200, '<h1>Hello</h1>', 'provider_error'],
    [429, { title: 'Too Many Requests' }, 'rate_limited'],
  ]) {
    simulator.control.fault('token_status', { status, body });
    const failure = await failureOf(await exchange(backend(simulator, SPA).handler, { body: bodyFor(SPA, await codeFor(simulator, SPA)) }));
    assert.equal(failure.error, error);
  }
});

test('H2: without tweet.read the profile is refused, and the hint says which scopes it needs', async (t) => {
  const simulator = await start(t);
  const { handler } = backend(simulator, SPA);
  const failure = await failureOf(await exchange(handler, { body: bodyFor(SPA, await codeFor(simulator, SPA, 'users.read')) }));
  assert.equal(failure.error, 'provider_error');
  assert.match(failure.hint, /tweet\.read and users\.read/);
  assert.equal((await ask(handler, 'GET', 'session')).status, 204);
});
