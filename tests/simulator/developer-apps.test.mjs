import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, CALLBACK, exchange, get, obtainCode, signIn, SPA, start, WEB } from './helpers.mjs';
import { keysOf, open, pathOf } from './console.mjs';
import { codeOf, requestToken } from './oauth1.mjs';

const ABOUT = { name: 'Mine', description: 'Signs people in to mine.', useCase: 'Sign-in' };

async function createApp(simulator, fields = ABOUT) {
  return (await open(simulator, '/developer/apps/new')).send('/developer/apps/new', fields);
}

test('K: the console lists every App in its Project, with its App ID, and those without one apart', async (t) => {
  const simulator = await start(t, { apps: [SPA, { ...WEB, enrolled: false }] });
  assert.match((await open(simulator, '/')).html, /href="\/developer"/, 'reached from the front page');
  const { text, html } = await open(simulator, '/developer');
  assert.match(text, /Default project .* Single & Page .*App ID \d{8} .*Standalone Apps .* Web .*App ID \d{8}/);
  for (const { id } of simulator.apps) assert.match(html, new RegExp(`href="/developer/apps/${id}"`));
});

test('K: a new App has keys, shown once, and signs nobody in until its User authentication is set up', async (t) => {
  const simulator = await start(t);
  const made = await createApp(simulator);
  const keys = keysOf(made);
  assert.match(keys['API Key'], /^[A-Za-z0-9]{25}$/);
  assert.match(keys['API Key Secret'], /^[A-Za-z0-9]{50}$/);
  assert.match(keys['Bearer Token'], /^A{22}[\w%]+$/);
  assert.match(Buffer.from(keys['Client ID'], 'base64url').toString(), /^.{20}:1:ci$/);
  const app = simulator.apps.at(-1);
  assert.deepEqual([app.name, app.requestEmail, app.redirectUris], ['Mine', false, []]);
  const again = await open(simulator, `${pathOf(simulator, app.clientId)}/keys`);
  assert.deepEqual(keysOf(again), { 'Client ID': app.clientId }, 'shown once');
  assert.ok(again.text.includes(`ends with ${keys['API Key'].slice(-4)}`));

  const refused = await get(authorizeUrl(simulator, { client_id: app.clientId }));
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /OAuth 2\.0 is off/);
  assert.deepEqual(codeOf(await requestToken(simulator, {}, { app: app.oauth1 })), [403, 415]);
});

test('K: keys are shown on a page of their own, which a reload does not make anew: it says that they were shown', async (t) => {
  const simulator = await start(t);
  const form = await open(simulator, '/developer/apps/new');
  const made = await form.send('/developer/apps/new', ABOUT);
  const { clientId } = simulator.apps.at(-1);
  const path = pathOf(simulator, clientId);
  assert.deepEqual([made.status, made.location], [303, `${path}/keys?done=created`]);
  const next = new RegExp(`<a href="${path}/authentication">Set up User authentication</a></p>`);
  assert.match(made.html, next);
  const reloaded = await open(simulator, made.location);
  assert.match(reloaded.text, /Created\. Its keys were shown once\./);
  assert.match(reloaded.html, next);
  assert.doesNotMatch(reloaded.html, /class="once"/);

  const settings = await open(simulator, `${path}/authentication`);
  const saved = await settings.send(`${path}/authentication`, { type: 'web', callback: [CALLBACK], website: 'https://mine.example' });
  assert.equal(saved.location, `${path}/keys?done=confidential`);
  assert.equal(keysOf(saved)['Client Secret'], simulator.apps.at(-1).clientSecret);
  const later = await open(simulator, saved.location);
  assert.match(later.text, /its client secret was shown once/);
  assert.deepEqual(keysOf(later), { 'Client ID': clientId });
  const bearer = await later.send(`${path}/keys`, {}, { press: 'bearer' });
  assert.equal(bearer.status, 303);
  assert.equal(keysOf(bearer)['Bearer Token'], simulator.apps.at(-1).bearerToken);
  assert.match((await open(simulator, bearer.location)).text, /Regenerated, and shown once/);
});

test('K: an App that is set up in the console signs people in', async (t) => {
  const simulator = await start(t);
  await createApp(simulator);
  const { clientId } = simulator.apps.at(-1);
  const path = `${pathOf(simulator, clientId)}/authentication`;
  const saved = await (await open(simulator, path)).send(path, { type: 'native', callback: [CALLBACK], website: 'https://mine.example' });
  assert.equal(saved.status, 303, saved.text);
  assert.match(saved.text, /Saved\. It holds from now on\./);
  const code = await obtainCode(simulator, { client_id: clientId });
  assert.equal((await exchange(simulator, code, { client_id: clientId })).status, 200);
});

test('K: an App without a name, with a long one, with one that is taken: told by the field, and nothing typed is lost', async (t) => {
  const simulator = await start(t);
  const before = simulator.apps.length;
  for (const [changes, field, words] of [
    [{ name: '' }, 'name', /^Give the App a name\.$/],
    [{ name: 'x'.repeat(33) }, 'name', /at most 32 characters, and this one has 33/],
    [{ name: 'A \u001b[31mred' }, 'name', /no control characters/],
    [{ name: SPA.name }, 'name', /Another App has the name "Single & Page"/],
    [{ description: 'short' }, 'description', /10 to 200 characters\. This one has 5\.$/],
  ]) {
    const again = await createApp(simulator, { ...ABOUT, ...changes });
    assert.equal(again.status, 400);
    assert.match(again.errorAt(field), words);
    assert.match(again.html, new RegExp(`name="${field}"[^>]*aria-describedby="${field}-error[^>]*aria-invalid="true" autofocus`));
    for (const [name, value] of Object.entries({ ...ABOUT, ...changes })) assert.deepEqual(again.valueOf(name), [value], name);
    assert.match(again.html, /<title>Mistake: /);
    const mended = await again.send('/developer/apps/new', { ...ABOUT, name: `Mended ${field} ${String(words).length}` });
    assert.match(mended.text, /Created/);
  }
  assert.equal(simulator.apps.length, before + 5);
});

test('K: a deleted App is refused everywhere, with every token that people gave it', async (t) => {
  const simulator = await start(t);
  const { access_token, refresh_token } = await signIn(simulator, 'tweet.read users.read offline.access');
  const path = pathOf(simulator, SPA.clientId);
  const code = await obtainCode(simulator);
  const list = await (await open(simulator, path)).send(`${path}/delete`);
  assert.match(list.text, /Deleted\./);
  assert.doesNotMatch(list.text, /Single & Page/);
  assert.equal((await get(authorizeUrl(simulator))).status, 400);
  assert.equal((await exchange(simulator, code)).status, 401);
  assert.equal((await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` })).status, 401);
  simulator.control.addApp(SPA);
  assert.equal((await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` })).status, 401, 'not even when an App of that client id is back');
  assert.ok(simulator.control.tokens().every(({ token }) => token !== refresh_token));
  assert.equal((await open(simulator, '/developer/apps/1')).status, 404);
});

test('K: Projects are made, renamed and deleted; their Apps stay, stand alone, and the API v2 refuses them', async (t) => {
  const simulator = await start(t);
  const listed = await (await open(simulator, '/developer/projects/new')).send('/developer/projects/new', { name: 'Second', description: 'Another', useCase: 'Trying' });
  const id = /developer\/projects\/(\d{19})">Edit<span class="unseen"> the Project Second/.exec(listed.html)[1];
  const path = pathOf(simulator, SPA.clientId);
  await (await open(simulator, path)).send(`${path}/standing`, { project: id }, { press: 'move' });
  assert.equal(simulator.apps[0].projectId, id);

  const nameless = await (await open(simulator, `/developer/projects/${id}`)).send(`/developer/projects/${id}`, { name: '', description: 'Kept' });
  assert.match(nameless.errorAt('name'), /Give the Project a name/);
  assert.deepEqual(nameless.valueOf('description'), ['Kept']);
  assert.match((await nameless.send(`/developer/projects/${id}`, { name: 'Renamed' })).text, /Saved/);
  const double = await (await open(simulator, '/developer/projects/new')).send('/developer/projects/new', { name: 'Renamed' });
  assert.match(double.errorAt('name'), /Another Project/);

  await (await open(simulator, `/developer/projects/${id}`)).send(`/developer/projects/${id}/delete`);
  assert.equal(simulator.apps[0].projectId, undefined);
  const { access_token } = await signIn(simulator);
  const me = await get(`${simulator.apiUrl}/2/users/me`, { Authorization: `Bearer ${access_token}` });
  assert.equal((await me.json()).reason, 'client-not-enrolled');
});
