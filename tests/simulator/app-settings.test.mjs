import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSimulator } from '../../www/simulator/index.js';
import { authorizeUrl, get, NATIVE, signIn, SPA, start } from './helpers.mjs';
import { APP1, signed, signInWith1 } from './oauth1.mjs';

const me = async (simulator, token) => {
  const response = await get(`${simulator.apiUrl}/2/users/me?user.fields=confirmed_email`, { Authorization: `Bearer ${token}` });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
};

test('G7 K: to ask for e-mail addresses an App needs terms and a privacy policy; without them none is given', async (t) => {
  for (const missing of [['termsOfService'], ['privacyPolicy'], ['termsOfService', 'privacyPolicy']]) {
    const app = { ...APP1, ...Object.fromEntries(missing.map((name) => [name, undefined])) };
    await assert.rejects(start(t, { apps: [{ ...app, requestEmail: true }] }), /to ask for e-mail addresses X wants termsOfService and privacyPolicy\. Give both/);
    const simulator = await start(t, { apps: [app] });
    const { access_token } = await signIn(simulator, 'tweet.read users.read users.email');
    assert.equal((await me(simulator, access_token)).body.data.confirmed_email, undefined, missing.join());
    assert.equal(simulator.apps[0].requestEmail, false);
  }
  const { control } = await start(t, { apps: [{ ...SPA, requestEmail: true }] });
  assert.throws(() => control.changeApp(SPA.clientId, { termsOfService: undefined }), /Give both/);
});

test('G7 K: the App setting "Request email" gates confirmed_email, whatever was granted', async (t) => {
  for (const [requestEmail, expected] of [[undefined, 'ada@example.com'], [true, 'ada@example.com'], [false, undefined]]) {
    const simulator = await start(t, { apps: [{ ...SPA, requestEmail }] });
    const { access_token, scope } = await signIn(simulator, 'tweet.read users.read users.email');
    assert.match(scope, /users\.email/);
    assert.equal((await me(simulator, access_token)).body.data.confirmed_email, expected);
  }
});

test('K: an App in no package signs people in, and users/me answers 403 client-not-enrolled', async (t) => {
  const simulator = await start(t, { apps: [{ ...APP1, enrolled: false }] });
  const { status, type, body } = await me(simulator, (await signIn(simulator)).access_token);
  assert.equal(status, 403);
  assert.match(type, /problem\+json/);
  assert.deepEqual([body.reason, body.title, body.client_id], ['client-not-enrolled', 'Client Forbidden', SPA.clientId]);
  assert.match(body.type, /\/problems\/client-forbidden$/);
  assert.equal((await signed(simulator, 'GET', '/2/users/me', { token: await signInWith1(simulator) })).body.reason, 'client-not-enrolled');
});

test('K: autoCancel cancels OAuth 2.0 sign-ins at once as well', async (t) => {
  const simulator = await start(t);
  simulator.control.autoCancel(true);
  assert.match((await get(authorizeUrl(simulator))).headers.get('location'), /\?error=access_denied&state=/);
  assert.equal(simulator.control.state().autoCancel, true);
  simulator.control.reset();
  assert.equal((await get(authorizeUrl(simulator))).status, 200);
});

for (const [what, options, words] of [
  ['an unknown level', { apps: [{ ...SPA, oauth1: { access: 'write' } }] }, /access is one of/],
  ['an unknown setting of OAuth 1.0a', { apps: [{ ...SPA, oauth1: { key: 'k' } }] }, /has no "key"/],
  ['an empty consumer secret', { apps: [{ ...SPA, oauth1: { consumerSecret: '' } }] }, /consumerSecret is a text/],
  ['two apps with one consumer key', { apps: [APP1, { ...NATIVE, oauth1: APP1.oauth1 }] }, /same consumerKey/],
  ['a signature origin with a path', { signatureOrigins: ['https://api.x.com/'] }, /not an origin/],
  ['signature origins that are no list', { signatureOrigins: 'https://api.x.com' }, /is a list/],
]) {
  test(`G9 K: startSimulator refuses ${what}`, async () => {
    await assert.rejects(startSimulator(options).then((simulator) => simulator.close()), words);
  });
}
