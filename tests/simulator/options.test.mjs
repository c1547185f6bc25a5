/** What `startSimulator` refuses at the start, and what can break later and must not end the process. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSimulator } from '../../www/simulator/index.js';
import { authorizeUrl, exchange, get, obtainCode, openConsent, signIn, SPA, start } from './helpers.mjs';
import { APP1, openLevelConsent, requestToken } from './oauth1.mjs';

for (const [what, options, words] of [
  ['an option that is none', { prot: 1 }, /has no option "prot"; did you mean "port"\?/],
  ['two letters that changed places', { autoAprpove: 'ada_example' }, /did you mean "autoApprove"\?/],
  ['an option like no other', { colour: 'red' }, /has no option "colour"; there are: port, host, apps/],
  ['a property that objects have', { toString: 'x' }, /has no option "toString"/],
  ['no object', 'x', /takes an object of options/],
  ['null', null, /takes an object of options/],
  ['a port in words', { port: 'x' }, /port is a whole number from 0 to 65535/],
  ['a port that is none', { port: -1 }, /port is a whole number/],
  ['a clock that is a number', { clock: 5 }, /clock is a function/],
  ['a clock of dates', { clock: () => new Date() }, /milliseconds since 1970/],
  ['a clock that gives nothing', { clock: () => undefined }, /milliseconds since 1970/],
  ['a listener that is none', { onEvent: 5 }, /onEvent is a function/],
  ['a seed that is a number', { seed: 5 }, /seed is a text/],
  ['one fault, and no list', { faults: { kind: 'cut' } }, /faults is a list/],
  ['Apps that are no list', { apps: {} }, /apps is a list/],
  ['accounts that are no list', { accounts: {} }, /accounts is a list/],
  ['a switch in words', { signInFirst: 'yes' }, /signInFirst is true or false/],
  ['an account with @', { autoApprove: '@ada_example' }, /no account "@ada_example", write it without @/],
  ['an opener policy that is none, and lists those there are', { coop: 'yes' }, /unsafe-none, null for none$/],
]) {
  test(`K: startSimulator refuses ${what}`, async () => {
    await assert.rejects(startSimulator(options).then((simulator) => simulator.close()), words);
  });
}

test('K: an option that is undefined is not given', async (t) => {
  await start(t, { port: undefined, seed: undefined, onEvent: undefined, faults: undefined });
});

test('K: a listener that always throws, and a clock that stops, are answered with 500 and end nothing', async (t) => {
  let broken = false;
  const onEvent = () => {
    if (broken) throw new Error('no');
  };
  const clock = () => (broken === 'clock' ? Number.NaN : Date.UTC(2026, 10, 22));
  const simulator = await start(t, { onEvent, clock });
  for (const how of ['listener', 'clock']) {
    broken = how;
    assert.deepEqual([(await get(authorizeUrl(simulator))).status, (await exchange(simulator, 'x')).status], [500, 500], how);
  }
  broken = false;
  assert.equal((await get(authorizeUrl(simulator))).status, 200, 'and when that is over all is well');
});

test('K: the clock is not moved further than dates go', async (t) => {
  const simulator = await start(t);
  for (const ms of [1e300, 8.64e15, Number.MAX_SAFE_INTEGER]) assert.throws(() => simulator.control.advance(ms), /no calendar goes as far/);
  simulator.control.advance(1e12);
  assert.ok((await signIn(simulator)).access_token);
});

test('K: to look at the pages of a sign-in does not change what a seed gives', async (t) => {
  const run = async (looks) => {
    const simulator = await start(t, { seed: 'tea', apps: [APP1] });
    for (let look = 0; look < looks; look += 1) await openConsent(simulator);
    const { oauth_token: token } = (await requestToken(simulator)).body;
    for (let look = 0; look < looks; look += 1) await openLevelConsent(simulator, token);
    const code = await obtainCode(simulator);
    return [code, (await exchange(simulator, code)).body.access_token, token];
  };
  assert.deepEqual(await run(2), await run(0));
});

test('A2 K: a verifier that is none of RFC 7636 is refused, though its hash is right', async (t) => {
  const simulator = await start(t);
  const { createHash } = await import('node:crypto');
  for (const [verifier, status] of [['abc', 400], ['a'.repeat(42), 400], ['a'.repeat(43), 200], ['a'.repeat(128), 200], ['a'.repeat(129), 400], ['ä'.repeat(43), 400]]) {
    const code = await obtainCode(simulator, { code_challenge: createHash('sha256').update(verifier).digest('base64url') });
    assert.equal((await exchange(simulator, code, { code_verifier: verifier })).status, status, verifier);
  }
});

test('G6 K: a client_secret in the body is not looked at', async (t) => {
  const simulator = await start(t);
  const { status } = await exchange(simulator, await obtainCode(simulator), { client_id: SPA.clientId, client_secret: 'anything' });
  assert.equal(status, 200);
});

test('K: to ask for events of a type that there is not is a mistake', async (t) => {
  const { control } = await start(t);
  assert.throws(() => control.events('token_requests'), /no event is a "token_requests"; did you mean "token_request"\?/);
  assert.deepEqual(control.events('token_request'), []);
});

test('K: on ::1 both addresses answer', async (t) => {
  let simulator;
  try {
    simulator = await start(t, { host: '::1' });
  } catch (error) {
    // A machine without IPv6 has none.
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') return t.skip('there is no ::1 here');
    throw error;
  }
  for (const url of [simulator.url, simulator.apiUrl]) assert.equal((await get(url)).status, 200, url);
});
