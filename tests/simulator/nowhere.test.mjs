import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, start } from './helpers.mjs';

test('K: a browser that is where nothing is gets a page that leads on, a program what X answers', async (t) => {
  const simulator = await start(t);
  const browser = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  for (const path of ['/nope', '/settings/nope']) {
    const answer = await get(simulator.url + path, browser);
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [404, 'text/html; charset=utf-8']);
    assert.match(await answer.text(), /Not here[^]*href="\/developer"/);
  }
  const settings = await get(`${simulator.url}/settings`, browser);
  assert.deepEqual([settings.status, settings.headers.get('location')], [302, '/settings/connected_apps']);
  for (const [path, headers] of [['/nope', { Accept: '*/*' }], ['/2/nope', browser], ['/1.1/nope.json', browser], ['/oauth/nope', browser], ['/_assets/nope', browser]]) {
    assert.deepEqual(await (await get(simulator.apiUrl + path, headers)).json(), { title: 'Not Found', status: 404 }, path);
  }
});
