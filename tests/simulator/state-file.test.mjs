import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SimulatorStateError, startSimulator } from '../../www/simulator/index.js';
import { BOT, exchange, folder, get, logIn, NATIVE, obtainCode, signIn, SPA, start, tokenRequest, WEB } from './helpers.mjs';
import { keysOf, open, pathOf } from './console.mjs';
import { APP1, openLevelConsent, requestToken, signed, signInWith1 } from './oauth1.mjs';

test('K: a state file keeps Apps with their secrets, Projects, approvals and tokens from one run to the next', async (t) => {
  const state = join(folder(t), 'x.json');
  const first = await start(t, { apps: [APP1, WEB], state });
  const { refresh_token, access_token } = await signIn(first, 'tweet.read users.read offline.access');
  const person = await signInWith1(first);
  const keysPath = `${pathOf(first, WEB.clientId)}/keys`;
  const { 'Client Secret': secret } = keysOf(await (await open(first, keysPath)).send(keysPath, {}, { press: 'client' }));
  await (await open(first, '/developer/projects/new')).send('/developer/projects/new', { name: 'Kept' });
  await first.close();

  const second = await start(t, { apps: undefined, state });
  assert.deepEqual(second.apps, first.apps);
  assert.equal(second.apps[1].clientSecret, secret);
  assert.match((await open(second, '/developer')).text, /Kept/);
  assert.equal((await get(`${second.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` })).status, 200);
  assert.equal((await tokenRequest(second, { grant_type: 'refresh_token', refresh_token, client_id: SPA.clientId })).status, 200);
  assert.equal((await signed(second, 'GET', '/1.1/account/verify_credentials.json', { token: person })).body.screen_name, 'ada_example');
  const cookie = await logIn(second);
  const back = await openLevelConsent(second, (await requestToken(second)).body.oauth_token, { path: '/oauth/authenticate', cookie });
  assert.equal(back.response.status, 302, 'who approved is not asked again');
});

/** Of "Connected apps": each App's name, since when, and by which protocol with how much. */
async function connected(simulator) {
  const html = await (await get(`${simulator.url}/settings/connected_apps`, { Cookie: await logIn(simulator) })).text();
  return [...html.matchAll(/<article[^]*?<\/article>/g)].map(([article]) => [...article.matchAll(/<h[23]>([^<]*)<|datetime="([^"]*)"/g)].map(([, words, time]) => words ?? time));
}

test('K: a state file keeps "Connected apps" with scopes, level and time, forgets a deleted App, and signs nobody in', async (t) => {
  const state = join(folder(t), 'x.json');
  const first = await start(t, { apps: [APP1, NATIVE], state });
  const cookie = await logIn(first);
  await signIn(first, 'tweet.read users.read');
  first.clock.ms += 60_000;
  await signInWith1(first);
  const listed = await connected(first);
  assert.deepEqual(listed, [['Single &amp; Page', '2026-11-22T00:01:00.000Z', 'OAuth 2.0: 2 scopes', 'OAuth 1.0a: Read']]);
  await first.close();

  const second = await start(t, { apps: undefined, state });
  assert.deepEqual(await connected(second), listed);
  // The cookie's name carries the port, which is another one now.
  const carried = cookie.replace(/_\d+=/, `_${new URL(second.url).port}=`);
  assert.equal((await get(`${second.url}/settings/sessions`, { Cookie: carried })).status, 302, 'sessions are not kept');
  await second.close();

  const third = await start(t, { apps: undefined, state });
  third.control.removeApp(APP1.clientId);
  third.control.addApp(APP1);
  assert.deepEqual(await connected(third), [], 'an App of the same id begins anew');
  await third.close();
  assert.deepEqual(await connected(await start(t, { apps: undefined, state })), []);
});

test('K: what is saved is on the disk before the answer: for its owner alone, whole, and no draft is left', async (t) => {
  const path = folder(t);
  const state = join(path, 'x.json');
  const simulator = await start(t, { apps: [SPA], state });
  assert.equal(JSON.parse(readFileSync(state, 'utf8')).version, 1, 'it is made at the start');
  for (let count = 0; count < 5; count += 1) {
    const settings = pathOf(simulator, SPA.clientId);
    await (await open(simulator, settings)).send(settings, { name: `Name ${count}` });
    assert.equal(JSON.parse(readFileSync(state, 'utf8')).apps[0].name, `Name ${count}`);
    assert.equal(statSync(state).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(path), ['x.json']);
  }
  simulator.control.changeApp(SPA.clientId, { suspended: true });
  assert.equal(JSON.parse(readFileSync(state, 'utf8')).apps[0].suspended, true, 'by the control as well');
});

test('K: the file is replaced, never written over: whoever reads it meanwhile has the whole of the one before', async (t) => {
  const state = join(folder(t), 'x.json');
  const simulator = await start(t, { apps: [SPA], state });
  const handle = openSync(state, 'r');
  t.after(() => closeSync(handle));
  const before = readFileSync(state, 'utf8');
  simulator.control.changeApp(SPA.clientId, { name: 'Another' });
  assert.equal(readFileSync(handle, 'utf8'), before);
  assert.equal(JSON.parse(readFileSync(state, 'utf8')).apps[0].name, 'Another');
});

test('A14 K: codes, spent and expired tokens and those of a deleted App are not kept', async (t) => {
  const state = join(folder(t), 'x.json');
  const simulator = await start(t, { apps: [SPA, BOT], state });
  const { refresh_token, access_token } = await signIn(simulator, 'tweet.read users.read offline.access');
  const code = await obtainCode(simulator);
  await tokenRequest(simulator, { grant_type: 'refresh_token', refresh_token, client_id: SPA.clientId });
  const text = readFileSync(state, 'utf8');
  assert.ok(!text.includes(refresh_token) && !text.includes(code));
  assert.ok(text.includes(access_token));
  simulator.clock.ms += 7_200_000;
  await get(simulator.url);
  assert.ok(!readFileSync(state, 'utf8').includes(access_token));
  simulator.control.removeApp(SPA.clientId);
  assert.deepEqual(JSON.parse(readFileSync(state, 'utf8')).tokens, []);
});

test('K: the Apps of the file are the ones; those of the options that it does not have are added', async (t) => {
  const state = join(folder(t), 'x.json');
  const first = await start(t, { apps: [SPA], state });
  first.control.changeApp(SPA.clientId, { name: 'From the file' });
  await first.close();
  const second = await start(t, { apps: [SPA, BOT], state });
  assert.deepEqual(second.apps.map(({ name }) => name), ['From the file', 'Bot']);
  for (const { clientId } of second.apps) second.control.removeApp(clientId);
  await second.close();
  assert.deepEqual((await start(t, { apps: undefined, state })).apps, [], 'a file without Apps is one');
});

const whole = { version: 1, projects: [], apps: [], tokens: [], userTokens: [], approvals: [] };
const project = { id: '1', name: 'P', description: '', useCase: '' };
for (const [what, text, code, problem] of [
  ['is cut off', JSON.stringify(whole).slice(0, -5), 'broken', /is no JSON/],
  ['is empty', '', 'broken', /is no JSON/],
  ['is somebody else’s', '{"name":"a package"}', 'broken', /is not one of the simulator’s/],
  ['is of a later simulator', JSON.stringify({ ...whole, version: 2 }), 'version', /has the version 2, and this simulator knows 1/],
  ['lacks a list', JSON.stringify({ ...whole, tokens: undefined }), 'broken', /has no list "tokens"/],
  ['has an App that cannot be', JSON.stringify({ ...whole, apps: [{ ...SPA, redirectUris: ['javascript:0'] }] }), 'broken', /X refuses callbacks/],
  ['has an App in a Project that is not there', JSON.stringify({ ...whole, projects: [project], apps: [{ ...SPA, projectId: '2' }] }), 'broken', /is in no Project/],
  ['has an App of null', JSON.stringify({ ...whole, apps: [null] }), 'broken', /a bad "clientId" in apps\[0\]/],
  ['has a token with a bad end', JSON.stringify({ ...whole, tokens: [{ token: 't', kind: 'at', grant: 'g', clientId: 'c', accountId: '1', scopes: [], expiresAt: 'soon' }] }), 'broken', /a bad "expiresAt" in tokens\[0\]/],
  ['has a Project whose id is markup', JSON.stringify({ ...whole, projects: [{ ...project, id: '"><form action="https://evil.example">' }] }), 'broken', /a bad "id" in projects\[0\]/],
  ['has a secret that is a number', JSON.stringify({ ...whole, projects: [project], apps: [{ ...SPA, projectId: '1', type: 'web', clientSecret: 5 }] }), 'broken', /clientSecret is a text/],
  ['has an approval of no day that ever comes', JSON.stringify({ ...whole, approvals: [{ clientId: 'c', accountId: '1', scopes: [], scopesSince: 1e300 }] }), 'broken', /a bad "scopesSince" in approvals\[0\]/],
  ['has half a surrogate pair for a client id', JSON.stringify({ ...whole, apps: [{ ...SPA, clientId: '\ud800' }] }), 'broken', /a bad "clientId" in apps\[0\]/],
]) {
  test(`K: a state file that ${what} is refused by name, with what to do, and left as it is`, async (t) => {
    const state = join(folder(t), 'x.json');
    writeFileSync(state, text);
    await assert.rejects(startSimulator({ state }).then((simulator) => simulator.close()), (error) => {
      assert.ok(error instanceof SimulatorStateError && error instanceof Error);
      assert.deepEqual([error.name, error.code, error.file], ['SimulatorStateError', code, state]);
      assert.match(error.message, problem);
      assert.ok(error.message.includes(state) && error.message.includes(error.fix));
      assert.match(error.fix, /delete it to begin anew|Use the sign-in-with-x that wrote it/);
      return true;
    });
    assert.equal(readFileSync(state, 'utf8'), text);
  });
}

test('K: a state file that cannot be read or written is refused at the start', async (t) => {
  const path = folder(t);
  mkdirSync(join(path, 'a-folder'));
  for (const [state, code] of [[join(path, 'a-folder'), 'unreadable'], [join(path, 'nowhere', 'x.json'), 'unwritable']]) {
    await assert.rejects(startSimulator({ state }).then((simulator) => simulator.close()), ({ code: found, fix }) => found === code && fix.length > 0);
  }
  await assert.rejects(startSimulator({ state: '' }).then((simulator) => simulator.close()), /state is the path of a file/);
});

test('K: a state file that somebody else has changed is not written over, and the console says that it was not saved', async (t) => {
  const state = join(folder(t), 'x.json');
  const simulator = await start(t, { apps: [SPA], state });
  const theirs = JSON.stringify(whole);
  writeFileSync(state, theirs);
  const path = pathOf(simulator, SPA.clientId);
  const answer = await (await open(simulator, path)).send(path, { name: 'Mine' });
  assert.equal(answer.status, 500);
  assert.match(answer.text, /Not saved .*was changed by somebody else\. Use a file for each simulator/);
  assert.equal(readFileSync(state, 'utf8'), theirs);
  assert.equal((await exchange(simulator, await obtainCode(simulator))).status, 200, 'sign-ins go on');
  assert.equal((await open(simulator, path)).status, 200, 'and so does the console');
  const told = simulator.control.events('state_error');
  assert.equal(told.length, 1, 'told once');
  assert.match(told[0].parameters.message, /changed by somebody else/);
  assert.throws(() => simulator.control.changeApp(SPA.clientId, { name: 'Other' }), { name: 'SimulatorStateError', code: 'changed' });
});
