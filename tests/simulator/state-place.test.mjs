/** Where the state file is, who may read it, what lies beside it, and when it is written at all. */
import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exchange, folder, get, logIn, obtainCode, post, signIn, SPA, start, ticketOf, tokenRequest, WEB } from './helpers.mjs';
import { open, pathOf } from './console.mjs';
import { APP1, signed, signInWith1 } from './oauth1.mjs';

const modeOf = (path) => statSync(path).mode & 0o777;

test('B5 K: a state file that others may read is for its owner alone once a simulator has it, also when nothing is new', async (t) => {
  const state = join(folder(t), 'x.json');
  await (await start(t, { apps: [SPA], state })).close();
  const text = readFileSync(state, 'utf8');
  chmodSync(state, 0o644);
  await start(t, { apps: undefined, state });
  assert.equal(modeOf(state), 0o600);
  assert.equal(readFileSync(state, 'utf8'), text);
});

test('K: a link to a state file stays one, and what it leads to is written, even if it is not there yet', async (t) => {
  const path = folder(t);
  mkdirSync(join(path, 'kept'));
  const [link, state] = [join(path, 'x.json'), join(path, 'kept', 'y.json')];
  symlinkSync(join('kept', 'y.json'), link);
  const simulator = await start(t, { apps: [SPA], state: link });
  assert.equal(JSON.parse(readFileSync(state, 'utf8')).apps[0].name, SPA.name, 'made where the link leads');
  simulator.control.changeApp(SPA.clientId, { name: 'Another' });
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(readlinkSync(link), join('kept', 'y.json'));
  assert.equal(JSON.parse(readFileSync(state, 'utf8')).apps[0].name, 'Another');
  assert.deepEqual(readdirSync(join(path, 'kept')), ['y.json'], 'and no draft beside it');
});

test('B5 K: what a simulator that was killed has left beside its file is removed at the start, and nothing else', async (t) => {
  const path = folder(t);
  const others = ['x.json.0123456789ab', 'x.json.tmp', 'x.json.0123456789AB.tmp', 'y.json.0123456789ab.tmp', 'x.json.0123456789abc.tmp'];
  for (const name of [...others, 'x.json.0123456789ab.tmp']) writeFileSync(join(path, name), 'secret');
  await start(t, { apps: [SPA], state: join(path, 'x.json') });
  assert.deepEqual(readdirSync(path), [...others, 'x.json'].sort());
});

test('K: a state file that cannot be taken up is left to whom it belongs: its mode and what lies beside it', async (t) => {
  const path = folder(t);
  const state = join(path, 'package.json');
  writeFileSync(state, '{"name":"a package"}');
  writeFileSync(`${state}.0123456789ab.tmp`, '');
  chmodSync(state, 0o644);
  await assert.rejects(start(t, { apps: undefined, state }), { code: 'broken' });
  assert.equal(modeOf(state), 0o644);
  assert.equal(readdirSync(path).length, 2);
});

test('K: a request that changes nothing has nothing written out, however much there is to be kept', async (t) => {
  const state = join(folder(t), 'x.json');
  let times = 0;
  const picture = { type: 'image/png', data: 'AAAA' };
  const icon = { ...picture, toJSON: () => ((times += 1), picture) };
  const simulator = await start(t, { apps: [{ ...SPA, icon }], state });
  const tokens = await signIn(simulator);
  const before = times;
  for (const path of ['/_assets/page.css', '/', '/developer', pathOf(simulator, SPA.clientId)]) await get(simulator.url + path);
  await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${tokens.access_token}` });
  assert.equal(times, before);
  await signIn(simulator);
  assert.ok(times > before);
});

test('A14 A21 K: whatever changes what is kept is in the file before the answer is there', async (t) => {
  const state = join(folder(t), 'x.json');
  const simulator = await start(t, { apps: [APP1, WEB], state });
  const { control } = simulator;
  const path = pathOf(simulator, WEB.clientId);
  const cookie = await logIn(simulator);
  const page = '/settings/connected_apps';
  let tokens;
  let person;
  for (const [what, act] of [
    ['an approval', () => obtainCode(simulator)],
    ['an exchange', async () => (tokens = await signIn(simulator, 'tweet.read users.read offline.access'))],
    ['a refresh', async () => (tokens = (await tokenRequest(simulator, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: SPA.clientId })).body)],
    ['a revocation by the App', () => post(`${simulator.apiUrl}/2/oauth2/revoke`, { token: tokens.refresh_token, client_id: SPA.clientId })],
    ['a sign-in by OAuth 1.0a', async () => (person = await signInWith1(simulator))],
    ['an end by OAuth 1.0a', () => signed(simulator, 'POST', '/1.1/oauth/invalidate_token.json', { token: person })],
    ['a new key', async () => (await open(simulator, `${path}/keys`)).send(`${path}/keys`, {}, { press: 'client' })],
    ['a new token of the owner', async () => (await open(simulator, `${path}/keys`)).send(`${path}/keys`, {}, { press: 'access' })],
    ['a new Project', async () => (await open(simulator, '/developer/projects/new')).send('/developer/projects/new', { name: 'New' })],
    ['another name of a Project', async () => (await open(simulator, `/developer/projects/${simulator.apps[0].projectId}`)).send(`/developer/projects/${simulator.apps[0].projectId}`, { name: 'Other' })],
    ['a revocation by the person', async () => post(simulator.url + page, { ticket: ticketOf(await (await get(simulator.url + page, { Cookie: cookie })).text()), client_id: SPA.clientId }, { Cookie: cookie })],
    ['an exchange once more', async () => exchange(simulator, await obtainCode(simulator))],
    ['time', () => (control.advance(7_200_000), get(simulator.url))],
    ['an App that goes', () => control.removeApp(SPA.clientId)],
  ]) {
    const before = readFileSync(state, 'utf8');
    await act();
    const text = readFileSync(state, 'utf8');
    assert.notEqual(text, before, what);
    const kept = JSON.parse(text);
    const live = control.tokens().filter((token) => token.live);
    const tokensOf = (records) => records.map(({ token }) => token);
    assert.deepEqual(kept.apps, JSON.parse(JSON.stringify(control.apps())), what);
    assert.deepEqual(tokensOf(kept.tokens), tokensOf(live.filter(({ kind }) => kind !== 'oauth1')), what);
    assert.deepEqual(tokensOf(kept.userTokens), tokensOf(live.filter(({ kind }) => kind === 'oauth1')), what);
  }
});
