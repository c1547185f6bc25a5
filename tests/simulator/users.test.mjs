import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, signIn, start } from './helpers.mjs';

async function me(simulator, token, query = '') {
  const response = await get(`${simulator.apiUrl}/2/users/me${query}`, token === undefined ? {} : { Authorization: `Bearer ${token}` });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

test('users/me gives id, name and username, and no more unless it is asked', async (t) => {
  const simulator = await start(t);
  const { status, body } = await me(simulator, (await signIn(simulator)).access_token);
  assert.equal(status, 200);
  assert.deepEqual(body, { data: { id: '4503599627370495', name: 'Ada Example', username: 'ada_example' } });
});

test('the account that was chosen on the page is the one that comes; an id above 2^53 stays a string', async (t) => {
  const simulator = await start(t);
  const { body } = await me(simulator, (await signIn(simulator, undefined, 'noor_example')).access_token);
  assert.equal(body.data.id, '1912345678901234567');
  assert.equal(body.data.name, 'Noor Østergård');
});

test('user.fields adds the picture, which the simulator serves', async (t) => {
  const simulator = await start(t);
  const { body } = await me(simulator, (await signIn(simulator)).access_token, '?user.fields=profile_image_url,verified,created_at');
  assert.equal(body.data.profile_image_url, `${simulator.url}/profile_images/4503599627370495_normal.svg`);
  assert.equal(body.data.verified, false);
  assert.equal((await get(body.data.profile_image_url)).status, 200);
});

test('confirmed_email needs the scope users.email, the field, and an account that has an address', async (t) => {
  const simulator = await start(t);
  const wide = 'tweet.read users.read users.email';
  const email = async (scope, account, query) => (await me(simulator, (await signIn(simulator, scope, account)).access_token, query)).body.data.confirmed_email;
  assert.equal(await email(wide, 'ada_example', '?user.fields=confirmed_email'), 'ada@example.com');
  assert.equal(await email('tweet.read users.read', 'ada_example', '?user.fields=confirmed_email'), undefined);
  assert.equal(await email(wide, 'ada_example', ''), undefined);
  assert.equal(await email(wide, 'noor_example', '?user.fields=confirmed_email'), undefined);
});

for (const scope of ['users.read', 'tweet.read', 'follows.read offline.access']) {
  test(`users/me with "${scope}" alone is forbidden`, async (t) => {
    const simulator = await start(t);
    const { status, type, body } = await me(simulator, (await signIn(simulator, scope)).access_token);
    assert.equal(status, 403);
    assert.match(type, /^application\/problem\+json/);
    assert.deepEqual(body, { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Forbidden' });
  });
}

test('users/me without a good bearer token answers X’s problem document', async (t) => {
  const simulator = await start(t);
  const { access_token, refresh_token } = await signIn(simulator, 'tweet.read users.read offline.access');
  for (const token of [undefined, 'made-up', refresh_token]) {
    const { status, type, body } = await me(simulator, token);
    assert.equal(status, 401);
    assert.match(type, /^application\/problem\+json/);
    assert.deepEqual(body, { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' });
  }
  assert.equal((await me(simulator, undefined, `?access_token=${access_token}`)).status, 401, 'A18: never from the query');
});

test('a field that X does not know is an invalid request', async (t) => {
  const simulator = await start(t);
  const { status, body } = await me(simulator, (await signIn(simulator)).access_token, '?user.fields=name,shoe_size');
  assert.equal(status, 400);
  assert.equal(body.title, 'Invalid Request');
  assert.match(body.errors[0].message, /\[shoe_size\] is not one of/);
});
