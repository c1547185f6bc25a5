/** How much of a request is read, and from whom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostBytes } from '../../www/simulator/body-limit.js';
import { filePart } from '../../www/simulator/developer/multipart.js';
import { open, page, pathOf } from './console.mjs';
import { get, SPA, start } from './helpers.mjs';

const MB = 1024 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test('K: only a form of the simulator’s own page may be large, which is known before it is read', () => {
  const head = (headers = {}, more = {}) => mostBytes({ method: 'POST', url: '/developer/apps/12345678/icon', headers: { host: 'localhost:4001', ...headers }, ...more });
  for (const headers of [{}, { origin: 'http://localhost:4001' }, { 'sec-fetch-site': 'same-origin' }]) assert.equal(head(headers), MB, JSON.stringify(headers));
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { host: 'evil.example:4001' }, { host: 'evil.example', origin: 'http://evil.example' }]) {
    assert.equal(head(headers), undefined, JSON.stringify(headers));
  }
  assert.equal(head({}, { method: 'PUT' }), undefined);
  for (const url of ['/developer/apps/12345678/keys', '/developer/apps/12345678/icon?x', '/2/oauth2/token']) assert.equal(head({}, { url }), undefined, url);
});

test('K: a picture that is too large to be read: its page says so beside the field; of another site nothing is read', async (t) => {
  const simulator = await start(t);
  const path = pathOf(simulator, SPA.clientId);
  const upload = async (size, headers = {}) => {
    const body = new FormData();
    body.set('ticket', /action="[^"]*\/icon"[^>]*><input type="hidden" name="ticket" value="([^"]+)"/.exec((await open(simulator, path)).html)[1]);
    body.set('do', 'upload');
    body.set('icon', new Blob([PNG, Buffer.alloc(size)]), 'icon');
    return fetch(`${simulator.url}${path}/icon`, { method: 'POST', body, headers, redirect: 'manual' });
  };
  const tooLarge = await page(simulator, await upload(2 * MB));
  assert.equal(tooLarge.errorAt('icon'), 'This picture has more than 1 MB, and X takes at most 700 KB.');
  assert.match((await page(simulator, await upload(900 * 1024))).errorAt('icon'), /has 901 KB, and X takes at most 700 KB/);
  const elsewhere = await upload(100 * 1024, { 'Sec-Fetch-Site': 'cross-site' });
  assert.equal(elsewhere.status, 403);
  assert.match(await elsewhere.text(), /sent by another site/);
  assert.equal(simulator.apps[0].icon, undefined);
  assert.equal((await upload(100 * 1024, { 'Sec-Fetch-Site': 'same-origin' })).status, 303);
});

test('K: of a form with a file ten parts are read', () => {
  const part = (name) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n`;
  const { fields } = filePart({ headers: { 'content-type': 'multipart/form-data; boundary=b' }, bytes: Buffer.from(`${Array.from({ length: 200 }, (_, index) => part(`p${index}`)).join('')}--b--\r\n`) });
  assert.deepEqual([...fields.keys()], Array.from({ length: 10 }, (_, index) => `p${index}`));
});

test('K: a body that is too large is answered 413, does nothing and is in the log', async (t) => {
  const simulator = await start(t);
  const send = (url, body) => fetch(url, { method: 'POST', body, redirect: 'manual' });
  assert.equal((await send(`${simulator.apiUrl}/2/oauth2/token`, 'a'.repeat(65 * 1024))).status, 413);
  simulator.control.autoApprove('ada_example');
  assert.equal((await send(`${simulator.apiUrl}/_control/reset`, `{"a":"${'a'.repeat(65 * 1024)}"}`)).status, 413);
  assert.equal(simulator.control.state().autoApprove, 'ada_example', 'nothing was reset');
  const path = pathOf(simulator, SPA.clientId);
  assert.equal((await send(`${simulator.url}${path}/delete`, 'a'.repeat(65 * 1024))).status, 413);
  assert.match(await (await get(`${simulator.url}/log`)).text(), /class="path">\/2\/<wbr>oauth2\/<wbr>token<\/span><\/span> <span class="tag bad">413 Payload Too Large</);
});
