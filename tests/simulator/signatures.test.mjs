import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { encoded } from '../../www/simulator/oauth1/encoding.js';
import { signedParameters } from '../../www/simulator/oauth1/parameters.js';
import { baseString, baseUri, hmacSha1, signedFor } from '../../www/simulator/oauth1/signature.js';
import { CALLBACK, post, start } from './helpers.mjs';
import { APP1, authorization, codeOf, openLevelConsent, read, requestToken, signed, signInWith1 } from './oauth1.mjs';

const vectors = JSON.parse(readFileSync(new URL('./signature-vectors.json', import.meta.url), 'utf8'));
const vector = (name) => vectors.find((each) => each.name === name);

/** A vector as the request it describes: the protocol's parameters in the header, the others in the query or the form, backwards. */
function requestOf({ method, url, parameters, signature }) {
  const pairs = parameters.split('&').reverse();
  const own = pairs.filter((pair) => pair.startsWith('oauth_') && !pair.startsWith('oauth_verifier'));
  const others = pairs.filter((pair) => !own.includes(pair)).join('&');
  const list = [...own, `oauth_signature=${encodeURIComponent(signature)}`, 'realm=Photos'].map((pair) => pair.replace(/=(.*)/, '="$1"'));
  const form = method === 'POST' && others !== '';
  return {
    method,
    path: new URL(url).pathname,
    query: form ? '' : others,
    headers: { authorization: `OAuth ${list.join(',\r\n  ')}`, ...(form && { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }) },
    body: form ? others : '',
  };
}

const secretsOf = ({ key }) => {
  const [consumerSecret, tokenSecret] = key.split('&').map(decodeURIComponent);
  return { consumerSecret, tokenSecret };
};

/** Whether the simulator takes the signature of a vector at one of these addresses. */
function accepted(each, origins, signature = each.signature) {
  const request = requestOf(each);
  return signedFor({ method: request.method, path: request.path, pairs: signedParameters(request).pairs, signature }, origins, secretsOf(each));
}

test('thirteen signatures are there to be checked', () => assert.equal(vectors.length, 13));

for (const each of vectors) {
  test(`G9 K: signature ${each.name} verifies (${each.from})`, () => {
    const { origin, pathname } = new URL(each.url);
    const { pairs, malformed } = signedParameters(requestOf(each));
    assert.equal(malformed, undefined);
    const base = baseString(each.method, baseUri(origin, pathname), pairs);
    assert.equal(base, each.base);
    const { consumerSecret, tokenSecret } = secretsOf(each);
    assert.equal(hmacSha1(base, consumerSecret, tokenSecret), each.signature);
    assert.equal(accepted(each, ['https://elsewhere.example', origin]), origin);
    assert.equal(accepted(each, ['https://elsewhere.example']), undefined, 'the host is signed');
    const spoiled = each.signature.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
    assert.equal(accepted(each, [origin], spoiled), undefined);
  });
}

test('G9 K: what X’s page prints for api.x.com was signed for api.twitter.com', () => {
  for (const name of ['V1', 'V2']) {
    assert.equal(accepted(vector(name), ['https://api.x.com']), undefined, name);
    assert.equal(accepted(vector(name), ['https://api.x.com', 'https://api.twitter.com']), 'https://api.twitter.com', name);
    assert.equal(accepted(vector(name), ['https://api.x.com'], vector(`${name}x`).signature), 'https://api.x.com', name);
  }
});

test('G9 K: text is encoded as X’s table has it', () => {
  const table = {
    'Ladies + Gentlemen': 'Ladies%20%2B%20Gentlemen',
    'An encoded string!': 'An%20encoded%20string%21',
    'Dogs, Cats & Mice': 'Dogs%2C%20Cats%20%26%20Mice',
    '☃': '%E2%98%83',
    "-._~AZaz09'()*": '-._~AZaz09%27%28%29%2A',
  };
  for (const [text, expected] of Object.entries(table)) assert.equal(encoded(text), expected);
});

test('G9 K: the base string has scheme and host in small letters, and no usual port', () => {
  assert.equal(baseUri('HTTP://EXAMPLE.com:80', '/r%20v/X'), 'http://example.com/r%20v/X'); // RFC 5849 §3.4.1.2
  assert.equal(baseUri('https://www.example.net:8080', '/'), 'https://www.example.net:8080/');
});

test('G9 K: query, form and header are all signed, wherever the protocol’s own words are', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const address = `${simulator.apiUrl}/oauth/request_token?b=2%20%2B&a=%C3%A9`;
  const header = (more) => authorization('POST', address, { time: simulator.clock.ms, ...more });
  const fields = { oauth_callback: CALLBACK, 'x y': 'p+q&r=s' };
  assert.equal((await read(await post(address, fields, { Authorization: header({ fields }) }))).status, 200);
  for (const wrong of [{}, { ...fields, 'x y': 'p q&r=s' }]) assert.deepEqual(codeOf(await read(await post(address, fields, { Authorization: header({ fields: wrong }) }))), [401, 32]);
  const all = Object.fromEntries([...header({ fields }).matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, decodeURIComponent(value)]));
  assert.equal((await read(await post(address, { ...fields, ...all }))).status, 200, 'everything in the form');
});

test('G9 K: the token may be in the header and the same in the form, and is signed once; another is refused', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const address = `${simulator.apiUrl}/2/users/me`;
  const token = await signInWith1(simulator);
  const call = async (again) => {
    const header = authorization('GET', address, { token, time: simulator.clock.ms });
    return (await fetch(`${address}?oauth_token=${again}`, { headers: { Authorization: header } })).status;
  };
  assert.equal(await call(token.oauth_token), 200);
  assert.equal(await call('another'), 401);
});

test('G9 K: a signature counts for the address that was called, and for others only where that is allowed', async (t) => {
  const strict = await start(t, { apps: [APP1] });
  for (const signedFor of ['https://api.x.com', 'https://api.twitter.com', strict.url]) {
    assert.deepEqual(codeOf(await requestToken(strict, {}, { signedFor })), [401, 32], signedFor);
  }
  assert.match(strict.control.events('request_token_response')[0].parameters.reason, /good for https:\/\/api\.x\.com/, 'the journal says what is wrong');
  const lenient = await start(t, { apps: [APP1], signatureOrigins: ['https://api.x.com'] });
  assert.equal((await requestToken(lenient, {}, { signedFor: 'https://api.x.com' })).status, 200);
  assert.equal((await requestToken(lenient)).status, 200);
  assert.deepEqual(codeOf(await requestToken(lenient, {}, { signedFor: 'https://api.twitter.com' })), [401, 32]);
  // Both names of this machine are addresses that were called.
  assert.equal((await requestToken({ ...strict, apiUrl: strict.url, clock: strict.clock })).status, 200);
});

test('G9 K: without credentials, or with half of them: 400 and 215', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const url = `${simulator.apiUrl}/oauth/request_token`;
  const bare = await read(await post(url, { oauth_callback: CALLBACK }));
  assert.deepEqual([bare.status, bare.body], [400, { errors: [{ code: 215, message: 'Bad Authentication data.' }] }]);
  for (const name of ['oauth_consumer_key', 'oauth_nonce', 'oauth_signature_method', 'oauth_timestamp']) assert.deepEqual(codeOf(await requestToken(simulator, { [name]: null })), [400, 215], name);
  assert.deepEqual(codeOf(await requestToken(simulator, { oauth_signature: '' })), [400, 215]);
  for (const Authorization of ['OAuth', 'OAuth a', 'OAuth a="%"', 'Basic YTpi', 'OAuth oauth_nonce="1",oauth_nonce="1"']) {
    assert.deepEqual(codeOf(await read(await post(url, { oauth_callback: CALLBACK }, { Authorization }))), [400, 215], Authorization);
  }
});

test('G9 K: a wrong signature, key, method or version: 401 and 32', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  for (const over of [{ oauth_signature: 'bm9wZQ==' }, { oauth_consumer_key: APP1.clientId }, { oauth_signature_method: 'PLAINTEXT' }, { oauth_signature_method: 'HMAC-SHA256' }, { oauth_version: '2.0' }, { oauth_nonce: 'é' }]) {
    const answer = await requestToken(simulator, over);
    assert.deepEqual([answer.status, answer.body], [401, { errors: [{ code: 32, message: 'Could not authenticate you.' }] }], JSON.stringify(over));
  }
  assert.equal((await requestToken(simulator, { oauth_version: null })).status, 200, 'the version may be left out');
  assert.deepEqual(codeOf(await requestToken(simulator, {}, { app: { ...APP1.oauth1, consumerSecret: 'other' } })), [401, 32]);
});

test('G9 K: a nonce works once, and one that a forged request named is not used up', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const over = { oauth_nonce: 'n1' };
  assert.deepEqual(codeOf(await requestToken(simulator, { ...over, oauth_signature: 'bm9wZQ==' })), [401, 32]);
  assert.equal((await requestToken(simulator, over)).status, 200);
  assert.deepEqual(codeOf(await requestToken(simulator, over)), [401, 32]);
  simulator.clock.ms += 1000;
  assert.equal((await requestToken(simulator, over)).status, 200, 'another timestamp makes it another (RFC 5849 §3.3)');
});

test('G9 K: a timestamp may be off by five minutes; beyond that 135, and the time to go by in Date', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const at = (seconds) => requestToken(simulator, {}, { time: simulator.clock.ms + seconds * 1000 });
  for (const seconds of [-300, 300]) assert.equal((await at(seconds)).status, 200, String(seconds));
  for (const seconds of [-301, 301]) assert.deepEqual(codeOf(await at(seconds)), [401, 135], String(seconds));
  assert.deepEqual(codeOf(await requestToken(simulator, { oauth_timestamp: 'soon' })), [401, 135]);
  simulator.control.advance(3_600_000);
  const late = await at(0);
  assert.deepEqual([late.status, late.body], [401, { errors: [{ code: 135, message: 'Timestamp out of bounds.' }] }]);
  const time = Date.parse(late.headers.get('date'));
  assert.equal(time, simulator.clock.ms + 3_600_000);
  assert.equal((await requestToken(simulator, {}, { time })).status, 200, 'with that time it works');
});

test('B5 G9 K: the journal shows no secret of OAuth 1.0a', async (t) => {
  const simulator = await start(t, { apps: [APP1] });
  const tokens = await signInWith1(simulator);
  await signed(simulator, 'GET', '/1.1/account/verify_credentials.json', { token: tokens });
  simulator.control.autoCancel(true);
  const denied = (await requestToken(simulator)).body.oauth_token;
  await openLevelConsent(simulator, denied);
  const journal = JSON.stringify(simulator.control.events());
  for (const secret of [tokens.oauth_token, tokens.oauth_token_secret, APP1.oauth1.consumerSecret, denied]) assert.ok(!journal.includes(secret));
  assert.match(journal, /"oauth_verifier":"\[32 characters, fingerprint /);
  assert.match(journal, /"oauth_signature":"\[28 characters, fingerprint /);
  assert.match(journal, /"denied":"\[27 characters, fingerprint /);
  assert.match(journal, /"oauth_consumer_key":"the-key"/);
});
