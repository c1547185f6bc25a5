/** The error pages' hints, which name what is wrong and lead to where it is mended. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf } from './console.mjs';
import { authorizeUrl, CALLBACK, get, SPA, start, WEB } from './helpers.mjs';
import { APP1, openLevelConsent, requestToken } from './oauth1.mjs';

/** What stands in the hint: its words, its values and its links. */
async function hintOf(response) {
  const html = await response.text();
  const [, hint] = /<aside class="hint"[^>]*>(.*)<\/aside>/s.exec(html);
  return {
    words: hint.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    links: [...hint.matchAll(/<a href="([^"]*)" target="_blank">/g)].map(([, path]) => path),
  };
}

test('A8 K: for a callback that the App does not have, the error page shows those that it has and leads to where one is added', async (t) => {
  const simulator = await start(t);
  const { words, links } = await hintOf(await get(authorizeUrl(simulator, { redirect_uri: `${CALLBACK}/` })));
  for (const each of [`Sent ${CALLBACK}/`, ...SPA.redirectUris, '--app callback=', 'redirectUris']) assert.ok(words.includes(each), each);
  assert.deepEqual(links, [`${pathOf(simulator, SPA.clientId)}/authentication`, '/log']);
});

test('K: for an unknown client id the error page lists the Apps with theirs, and knows an API Key when it sees one', async (t) => {
  const simulator = await start(t, { apps: [APP1, WEB] });
  const unknown = await hintOf(await get(authorizeUrl(simulator, { client_id: 'nobody' })));
  for (const { name, clientId } of [APP1, WEB]) assert.ok(unknown.words.includes(`${name} ${clientId}`), unknown.words);
  assert.doesNotMatch(unknown.words, /X’s console/);
  assert.deepEqual(unknown.links, ['/developer', '/log']);
  const key = await hintOf(await get(authorizeUrl(simulator, { client_id: simulator.apps[1].oauth1.consumerKey })));
  assert.match(key.words, /is an App’s API Key\. Send its OAuth 2\.0 Client ID\. Web web:client\+%/);
});

test('K: for an unknown scope the error page says which, and which one is meant', async (t) => {
  const simulator = await start(t);
  const hint = async (scope) => (await hintOf(await get(authorizeUrl(simulator, { scope })))).words;
  assert.match(await hint('tweet.read user.read'), /Did you mean users\.read\? Not a scope user\.read/);
  assert.match(await hint('tweets.read Users.Read'), /Did you mean tweet\.read and users\.read\?/);
  assert.match(await hint('tweet.read,users.read'), /A space \(%20\) stands between two scopes, and no comma/);
  assert.match(await hint('openid'), /The names are in X’s documentation/);
  assert.match(await hint('o'.repeat(5000)), /The names are in X’s documentation/);
});

test('K: the error page names every parameter that is missing', async (t) => {
  const simulator = await start(t);
  const { words } = await hintOf(await get(authorizeUrl(simulator, { state: null, code_challenge: '', code_challenge_method: null })));
  assert.match(words, /"state", "code_challenge" and "code_challenge_method" are missing or empty/);
  assert.deepEqual(simulator.control.events('authorize_refused').map(({ parameters }) => parameters.reason), ['missing:state,code_challenge,code_challenge_method']);
});

test('K: a suspended App’s error page leads to its settings, and one whose OAuth 2.0 is off to its Authentication', async (t) => {
  const simulator = await start(t, { apps: [APP1, WEB] });
  const path = pathOf(simulator, APP1.clientId);
  simulator.control.changeApp(APP1.clientId, { oauth2: { enabled: false } });
  assert.deepEqual((await hintOf(await get(authorizeUrl(simulator)))).links, [`${path}/authentication`, '/log']);
  const token = (await requestToken(simulator)).body.oauth_token;
  simulator.control.changeApp(APP1.clientId, { suspended: true });
  assert.deepEqual((await hintOf(await get(authorizeUrl(simulator)))).links, [path, '/log']);
  assert.deepEqual((await hintOf(new Response((await openLevelConsent(simulator, token)).html))).links, ['/developer', '/log']);
});
