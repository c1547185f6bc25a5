import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { authorizeUrl, CALLBACK, exchange, folder, get, obtainCode, signIn, SPA, start } from './helpers.mjs';
import { APP1, signInWith1 } from './oauth1.mjs';

const call = async (simulator, method, path, body) => {
  const response = await fetch(`${simulator.apiUrl}/_control${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
};

test('K: codes and tokens that were given out can be looked at, as they are', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const code = await obtainCode(simulator, {}, 'noor_example');
  const now = simulator.clock.ms;
  const expected = { code, clientId: SPA.clientId, username: 'noor_example', redirectUri: CALLBACK, scopes: ['tweet.read', 'users.read'], expiresAt: now + 30_000, spent: false };
  assert.deepEqual(simulator.control.codes(), [expected]);
  const { access_token } = (await exchange(simulator, code)).body;
  assert.equal(simulator.control.codes()[0].spent, true);
  const { refresh_token } = await signIn(simulator, 'tweet.read users.read offline.access');
  const person = await signInWith1(simulator);
  const tokens = simulator.control.tokens();
  assert.deepEqual(tokens[0], { kind: 'access', token: access_token, clientId: SPA.clientId, username: 'noor_example', scopes: ['tweet.read', 'users.read'], expiresAt: now + 7_200_000, live: true });
  assert.deepEqual(tokens.map(({ kind }) => kind), ['access', 'access', 'refresh', 'oauth1']);
  assert.deepEqual([tokens[2].token, tokens[2].expiresAt], [refresh_token, null]);
  assert.deepEqual([tokens[3].token, tokens[3].secret, tokens[3].access], [person.oauth_token, person.oauth_token_secret, 'read']);
  simulator.control.advance(7_200_000);
  assert.deepEqual(simulator.control.tokens().map(({ live }) => live), [false, false, true, true]);
  assert.deepEqual((await call(simulator, 'GET', '/tokens')).body, simulator.control.tokens());
  assert.deepEqual((await call(simulator, 'GET', '/codes')).body, simulator.control.codes());
});

test('K: Apps are added, changed and removed by the control, over HTTP as well, and a reset brings back those of the start', async (t) => {
  const simulator = await start(t, { apps: [SPA] });
  const { control } = simulator;
  const added = { clientId: 'added', type: 'web', name: 'Added', redirectUris: [CALLBACK] };
  assert.equal((await call(simulator, 'POST', '/apps', added)).status, 200);
  assert.equal((await get(authorizeUrl(simulator, { client_id: 'added' }))).status, 200);
  assert.deepEqual((await call(simulator, 'GET', '/apps')).body, JSON.parse(JSON.stringify(control.apps())));
  assert.equal((await call(simulator, 'PATCH', '/apps', { clientId: 'added', redirectUris: ['https://a.example/'] })).status, 200);
  assert.equal((await get(authorizeUrl(simulator, { client_id: 'added' }))).status, 400);
  assert.equal((await call(simulator, 'PATCH', '/apps', { clientId: 'added', website: 'https://a.example' })).status, 200);
  assert.equal(simulator.apps[1].website, 'https://a.example');
  await call(simulator, 'PATCH', '/apps', { clientId: 'added', website: null });
  assert.equal(simulator.apps[1].website, undefined);
  control.changeApp('added', { oauth2: { enabled: false }, oauth1: { access: 'read-write' } });
  const { oauth1, oauth2, name } = simulator.apps[1];
  assert.deepEqual([oauth1.access, oauth1.enabled, oauth2.enabled, name], ['read-write', true, false, 'Added']);
  assert.equal((await call(simulator, 'DELETE', '/apps', { clientId: 'added' })).status, 200);
  control.changeApp(SPA.clientId, { name: 'Changed' });
  control.reset();
  assert.deepEqual(simulator.apps.map((app) => app.name), [SPA.name]);
  for (const [action, words] of [
    [() => control.addApp(SPA), /there is an App with the clientId/],
    [() => control.addApp({ ...added, type: 'desktop' }), /type is one of/],
    [() => control.changeApp('nobody', {}), /no App has the clientId "nobody"; there are: spa-client/],
    [() => control.changeApp(SPA.clientId, { clientId: 'other' }), /does not change/],
    [() => control.changeApp(SPA.clientId, { redirectUris: [] }), /at least one callback/],
    [() => control.changeApp(SPA.clientId, { projectId: '7' }), /there is no Project "7"/],
    [() => control.removeApp('nobody'), /no App has the clientId/],
  ]) assert.throws(action, words);
  assert.match((await call(simulator, 'PATCH', '/apps', { clientId: 'nobody' })).body.error, /no App has/);
  const numbered = await call(simulator, 'POST', '/apps', { ...added, clientSecret: 5 });
  assert.deepEqual([numbered.status, simulator.apps.length], [400, 1], 'what would fail later is refused now');
});

test('K: undefined takes a setting of an App away, also those of a protocol, one by one or all together; over HTTP null does', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const { control } = simulator;
  const settings = () => [simulator.apps[0].oauth1, simulator.apps[0].oauth2];
  const { oauth1: usual } = (await start(t, { apps: [SPA] })).apps[0];
  const both = { oauth1: { ...APP1.oauth1, access: 'read-write', signIn: false }, oauth2: { enabled: false } };
  for (const take of [(changes) => control.changeApp(SPA.clientId, changes), (changes) => call(simulator, 'PATCH', '/apps', { clientId: SPA.clientId, ...JSON.parse(JSON.stringify(changes, (_, value) => value ?? null)) })]) {
    control.changeApp(SPA.clientId, both);
    await take({ oauth1: { access: undefined, consumerKey: undefined } });
    assert.deepEqual(settings(), [{ ...usual, consumerSecret: APP1.oauth1.consumerSecret, signIn: false }, { enabled: false }]);
    await take({ oauth2: { enabled: undefined } });
    assert.equal(simulator.apps[0].oauth2.enabled, true);
    control.changeApp(SPA.clientId, both);
    await take({ oauth1: undefined, oauth2: undefined });
    assert.deepEqual(settings(), [usual, { enabled: true }]);
  }
});

test('K: what the control did and could not save is told as a failure of the simulator, which says that it holds', async (t) => {
  const state = join(folder(t), 'x.json');
  const simulator = await start(t, { apps: [SPA], state });
  writeFileSync(state, '{}');
  for (const [method, body, names] of [['PATCH', { clientId: SPA.clientId, name: 'Other' }, ['Other']], ['POST', { ...SPA, clientId: 'more' }, ['Other', SPA.name]], ['DELETE', { clientId: 'more' }, ['Other']]]) {
    const { status, body: told } = await call(simulator, method, '/apps', body);
    assert.equal(status, 500, method);
    assert.match(told.error, /was changed by somebody else/);
    assert.match(told.done, /holds as long as the simulator runs/);
    assert.deepEqual(simulator.apps.map(({ name }) => name), names);
  }
  assert.equal((await call(simulator, 'PATCH', '/apps', { clientId: SPA.clientId, name: '' })).status, 400, 'a mistake is one all the same');
});

test('K: faults of the options are set at the start, and again by a reset', async (t) => {
  const simulator = await start(t, { faults: [{ kind: 'token_status', status: 503, body: {}, times: 2 }, { kind: 'expire_code' }] });
  const listed = [{ kind: 'token_status', stage: 'token', times: 2 }, { kind: 'expire_code', stage: 'code', times: 1 }];
  assert.deepEqual(simulator.control.state().faults, listed);
  assert.equal((await exchange(simulator, await obtainCode(simulator))).status, 503);
  simulator.control.reset();
  assert.deepEqual(simulator.control.state().faults, listed);
  await assert.rejects(start(t, { faults: [{ kind: 'nonsense' }] }), /unknown fault "nonsense"/);
});

for (const [what, app, words] of [
  ['a setting that there is not', { termsUrl: 'https://a.example/' }, /has the setting "termsUrl", and there is none; there are: .*termsOfService/],
  ['a switch that is a word', { suspended: 'yes' }, /suspended is true or false/],
  ['terms that are no web page', { termsOfService: 'javascript:alert(1)' }, /termsOfService is the address of a web page/],
  ['a secret that is a number', { type: 'web', clientSecret: 5 }, /clientSecret is a text/],
  ['an empty secret', { type: 'web', clientSecret: '' }, /clientSecret is a text/],
  ['a callback that is a list', { redirectUris: [[CALLBACK]] }, /is no text/],
  ['settings of OAuth 1.0a that are a word', { oauth1: 'on' }, /oauth1 is a list of settings/],
  ['half a surrogate pair for a client id', { clientId: '\ud800' }, /needs a clientId, a text/],
  ['half a surrogate pair in a secret of OAuth 1.0a', { oauth1: { consumerSecret: '\ud800' } }, /oauth1\.consumerSecret is a text/],
  ['a website that is no web page', { website: 'javascript:alert(1)' }, /website is the address of a web page/],
  ['a policy at localhost, as the console does', { privacyPolicy: 'http://localhost:3000/privacy' }, /privacyPolicy is the address of a web page\. X takes no localhost here/],
  ['an icon of another type', { icon: { type: 'image/svg+xml', data: '' } }, /icon is \{ type, data \}/],
  ['an unknown setting of OAuth 2.0', { oauth2: { on: true } }, /oauth2 takes enabled/],
  ['a custom protocol without a path', { redirectUris: ['my-app://callback'] }, /a domain and a path/],
]) {
  test(`K: startSimulator refuses an App with ${what}`, async (t) => {
    await assert.rejects(start(t, { apps: [{ ...SPA, ...app }] }), words);
  });
}
