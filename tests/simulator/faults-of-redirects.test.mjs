import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { approved, assertDeadEnd, CALLBACK, exchange, get, locationOf, openConsent, SPA, start } from './helpers.mjs';

const stateOf = async (simulator) => new URL(await locationOf(simulator)).searchParams.get('state');

test('A5: alter_state changes the state of the next redirect, and of no other', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('alter_state');
  assert.equal(await stateOf(simulator), 'tset-eht-fo-etats-a');
  assert.equal(await stateOf(simulator), 'a-state-of-the-test');
  simulator.control.fault('alter_state', { value: '' });
  assert.equal(await stateOf(simulator), '');
});

test('A5: alter_state alters a state that reads the same backwards, and that of a cancel', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('alter_state');
  const { press } = await openConsent(simulator, { state: 'abba' });
  assert.match((await press('cancel')).headers.get('location'), /error=access_denied&state=abbax$/);
});

test('D13 K: never_redirect takes the decision and leaves the browser at X', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('never_redirect');
  const response = await (await openConsent(simulator)).press('approve');
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('location'), null);
  assert.match(await response.text(), /never_redirect/);
  assert.equal(simulator.control.counts().redirects, 0);
  assert.equal(simulator.control.events('redirect_withheld').length, 1);
});

test('A5 A9: drop_parameters takes parameters away from the callback', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('drop_parameters', { names: ['state', 'iss'] });
  assert.match(await locationOf(simulator), /\/callback\?code=[\w-]+$/);
  simulator.control.fault('drop_parameters', { names: ['state', 'code'] });
  assert.equal(await locationOf(simulator), `${CALLBACK}?`);
  assert.match(await locationOf(simulator), /\?state=a-state-of-the-test&code=/);
});

test('A9: extra_parameters come after the callback’s own, repeat what they like, and break out of nothing', async (t) => {
  const simulator = await start(t);
  const own = '\\?state=a-state-of-the-test&code=[\\w-]+';
  simulator.control.fault('extra_parameters', { parameters: [['code', 'second'], ['state', 'a-state-of-the-test'], ['code', '']] });
  assert.match(await locationOf(simulator), new RegExp(`${own}&code=second&state=a-state-of-the-test&code=$`));
  simulator.control.fault('extra_parameters', { parameters: { iss: 'https://evil.example', 'a\r\nSet-Cookie: b': 'c&d=e#f\r\n' } });
  const response = await approved(simulator);
  assert.match(response.headers.get('location'), new RegExp(`${own}&iss=https%3A%2F%2Fevil\\.example&a%0D%0ASet-Cookie%3A%20b=c%26d%3De%23f%0D%0A$`));
  assert.deepEqual(response.headers.getSetCookie().map((each) => each.split('=')[0]), [`simulated_x_${new URL(simulator.url).port}`], 'the simulator’s own');
  simulator.control.fault('extra_parameters', { parameters: { error: 'access_denied' } });
  assert.match(await locationOf(simulator, { redirect_uri: SPA.redirectUris[1] }), /\/cb\?from=x&state=[^?]+&error=access_denied$/);
});

for (const url of ['javascript:alert(document.domain)//', 'javascript:var a = 1; alert("<b>")', 'data:text/html,<script>alert(1)</script>', '//evil.example', 'https://evil.example/callback?a=b', 'vbscript:x', '/i/elsewhere']) {
  test(`A15: redirect_to sends the browser to ${url}, byte for byte`, async (t) => {
    const simulator = await start(t);
    simulator.control.fault('redirect_to', { url });
    const response = await approved(simulator);
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), url);
    assert.equal(await response.text(), '');
    assert.equal(simulator.control.events('redirect')[0].parameters.elsewhere, url);
    assert.match(await locationOf(simulator), /^http:\/\/127\.0\.0\.1:3000\//);
  });
}

test('A15: redirect_to takes the callback’s parameters along on request', async (t) => {
  const simulator = await start(t);
  for (const [url, expected] of [
    ['https://evil.example/cb', /^https:\/\/evil\.example\/cb\?state=a-state-of-the-test&code=[\w-]+$/],
    ['https://evil.example/cb?a=b#c?d', /^https:\/\/evil\.example\/cb\?a=b&state=a-state-of-the-test&code=[\w-]+#c\?d$/],
  ]) {
    simulator.control.fault('redirect_to', { url, keepParameters: true });
    assert.match(await locationOf(simulator), expected);
  }
  simulator.control.fault('redirect_to', { url: 'https://evil.example/', keepParameters: false });
  assert.equal(await locationOf(simulator), 'https://evil.example/');
});

/** An App's callback, at work: what was asked of it. */
async function startApp(t, answer = (response) => response.end('thanks')) {
  const visits = [];
  const server = createServer(({ method, url, headers }, response) => {
    visits.push({ method, url, headers });
    answer(response);
  });
  const visited = once(server, 'request').then(([, response]) => response);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { visits, visited, callback: `http://127.0.0.1:${server.address().port}/callback?from=x` };
}

const withCallback = (redirectUri) => ({ apps: [{ ...SPA, redirectUris: [redirectUri] }] });

test('A7: deliver_twice by prefetch visits the callback itself, before the browser is sent there', async (t) => {
  const app = await startApp(t, (response) => response.writeHead(303, { Location: '/elsewhere' }).end());
  const simulator = await start(t, withCallback(app.callback));
  simulator.control.fault('deliver_twice');
  const response = await approved(simulator, { redirect_uri: app.callback });
  assert.equal(response.status, 302);
  assert.deepEqual(app.visits.map(({ method, url }) => [method, url]), [['GET', response.headers.get('location').slice(new URL(app.callback).origin.length)]]);
  const { headers } = app.visits[0];
  assert.match(headers['user-agent'], /^Twitterbot/);
  assert.deepEqual([headers.cookie, headers.referer, headers['sec-fetch-mode']], [undefined, undefined, undefined]);
  const [visit] = simulator.control.events('prefetch');
  assert.equal(visit.parameters.status, 303);
  assert.equal(visit.parameters.code, simulator.control.events('redirect')[0].parameters.code, 'one code, twice');
  assert.ok(!JSON.stringify(simulator.control.events()).includes('a-state-of-the-test'));
  await approved(simulator, { redirect_uri: app.callback });
  assert.equal(app.visits.length, 1);
});

test('A7: deliver_twice by prefetch visits names below localhost too, and asks nobody where they are', async (t) => {
  const app = await startApp(t, (response) => response.end());
  const callback = app.callback.replace('127.0.0.1', 'no-resolver-knows-it.localhost');
  const simulator = await start(t, withCallback(callback));
  simulator.control.fault('deliver_twice');
  await approved(simulator, { redirect_uri: callback });
  assert.equal(simulator.control.events('prefetch')[0].parameters.status, 200);
  assert.equal(app.visits.length, 1);
});

for (const [what, callback, failed] of [
  ['nobody listens', 'http://127.0.0.1:1/callback', /ECONNREFUSED|bad port/],
  ['it is on another machine', 'https://app.example/callback', /this machine/],
  ['it is of an app on the device', 'example.app://callback/x', /this machine/],
]) {
  test(`A7: deliver_twice by prefetch sends the browser on even if ${what}`, async (t) => {
    const simulator = await start(t, withCallback(callback));
    simulator.control.fault('deliver_twice', { by: 'prefetch' });
    assert.ok((await locationOf(simulator, { redirect_uri: callback })).startsWith(`${callback}?state=`));
    assert.match(simulator.control.events('prefetch')[0].parameters.failed, failed);
  });
}

test('the simulator ends while it prefetches, and ends the visit', { timeout: 4000 }, async (t) => {
  const app = await startApp(t, () => {}); // never answers
  const simulator = await start(t, withCallback(app.callback));
  simulator.control.fault('deliver_twice');
  const pressed = approved(simulator, { redirect_uri: app.callback }).then(() => 'answered', () => 'cut');
  const visit = await app.visited;
  const left = once(visit, 'close');
  await simulator.close();
  assert.equal(await pressed, 'cut');
  await left; // or the visit would go on for five seconds
});

test('A7: no address breaks out of the page of deliver_twice', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('deliver_twice', { by: 'browser' });
  simulator.control.fault('redirect_to', { url: `javascript:"'><script>alert(1)</script>` });
  const html = await (await approved(simulator)).text();
  assert.doesNotMatch(html, /<script/);
  assert.equal(html.match(/href="javascript:&quot;&#39;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;"/g).length, 2);
});

test('A7: deliver_twice by the browser leaves two links to the callback, with one code', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('deliver_twice', { by: 'browser' });
  const response = await approved(simulator, { state: '"><script>&amp;' });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('location'), null);
  assert.match(response.headers.get('content-security-policy'), /default-src 'none'/);
  const html = await response.text();
  assert.doesNotMatch(html, /<script/);
  const links = Object.fromEntries([...html.matchAll(/<a class="[^"]*" id="([^"]*)" href="([^"]*)"( target="_blank")?>/g)].map(([, id, href, target]) => [id, { href: href.replaceAll('&amp;', '&'), target }]));
  assert.deepEqual([links.continue.target, links['continue-in-new-tab'].target], [undefined, ' target="_blank"']);
  assert.equal(links.continue.href, links['continue-in-new-tab'].href);
  const query = new URL(links.continue.href).searchParams;
  assert.equal(query.get('state'), '"><script>&amp;');
  assert.equal((await exchange(simulator, query.get('code'))).status, 200);
  assert.equal(simulator.control.events('redirect_offered').length, 1);
  assert.equal(simulator.control.counts().redirects, 0);
});

test('D7 K: second_browser keeps this browser at X and gives the callback to the test', async (t) => {
  const simulator = await start(t);
  const { control } = simulator;
  assert.deepEqual(control.handedOver(), []);
  control.fault('second_browser', { times: 2 });
  await assertDeadEnd(await approved(simulator), /You’re going on in another app/);
  await (await openConsent(simulator)).press('cancel');
  const [first, second] = control.handedOver();
  assert.match(first, /^http:\/\/127\.0\.0\.1:3000\/auth\/x\/callback\?state=a-state-of-the-test&code=/);
  assert.equal(second, `${CALLBACK}?error=access_denied&state=a-state-of-the-test`);
  const overHttp = await get(`${simulator.apiUrl}/_control/handed-over`);
  assert.deepEqual(await overHttp.json(), [first, second]);
  const code = new URL(first).searchParams.get('code');
  assert.ok(!JSON.stringify([control.events(), control.state()]).includes(code), 'nowhere else');
  assert.equal((await exchange(simulator, code)).status, 200, 'the code is good');
  assert.equal(control.counts().redirects, 0);
  control.handedOver().length = 0;
  assert.equal(control.handedOver().length, 2, 'a copy');
  control.reset();
  assert.deepEqual(control.handedOver(), []);
  assert.ok((await locationOf(simulator)).startsWith(CALLBACK));
});

test('D7: a web page is not told what was handed over', async (t) => {
  const simulator = await start(t);
  for (const headers of [{ Origin: simulator.url }, { 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
    assert.equal((await get(`${simulator.apiUrl}/_control/handed-over`, headers)).status, 403);
  }
});
