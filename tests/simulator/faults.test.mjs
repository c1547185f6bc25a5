import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeUrl, exchange, get, obtainCode, openConsent, start } from './helpers.mjs';

const stateOf = async (simulator) => new URL((await (await openConsent(simulator)).press('approve')).headers.get('location')).searchParams.get('state');

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

test('A14: expire_code issues a code that has run out already', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('expire_code');
  const { status, body } = await exchange(simulator, await obtainCode(simulator));
  assert.deepEqual([status, body.error_description], [400, 'Value passed for the authorization code was invalid.']);
  assert.equal((await exchange(simulator, await obtainCode(simulator))).status, 200);
});

test('K: token_status answers what it is told, and leaves the code unspent', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  simulator.control.fault('token_status', { status: 429, body: { title: 'Too Many Requests' } });
  const { status, headers, body } = await exchange(simulator, code);
  assert.deepEqual([status, body], [429, { title: 'Too Many Requests' }]);
  assert.match(headers.get('content-type'), /^application\/json/);
  assert.deepEqual(simulator.control.events('fault')[0].parameters, { kind: 'token_status', stage: 'token' });
  assert.equal((await exchange(simulator, code)).status, 200);
});

test('K: token_status can answer a page of HTML', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('token_status', { status: 503, body: '<h1>Over capacity</h1>' });
  const response = await fetch(`${simulator.apiUrl}/2/oauth2/token`, { method: 'POST' });
  assert.equal(response.status, 503);
  assert.match(response.headers.get('content-type'), /^text\/html/);
  assert.equal(await response.text(), '<h1>Over capacity</h1>');
});

test('delay_ms holds the next answer back, of the token endpoint or of another stage', async (t) => {
  const simulator = await start(t);
  const code = await obtainCode(simulator);
  const taken = async (work) => {
    const begin = performance.now();
    await work();
    return performance.now() - begin;
  };
  simulator.control.fault('delay_ms', { ms: 150 });
  simulator.control.fault('delay_ms', { ms: 150, stage: 'page' });
  assert.ok((await taken(() => exchange(simulator, code))) >= 145);
  assert.ok((await taken(() => get(authorizeUrl(simulator)))) >= 145);
  assert.deepEqual(simulator.control.state().faults, []);
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

test('faults add up, and "times" repeats one', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('token_status', { status: 500, times: 2 });
  const code = await obtainCode(simulator);
  const status = async () => (await fetch(`${simulator.apiUrl}/2/oauth2/token`, { method: 'POST' })).status;
  assert.deepEqual([await status(), await status()], [500, 500]);
  assert.equal((await exchange(simulator, code)).status, 200);
});

test('a fault that cannot work is refused when it is set', async (t) => {
  const { control } = await start(t);
  for (const [kind, values, words] of [
    ['nonsense', {}, /unknown fault/],
    ['constructor', {}, /unknown fault/],
    ['token_status', {}, /needs "status"/],
    ['token_status', { status: 99 }, /bad value for "status"/],
    ['delay_ms', { ms: -1 }, /bad value for "ms"/],
    ['delay_ms', { ms: 1, stage: 'lunch' }, /bad value for "stage"/],
    ['expire_code', { times: 0 }, /bad value for "times"/],
    ['expire_code', { status: 1 }, /knows no "status"/],
  ]) {
    assert.throws(() => control.fault(kind, values), words);
  }
  assert.deepEqual(control.state().faults, []);
});
