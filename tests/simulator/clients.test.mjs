import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basic, BOT, exchange, NATIVE, obtainCode, SPA, start, WEB, xError } from './helpers.mjs';

const UNAUTHORIZED = [401, xError('unauthorized_client', 'Missing valid authorization header')];

const outcome = ({ status, body }) => [status, body];

for (const app of [SPA, NATIVE]) {
  test(`G6 K: a ${app.type} app names itself in the body`, async (t) => {
    const simulator = await start(t);
    const code = () => obtainCode(simulator, { client_id: app.clientId });
    assert.equal((await exchange(simulator, await code(), { client_id: app.clientId })).status, 200);
    const nameless = await exchange(simulator, await code(), { client_id: null });
    assert.deepEqual(outcome(nameless), [400, xError('invalid_request', 'Missing required parameter [client_id].')]);
    assert.deepEqual(outcome(await exchange(simulator, await code(), { client_id: app.clientId }, basic(app.clientId, ''))), UNAUTHORIZED);
  });
}

for (const type of ['web', 'bot']) {
  test(`G6 K: a ${type} app must send Basic, with the client id in the body or without it`, async (t) => {
    const simulator = await start(t);
    const { clientId, clientSecret } = simulator.apps.find((app) => app.type === type);
    assert.ok(clientSecret, 'a confidential app has a secret even when none was given');
    const code = () => obtainCode(simulator, { client_id: clientId });
    const good = basic(clientId, clientSecret);
    assert.equal((await exchange(simulator, await code(), { client_id: null }, good)).status, 200);
    assert.equal((await exchange(simulator, await code(), { client_id: clientId }, good)).status, 200);
    assert.deepEqual(outcome(await exchange(simulator, await code(), { client_id: clientId })), UNAUTHORIZED);
    assert.deepEqual(outcome(await exchange(simulator, await code(), { client_id: clientId, client_secret: clientSecret })), UNAUTHORIZED);
    assert.deepEqual(outcome(await exchange(simulator, await code(), { client_id: null }, basic(clientId, `${clientSecret}x`))), UNAUTHORIZED);
    assert.deepEqual(outcome(await exchange(simulator, await code(), { client_id: SPA.clientId }, good)), UNAUTHORIZED);
  });
}

test('G6: id and secret are form-decoded, so : % + and letters beyond ASCII work', async (t) => {
  const simulator = await start(t);
  const code = () => obtainCode(simulator, { client_id: WEB.clientId });
  const raw = { Authorization: `Basic ${Buffer.from(`${WEB.clientId}:${WEB.clientSecret}`).toString('base64')}` };
  assert.deepEqual(outcome(await exchange(simulator, await code(), { client_id: null }, raw)), UNAUTHORIZED, 'unencoded');
  assert.equal((await exchange(simulator, await code(), { client_id: null }, basic(WEB.clientId, WEB.clientSecret))).status, 200);
});

test('an Authorization header that makes no sense is refused, and spends no code', async (t) => {
  const simulator = await start(t, { apps: [{ ...BOT, clientSecret: 's' }] });
  const code = await obtainCode(simulator, { client_id: BOT.clientId });
  for (const header of ['Basic', 'Basic !!!', 'Bearer abc', `Basic ${Buffer.from('no colon').toString('base64')}`, `Basic ${Buffer.from('%:%').toString('base64')}`, '']) {
    assert.deepEqual(outcome(await exchange(simulator, code, { client_id: null }, { Authorization: header })), UNAUTHORIZED, header);
  }
  assert.equal((await exchange(simulator, code, { client_id: null }, basic(BOT.clientId, 's'))).status, 200);
});

test('a client that does not exist is told no more than a wrong one', async (t) => {
  const simulator = await start(t);
  assert.deepEqual(outcome(await exchange(simulator, await obtainCode(simulator), { client_id: 'nobody' })), UNAUTHORIZED);
  assert.deepEqual(outcome(await exchange(simulator, await obtainCode(simulator), { client_id: null }, basic('nobody', 's'))), UNAUTHORIZED);
});
