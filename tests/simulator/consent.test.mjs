import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, CALLBACK, get, openConsent, post, SPA, start } from './helpers.mjs';

test('the consent page names the App and offers two accounts, with picture, name and handle', async (t) => {
  const simulator = await start(t);
  const { html } = await openConsent(simulator);
  assert.match(html, /Single &amp; Page wants to access your X account/);
  assert.match(html, /https:\/\/app\.example/);
  assert.equal(html.match(/<input type="radio" name="account"/g).length, 2);
  for (const { id, username, name } of simulator.accounts) {
    assert.ok(html.includes(`@${username}`) && html.includes(name) && html.includes(`/profile_images/${id}_normal.svg`));
  }
  assert.ok(simulator.accounts.some(({ id }) => BigInt(id) > 2n ** 53n), 'one id is above 2^53');
  assert.equal(html.match(/ checked/g).length, 1, 'one is chosen beforehand');
});

test('the consent page lists what is asked in X’s words, under X’s two headings', async (t) => {
  const { html } = await openConsent(await start(t), { scope: 'tweet.read users.read users.email offline.access tweet.write' });
  const lists = Object.fromEntries(['view', 'do'].map((id) => [id, new RegExp(`id="things-${id}"><h2>([^<]*)</h2><ul>(.*?)</ul>`).exec(html)]));
  assert.equal(lists.view[1], 'Things this App can view');
  assert.equal(lists.do[1], 'Things this App can do');
  const items = (list) => list[2].match(/(?<=<li>)[^<]*/g);
  assert.deepEqual(items(lists.view), [
    'All the Tweets you can view, including Tweets from protected accounts.',
    'Email from an authenticated user.',
    'Any account you can view, including protected accounts.',
  ]);
  assert.deepEqual(items(lists.do), ['Tweet and Retweet for you.', 'Stay connected to your account until you revoke access.']);
});

test('a list with nothing in it is not shown', async (t) => {
  const { html } = await openConsent(await start(t));
  assert.match(html, /can view/);
  assert.doesNotMatch(html, /can do/);
});

test('the page says that it is a simulator, and its buttons bear X’s words', async (t) => {
  const { html } = await openConsent(await start(t));
  assert.match(html, /Simulator of X on this machine:<\/strong> nothing here reaches x\.com/);
  assert.match(html, />Authorize app<\/button>/);
  assert.match(html, />Cancel<\/button>/);
});

test('"Authorize app" sends the browser back with state and then code', async (t) => {
  const { press } = await openConsent(await start(t));
  const response = await press('approve');
  assert.equal(response.status, 302);
  const location = response.headers.get('location');
  assert.match(location, /^http:\/\/127\.0\.0\.1:3000\/auth\/x\/callback\?state=a-state-of-the-test&code=[A-Za-z0-9_-]+$/);
  assert.equal(await response.text(), '');
});

test('codes have the shape of X’s: base64url of random, time and kind', async (t) => {
  const simulator = await start(t);
  const { press } = await openConsent(simulator);
  const code = new URL((await press('approve')).headers.get('location')).searchParams.get('code');
  const decoded = Buffer.from(code, 'base64url').toString();
  assert.match(decoded, /^[A-Za-z0-9_-]{44}:\d{13}:1:1:ac:1$/);
  assert.equal(decoded.split(':')[1], String(simulator.clock.ms));
});

test('B6: "Cancel" sends the browser back with access_denied and the state', async (t) => {
  const { press } = await openConsent(await start(t));
  const response = await press('cancel');
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), `${CALLBACK}?error=access_denied&state=a-state-of-the-test`);
});

test('state comes back character for character', async (t) => {
  const state = 'a+b/c=&d e%20"é✓';
  const { press } = await openConsent(await start(t), { state });
  assert.equal(new URL((await press('approve')).headers.get('location')).searchParams.get('state'), state);
});

test('a callback with a query of its own, or with another scheme, is only added to', async (t) => {
  const simulator = await start(t);
  for (const [redirect_uri, prefix] of [[SPA.redirectUris[1], 'https://app.example/cb?from=x&state='], [SPA.redirectUris[2], 'example.app://callback/x?state=']]) {
    const { press } = await openConsent(simulator, { redirect_uri });
    assert.ok((await press('approve')).headers.get('location').startsWith(prefix));
  }
});

test('the form works once', async (t) => {
  const { press } = await openConsent(await start(t));
  assert.equal((await press('approve')).status, 302);
  const again = await press('approve');
  assert.equal(again.status, 400);
  assert.equal(again.headers.get('location'), null);
});

test('the form needs the ticket of a page: another site cannot make it up or take the decision', async (t) => {
  const simulator = await start(t);
  const url = `${simulator.url}/i/oauth2/authorize`;
  for (const ticket of ['', 'made-up']) assert.equal((await post(url, { ticket, account: 'ada_example', decision: 'approve' })).status, 400);
  const { press } = await openConsent(simulator);
  assert.equal((await press('approve', 'ada_example', { 'Sec-Fetch-Site': 'cross-site' })).status, 400);
  assert.equal((await press('approve', 'ada_example', { 'Sec-Fetch-Site': 'same-origin' })).status, 302, 'the ticket outlived the attempt');
});

test('an account that does not exist approves nothing', async (t) => {
  const simulator = await start(t);
  const { press } = await openConsent(simulator);
  assert.equal((await press('approve', 'nobody')).status, 400);
  assert.equal(simulator.control.counts().approvals, 0);
});

test('what an App calls itself cannot become markup', async (t) => {
  const name = '<img src=x onerror=alert(1)>"\'';
  const simulator = await start(t, { apps: [{ ...SPA, name }] });
  const { html } = await openConsent(simulator);
  assert.doesNotMatch(html, /<img src=x/);
  assert.match(html, /&lt;img src=x/);
  const refused = await (await get(authorizeUrl(simulator, { redirect_uri: 'https://x/<b>' }))).text();
  assert.doesNotMatch(refused, /<b>/);
});

test('B9: nothing on the pages needs JavaScript', async (t) => {
  const simulator = await start(t);
  for (const url of [authorizeUrl(simulator), authorizeUrl(simulator, { state: null }), simulator.url]) {
    assert.doesNotMatch(await (await get(url)).text(), /<script|javascript:|\son\w+=|style=/i);
  }
});

test('every picture and file that a page names is served', async (t) => {
  const simulator = await start(t);
  const { html } = await openConsent(simulator);
  const paths = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  assert.ok(paths.length >= 4);
  for (const path of paths) assert.equal((await fetch(simulator.url + path)).status, 200, path);
  for (const { profileImageUrl } of simulator.accounts) {
    const response = await get(profileImageUrl.replace('_normal', '_400x400'));
    assert.equal(response.headers.get('content-type'), 'image/svg+xml');
    assert.match(await response.text(), /^<svg /);
  }
});
