/** Forms that people have before them, while another site has pages of the simulator loaded. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { createTickets } from '../../www/simulator/developer/tickets.js';
import { open, pathOf } from './console.mjs';
import { get, openConsent, post, SPA, start, ticketOf } from './helpers.mjs';
import { APP1, openLevelConsent, requestToken } from './oauth1.mjs';

/** As a page of another site has it loaded: `fetch` of Node sets marks of its own. */
const load = (url, dest) =>
  new Promise((resolve, reject) => {
    request(url, { headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': dest === 'image' ? 'no-cors' : 'navigate', 'Sec-Fetch-Dest': dest } }, async (response) => {
      let html = '';
      for await (const chunk of response) html += chunk;
      resolve(html);
    }).on('error', reject).end();
  });

test('K: an open form of the console works, however often another site has had the page loaded', async (t) => {
  const simulator = await start(t);
  const path = pathOf(simulator, SPA.clientId);
  const form = await open(simulator, path);
  for (let time = 0; time < 130; time += 1) await load(simulator.url + path, time % 2 === 0 ? 'image' : 'document');
  assert.equal((await form.send(path, { name: 'Saved' })).status, 303);
  assert.equal(simulator.apps[0].name, 'Saved');
});

test('K: a ticket of the console works once, and neither made up nor from another simulator', () => {
  const [tickets, others] = [createTickets(), createTickets()];
  const first = tickets.open();
  const second = tickets.open();
  assert.notEqual(first, second);
  for (const wrong of ['', '1', first.slice(0, -1), `${first}x`, `0${first}`, ` ${first}`, first.replace('1-', '3-'), others.open(), 'NaN']) assert.equal(tickets.close(wrong), false, wrong);
  assert.deepEqual([tickets.close(second), tickets.close(first)], [true, true], 'in any order');
  assert.deepEqual([tickets.close(second), tickets.close(first)], [false, false]);
  const open = tickets.open();
  for (let time = 0; time < 5010; time += 1) assert.equal(tickets.close(tickets.open()), true);
  assert.deepEqual([tickets.close(first), tickets.close(second)], [false, false], 'also when they are long forgotten');
  assert.equal(tickets.close(open), false, 'and what is as old is refused');
});

test('K: a page that another site has as a picture or in a frame opens no form, and what is open stays', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const address = `${simulator.url}/i/flow/login`;
  const ticket = ticketOf(await (await get(address)).text());
  for (let time = 0; time < 510; time += 1) await load(address, time % 2 === 0 ? 'image' : 'iframe');
  assert.equal((await post(address, { ticket, account: 'ada_example' })).status, 302);

  const { response } = await openConsent(simulator);
  const unseen = ticketOf(await load(response.url, 'iframe'));
  assert.equal((await post(`${simulator.url}/i/oauth2/authorize`, { ticket: unseen, account: 'ada_example', decision: 'approve' })).status, 400);
  const seen = ticketOf(await load(response.url, 'document'));
  assert.equal((await post(`${simulator.url}/i/oauth2/authorize`, { ticket: seen, account: 'ada_example', decision: 'approve' })).status, 302);

  const level = (await openLevelConsent(simulator, (await requestToken(simulator)).body.oauth_token)).response.url;
  const decide = async (dest) => (await post(`${simulator.url}/oauth/authorize`, { ticket: ticketOf(await load(level, dest)), account: 'ada_example', decision: 'approve' })).status;
  assert.deepEqual([await decide('image'), await decide('document')], [403, 302]);
});
