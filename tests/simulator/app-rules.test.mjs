/** X's rules for the settings of an App, each at both of its ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSimulator } from '../../www/simulator/index.js';
import { open, pathOf } from './console.mjs';
import { BOT, get, SPA, start } from './helpers.mjs';

/** As X's page on developer Apps lists them, "Callback URLs". */
const DISALLOWED = `vbscript javascript vbs data mocha keyword livescript ftp file gopher acrobat callto daap itpc itms firefoxurl
  hcp ldap mailto mmst mmsu msbd rtsp mso-offdap snews news nntp outlook stssync rlogin telnet tn3270 shell sip`.split(/\s+/);

test('A8 K: each of the schemes that X disallows is refused in a callback, in capitals too', async () => {
  assert.equal(DISALLOWED.length, 34);
  for (const scheme of [...DISALLOWED, 'JavaScript']) {
    const started = startSimulator({ apps: [{ ...BOT, redirectUris: [`${scheme}://callback/path`] }] });
    await assert.rejects(started.then((simulator) => simulator.close()), new RegExp(`X refuses callbacks that start with ${scheme.toLowerCase()}:`), scheme);
  }
});

test('K: a name and a description are judged at both of their ends', async (t) => {
  const simulator = await start(t, { apps: [SPA] });
  const path = pathOf(simulator, SPA.clientId);
  const save = async (changes) => (await open(simulator, path)).send(path, { description: 'Signs people in.', ...changes });
  for (const [changes, field] of [
    [{ name: 'n'.repeat(32) }],
    [{ name: 'n'.repeat(33) }, 'name'],
    [{ name: '' }, 'name'],
    [{ description: 'd'.repeat(10) }],
    [{ description: 'd'.repeat(9) }, 'description'],
    [{ description: 'd'.repeat(200) }],
    [{ description: '🦊'.repeat(200) }],
    [{ description: 'd'.repeat(201) }, 'description'],
  ]) {
    const saved = await save(changes);
    assert.equal(saved.status, field === undefined ? 303 : 400, JSON.stringify(changes));
    if (field) assert.notEqual(saved.errorAt(field), '');
  }
});

test('K: what an App is for is kept, from the form that makes it and from the form that changes it', async (t) => {
  const simulator = await start(t);
  const form = '/developer/apps/new';
  await (await open(simulator, form)).send(form, { name: 'Mine', description: 'Signs people in.', useCase: 'Telling friends apart' });
  const app = () => simulator.apps.find(({ name }) => name === 'Mine');
  assert.equal(app().useCase, 'Telling friends apart');
  const path = pathOf(simulator, app().clientId);
  await (await open(simulator, path)).send(path, { useCase: 'Another' });
  assert.equal(app().useCase, 'Another');
  assert.deepEqual((await open(simulator, path)).valueOf('useCase'), ['Another']);
});

test('K: the Bearer Token of a suspended App is refused as unknown', async (t) => {
  const bearerToken = 'AAAAAAAAAAAAAAAAAAAAAAbearer';
  const simulator = await start(t, { apps: [{ ...SPA, bearerToken }] });
  const me = async () => (await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${bearerToken}` })).status;
  assert.equal(await me(), 403);
  simulator.control.changeApp(SPA.clientId, { suspended: true });
  assert.equal(await me(), 401);
});
