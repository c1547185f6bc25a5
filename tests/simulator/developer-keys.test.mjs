import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basic, exchange, get, obtainCode, start, WEB } from './helpers.mjs';
import { keysOf, open, pathOf } from './console.mjs';
import { APP1, codeOf, requestToken, signed } from './oauth1.mjs';

const CLIENT = { clientId: 'plain-web', clientSecret: 'the-first-secret', type: 'web', name: 'Plain', redirectUris: WEB.redirectUris };

async function keys(simulator, clientId) {
  const path = `${pathOf(simulator, clientId)}/keys`;
  const press = async (name) => (await open(simulator, path)).send(path, {}, { press: name });
  return { path, press, now: () => open(simulator, path) };
}

test('K: keys and secrets are never shown again: a hint tells their last four characters', async (t) => {
  const simulator = await start(t, { apps: [{ ...CLIENT, oauth1: { consumerKey: 'a-key-of-1234', consumerSecret: 'a-secret-of-5678' } }] });
  const { now } = await keys(simulator, CLIENT.clientId);
  const { html, text } = await now();
  for (const secret of ['a-key-of-1234', 'a-secret-of-5678', 'the-first-secret']) assert.ok(!html.includes(secret));
  for (const hint of ['1234', '5678', 'cret']) assert.ok(text.includes(`ends with ${hint} ••••••${hint}`), hint);
});

test('G6 K: a regenerated client secret is shown once, and the old one is refused from the next request on', async (t) => {
  const simulator = await start(t, { apps: [CLIENT] });
  const { press, now } = await keys(simulator, CLIENT.clientId);
  const asOld = basic(CLIENT.clientId, CLIENT.clientSecret);
  const made = await press('client');
  const { 'Client Secret': secret } = keysOf(made);
  assert.match(secret, /^\w{50}$/);
  assert.match(made.text, /Regenerated\. The old one is refused/);
  assert.equal(keysOf(await now())['Client Secret'], undefined, 'once');
  const code = () => obtainCode(simulator, { client_id: CLIENT.clientId });
  const refused = await exchange(simulator, await code(), {}, asOld);
  assert.deepEqual([refused.status, refused.body], [401, { error: 'unauthorized_client', error_description: 'Missing valid authorization header' }]);
  assert.equal((await exchange(simulator, await code(), { client_id: CLIENT.clientId }, basic(CLIENT.clientId, secret))).status, 200);
});

test('G9 K: regenerated consumer keys refuse what the old ones signed', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { press } = await keys(simulator, APP1.clientId);
  const fresh = keysOf(await press('consumer'));
  assert.deepEqual(codeOf(await requestToken(simulator)), [401, 32]);
  assert.equal((await requestToken(simulator, {}, { app: { consumerKey: fresh['API Key'], consumerSecret: fresh['API Key Secret'] } })).status, 200);
});

test('G9 K: an Access Token and Secret are for the account that the App belongs to, and can be revoked', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { press, now } = await keys(simulator, APP1.clientId);
  assert.match((await now()).text, /Access Token and Secret For @ada_example, to whom the App belongs\. Access Token None/);
  const tokenOf = (made) => ({ oauth_token: keysOf(made)['Access Token'], oauth_token_secret: keysOf(made)['Access Token Secret'] });
  const first = tokenOf(await press('access'));
  const who = (token) => signed(simulator, 'GET', '/1.1/account/verify_credentials.json', { token });
  assert.equal((await who(first)).body.screen_name, 'ada_example');
  assert.match((await now()).text, /Created with Read permissions/);
  const second = tokenOf(await press('access'));
  assert.deepEqual(codeOf(await who(first)), [401, 89]);
  assert.equal((await who(second)).status, 200);
  assert.match((await press('access-revoke')).text, /Revoked\. It is refused from now on/);
  assert.deepEqual(codeOf(await who(second)), [401, 89]);
});

test('K: a Bearer Token is the App’s alone: users/me refuses it in X’s words, and when it is revoked as unknown', async (t) => {
  const simulator = await start(t, { apps: [CLIENT] });
  const { press } = await keys(simulator, CLIENT.clientId);
  const { 'Bearer Token': bearer } = keysOf(await press('bearer'));
  const me = () => get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${bearer}` });
  const refused = await me();
  assert.equal(refused.status, 403);
  assert.deepEqual(await refused.json(), {
    title: 'Unsupported Authentication',
    detail: 'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].',
    type: 'https://api.twitter.com/2/problems/unsupported-authentication',
    status: 403,
  });
  await press('bearer-revoke');
  assert.equal((await me()).status, 401);
});

test('K: a public App has no client secret to regenerate', async (t) => {
  const simulator = await start(t, { apps: [{ ...CLIENT, type: 'spa', clientSecret: undefined }] });
  const { now } = await keys(simulator, CLIENT.clientId);
  const { text, html } = await now();
  assert.match(text, /a public client, and has no secret/);
  assert.doesNotMatch(html, /value="client"|Client Secret<\/dt>/);
});

test('B5 K: the journal tells what was changed in the console, and no key', async (t) => {
  const simulator = await start(t, { apps: [CLIENT] });
  const { press } = await keys(simulator, CLIENT.clientId);
  const secrets = Object.values({ ...keysOf(await press('client')), ...keysOf(await press('consumer')), ...keysOf(await press('bearer')), ...keysOf(await press('access')) });
  const told = JSON.stringify(simulator.control.events());
  assert.match(told, /"type":"keys_changed".*"which":"client"/);
  for (const secret of secrets.filter((secret) => secret !== CLIENT.clientId)) assert.ok(!told.includes(secret));
});
