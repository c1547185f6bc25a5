/** G14: how often one client may have X asked. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { addressOf, toNodeListener } from '../../www/src/server/node.js';
import { CLICK, FROM_X, SECRET } from './browser.mjs';
import { BODY, ORIGIN, OURS, ask, cookieOf, exchange, handlerFor, readSafely, startX } from './helpers.mjs';

const PER_MINUTE = 30;
const from = (address) => ({ headers: { 'x-real-ip': address } });
const clientOf = (request) => request.headers.get('x-real-ip') ?? undefined;

test('G14: thirty a minute for each client, then 429 with the time to wait, and X is not asked', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const x = await startX(t);
  const handler = handlerFor(x, { clientOf });
  for (let count = 0; count < PER_MINUTE; count += 1) assert.equal((await exchange(handler, from('192.0.2.1'))).status, 200);
  const asked = x.seen.length;
  t.mock.timers.tick(20_000);
  const refused = await exchange(handler, from('192.0.2.1'));
  assert.deepEqual([refused.status, refused.headers.get('retry-after'), x.seen.length], [429, '40', asked]);
  const { error, reason, retryAfter } = await readSafely(refused);
  assert.deepEqual([error, reason, retryAfter], ['rate_limited', 'client', 40]);
  assert.equal((await exchange(handler, from('192.0.2.2'))).status, 200, 'somebody else');
  assert.equal((await exchange(handler, {})).status, 200, 'whom the host cannot tell is not counted');
  for (const route of ['session', 'signout']) {
    const response = await ask(handler, route === 'session' ? 'GET' : 'POST', route, from('192.0.2.1'));
    assert.equal(response.status, 204, route);
  }
  t.mock.timers.tick(40_000);
  assert.equal((await exchange(handler, from('192.0.2.1'))).status, 200);
});

test('G14: every route that asks X counts, and a person is answered with a page', async (t) => {
  const x = await startX(t);
  const handler = handlerFor(x, { clientOf, secrets: SECRET, oauth1: { consumerKey: 'key', consumerSecret: 'secret' }, endpoints: { token: `${x.url}/token`, user: `${x.url}/user`, oauth1: x.url } });
  const go = (path, headers) => handler(new Request(`${ORIGIN}/auth/x/${path}`, { headers: { ...headers, ...from('192.0.2.1').headers } }));
  for (let count = 0; count < PER_MINUTE; count += 1) assert.equal((await go('oauth1/start', CLICK)).status, 502);
  assert.equal(x.seen.length, PER_MINUTE);
  const begun = await go('start', CLICK);
  assert.equal(begun.status, 303, 'that asks nobody');
  const state = new URL(begun.headers.get('location')).searchParams.get('state');
  const back = await go(`callback?code=c&state=${state}`, { ...FROM_X, cookie: cookieOf(begun) });
  assert.match(back.headers.getSetCookie()[0], /Max-Age=0/, 'X’s code will not outlive the minute');
  for (const response of [await go('oauth1/start', CLICK), back]) {
    assert.deepEqual([response.status, response.headers.get('content-type')], [429, 'text/html; charset=utf-8']);
    assert.ok(Number(response.headers.get('retry-after')) > 0);
    assert.match(await response.text(), /rate_limited/);
  }
  assert.equal((await exchange(handler, from('192.0.2.1'))).status, 429);
  assert.equal((await exchange(handler, { ...from('192.0.2.1'), body: {} })).status, 400, 'what asks nobody is not counted');
  assert.equal(x.seen.length, PER_MINUTE);
});

test('G14: on Node the socket’s address can be the client', async (t) => {
  const x = await startX(t);
  const handler = handlerFor(x, { clientOf: addressOf });
  const server = createServer(toNodeListener(handler)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => { server.closeAllConnections(); server.close(); });
  const statuses = [];
  for (let count = 0; count <= PER_MINUTE; count += 1) {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/auth/x/exchange`, { method: 'POST', headers: { ...OURS, 'x-forwarded-for': `192.0.2.${count}` }, body: JSON.stringify(BODY) });
    statuses.push(response.status);
    await response.text();
  }
  assert.deepEqual([statuses.filter((status) => status === 200).length, statuses.at(-1)], [PER_MINUTE, 429]);
  assert.equal(addressOf(new Request(ORIGIN)), undefined);
});

test('G14: a clientOf that gives neither text nor undefined is a mistake of the backend, and not one client for all', async (t) => {
  const told = [];
  const x = await startX(t);
  for (const client of [Promise.resolve('192.0.2.1'), { address: '192.0.2.1' }, null, 5]) {
    const handler = handlerFor(x, { clientOf: () => client, onError: (error) => told.push(error.message) });
    assert.equal((await exchange(handler)).status, 500, String(client));
  }
  assert.deepEqual([new Set(told).size, told.length, x.seen.length], [1, 4, 0]);
});

test('G14: a port that comes along makes nobody another client', async (t) => {
  const handler = handlerFor(await startX(t), { clientOf });
  const ask = async (address) => (await exchange(handler, from(address))).status;
  for (let port = 1; port <= PER_MINUTE; port += 1) assert.equal(await ask(`${port % 2 ? '192.0.2.1' : '[2001:db8::1]'}:${50_000 + port}`), 200);
  for (let port = 1; port <= PER_MINUTE / 2; port += 1) await ask('192.0.2.1');
  assert.deepEqual([await ask('192.0.2.1:1'), await ask('[2001:db8::1]:1')], [429, 200]);
});

test('G14: a clientOf that throws is a failure of the backend, not an exception', async (t) => {
  const told = [];
  const handler = handlerFor(await startX(t), { clientOf: () => { throw new Error('no header'); }, onError: (error) => told.push(error.message) });
  assert.equal((await exchange(handler)).status, 500);
  assert.deepEqual(told, ['no header']);
});
