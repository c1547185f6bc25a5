import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, openConsent, post, SPA, start } from './helpers.mjs';
import { open, pathOf } from './console.mjs';

const paths = (simulator) => {
  const app = pathOf(simulator, SPA.clientId);
  return ['/developer', '/developer/projects/new', `/developer/projects/${simulator.apps[0].projectId}`, '/developer/apps/new', app, `${app}/authentication`, `${app}/keys`];
};

test('K: the console takes no form of another site, marked by Sec-Fetch-Site or by Origin', async (t) => {
  const simulator = await start(t);
  const path = pathOf(simulator, SPA.clientId);
  for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { Origin: 'https://evil.example' }, { Origin: 'null' }, { Origin: simulator.apiUrl }]) {
    const answer = await (await open(simulator, path)).send(`${path}/delete`, {}, { headers });
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.match(answer.text, /sent by another site\. Nothing was changed/);
  }
  assert.equal(simulator.apps[0].clientId, SPA.clientId);
  const { location } = await (await open(simulator, path)).send(`${path}/delete`, {}, { headers: { 'Sec-Fetch-Site': 'same-origin', Origin: simulator.url } });
  assert.equal(location, '/developer?done=deleted');
});

test('K: a form of the console that saves is good again for whoever goes back to it; one that makes something works once', async (t) => {
  const simulator = await start(t);
  const path = pathOf(simulator, SPA.clientId);
  const form = await open(simulator, path);
  await form.send(path, { name: 'First' });
  assert.equal((await form.send(path, { name: 'Second' })).status, 303);
  assert.equal(simulator.apps[0].name, 'Second');
  const authentication = await open(simulator, `${path}/authentication`);
  for (const name of ['First', 'Second']) assert.equal((await authentication.send(`${path}/authentication`, { organizationName: name })).status, 303);
  assert.equal(simulator.apps[0].organizationName, 'Second');

  const fresh = await open(simulator, '/developer/apps/new');
  await fresh.send('/developer/apps/new', { name: 'Third', description: 'It is made once.' });
  const again = await fresh.send('/developer/apps/new', { name: 'Fourth', description: 'It is made once.' });
  assert.equal(again.status, 400);
  assert.match(again.text, /Nothing was saved: this form was sent before/);
  assert.deepEqual(again.valueOf('name'), ['Fourth'], 'nothing typed is lost');
  assert.equal((await again.send('/developer/apps/new')).status, 303, 'and it can be sent from there');
  const keys = await open(simulator, `${path}/keys`);
  await keys.send(`${path}/keys`, {}, { press: 'consumer' });
  const { consumerKey } = simulator.apps[0].oauth1;
  assert.equal((await keys.send(`${path}/keys`, {}, { press: 'consumer' })).status, 400);
  assert.equal(simulator.apps[0].oauth1.consumerKey, consumerKey);
});

test('K: a form of the console needs a ticket of the console; without one nothing is saved', async (t) => {
  const simulator = await start(t);
  const path = pathOf(simulator, SPA.clientId);
  const { ticket } = await openConsent(simulator);
  for (const [action, fields] of [
    [`${path}/delete`, {}],
    [`${path}/keys`, { do: 'consumer' }],
    [`${path}/standing`, { do: 'suspend' }],
    [`${path}/icon`, { do: 'remove' }],
    [`${path}/authentication`, { oauth2: 'on', callback: 'https://evil.example/' }],
    ['/developer/apps/new', { name: 'Evil', description: 'An App of somebody else.' }],
    ['/developer/projects/new', { name: 'Evil' }],
    [`/developer/projects/${simulator.apps[0].projectId}/delete`, {}],
  ]) {
    const before = JSON.stringify(simulator.apps);
    for (const more of [{}, { ticket: 'guessed' }, { ticket }]) assert.equal((await post(simulator.url + action, { ...fields, ...more })).status, 400, action);
    assert.equal(JSON.stringify(simulator.apps), before, action);
  }
});

test('B9 K: every page of the console needs no JavaScript, may not be framed or kept, says that it is a simulator and has its parts named', async (t) => {
  const simulator = await start(t, { apps: [{ ...SPA, name: '<b>"Bold"</b>', description: '<script>' }] });
  for (const path of paths(simulator)) {
    const { status, headers, html } = await open(simulator, path);
    assert.equal(status, 200, path);
    assert.match(headers.get('content-security-policy'), /default-src 'none'.*; form-action 'self'$/);
    assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(html, /Simulator of X on this machine/);
    assert.doesNotMatch(html, /<script|<style| style=|<b>| on\w+=/);
    assert.equal(html.match(/<h1/g).length, 1);
    for (const [tag, id] of html.matchAll(/<(?:input|textarea|select)[^>]* id="([^"]+)"[^>]*>/g)) {
      assert.ok(html.includes(`<label for="${id}">`) || tag.includes('aria-label='), `${path}: ${id} has a label`);
    }
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, 'no id twice');
    for (const [, list] of html.matchAll(/aria-describedby="([^"]+)"/g)) for (const id of list.split(' ')) assert.ok(ids.includes(id), id);
  }
  assert.equal((await get(`${simulator.url}/_assets/developer.css`)).status, 200);
});

test('K: what is not there is not found, and other methods are not allowed', async (t) => {
  const simulator = await start(t);
  for (const path of ['/developer/nothing', '/developer/apps', '/developer/apps/12345678', '/developer/projects/1', `${pathOf(simulator, SPA.clientId)}/nothing`, '/developer/apps/__proto__']) {
    assert.equal((await open(simulator, path)).status, 404, path);
  }
  assert.equal((await fetch(`${simulator.url}/developer`, { method: 'DELETE' })).status, 405);
  assert.equal((await get(`${simulator.url}${pathOf(simulator, SPA.clientId)}/delete`)).status, 405);
});

test('B5 K: what a Project, an App and an account are called is text on every page, whatever it says', async (t) => {
  const bad = '"><form action="https://evil.example"><b>\'';
  const app = { ...SPA, name: bad, description: bad, useCase: bad, organizationName: bad, organizationUrl: `https://a.example/?${bad}` };
  const simulator = await start(t, { apps: [{ ...app, clientId: bad }], accounts: [{ id: '12', username: 'ada_example', name: bad }] });
  await (await open(simulator, '/developer/projects/new')).send('/developer/projects/new', { name: bad, description: bad, useCase: bad });
  const project = /href="(\/developer\/projects\/(?!1000000000000000001)\d+)"/.exec((await open(simulator, '/developer')).html)?.[1];
  const path = pathOf(simulator, bad);
  for (const page of ['/', '/log', '/i/flow/login', '/developer', project, '/developer/apps/new', path, `${path}/authentication`, `${path}/keys`]) {
    const { status, html } = await open(simulator, page);
    assert.equal(status, 200, page);
    assert.doesNotMatch(html, /evil\.example"|<b>/, page);
  }
  const consent = await openConsent(simulator, { client_id: bad });
  assert.match(consent.html, /evil\.example/);
  assert.doesNotMatch(consent.html, /evil\.example"|<b>/);
});
