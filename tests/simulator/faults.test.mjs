import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approved, authorizeUrl, exchange, get, locationOf, obtainCode, post, start } from './helpers.mjs';

test('two faults at one stage act together: parameters one after another, then the way, then the header', async (t) => {
  const simulator = await start(t);
  const { control } = simulator;
  control.fault('coop', { value: null, stage: 'redirect' });
  control.fault('redirect_to', { url: 'https://evil.example/', keepParameters: true });
  control.fault('alter_state', { value: 'other' });
  control.fault('extra_parameters', { parameters: { state: 'third', iss: 'x' } });
  control.fault('drop_parameters', { names: ['iss', 'code'] });
  const response = await approved(simulator);
  assert.equal(response.headers.get('location'), 'https://evil.example/?state=other&state=third');
  assert.equal(response.headers.get('cross-origin-opener-policy'), null);

  control.fault('drop_parameters', { names: ['state'] });
  control.fault('extra_parameters', { parameters: { state: 'new' } });
  control.fault('second_browser');
  control.fault('alter_state', { value: 'newer' });
  await approved(simulator);
  assert.match(control.handedOver()[0], /\?code=[\w-]+&state=newer$/, 'in the order in which they were set');
});

test('of two faults that bring their own answer the one set last does; the other is used up', async (t) => {
  const simulator = await start(t);
  const { control } = simulator;
  for (const [kinds, words] of [[['never_redirect', 'second_browser'], /another app/], [['second_browser', 'never_redirect'], /What’s happening/]]) {
    for (const kind of kinds) control.fault(kind);
    assert.match(await (await approved(simulator)).text(), words);
    assert.deepEqual(control.state().faults, []);
  }
  assert.equal(control.handedOver().length, 1);
});

test('A17: truncate breaks off what another fault answers, after the delay of a third', async (t) => {
  const simulator = await start(t);
  simulator.control.fault('truncate', { bytes: 10 });
  simulator.control.fault('delay_ms', { ms: 60 });
  simulator.control.fault('delay_ms', { ms: 60 });
  simulator.control.fault('token_status', { status: 503, body: '<h1>Over capacity</h1>' });
  const begin = performance.now();
  const response = await post(`${simulator.apiUrl}/2/oauth2/token`, {});
  assert.deepEqual([response.status, await response.text()], [503, '<h1>Over c']);
  assert.ok(performance.now() - begin >= 115);
});

for (const [kind, values, stage] of [
  ['coop', { value: 'same-origin' }, 'page'],
  ['strand', {}, 'page'],
  ['html_error', { stage: 'token', status: 500 }, 'token'],
  ['rate_limit', {}, 'token'],
  ['truncate', {}, 'token'],
  ['drop_parameters', { names: ['state'] }, 'redirect'],
  ['redirect_to', { url: 'javascript:0' }, 'redirect'],
  ['second_browser', {}, 'redirect'],
]) {
  test(`"times" repeats ${kind} so often, and never more`, async (t) => {
    const simulator = await start(t);
    const code = await obtainCode(simulator);
    const ask = {
      page: () => get(authorizeUrl(simulator)),
      token: () => post(`${simulator.apiUrl}/2/oauth2/token`, { code }),
      redirect: () => approved(simulator),
    }[stage];
    simulator.control.fault(kind, { ...values, times: 3 });
    const acted = () => simulator.control.events('fault').length;
    for (const left of [2, 1, 0]) {
      await ask();
      assert.equal(simulator.control.state().faults[0]?.times ?? 0, left);
    }
    await ask();
    assert.equal(acted(), 3);
  });
}

test('a fault is not changed by whoever set it', async (t) => {
  const simulator = await start(t);
  const names = ['state'];
  simulator.control.fault('drop_parameters', { names });
  names[0] = 'code';
  assert.match(await locationOf(simulator), /\/callback\?code=/);
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
    ['expire_code', { stage: 'code' }, /knows no "stage"/],
    ['coop', {}, /needs "value"/],
    ['coop', { value: undefined }, /bad value for "value"/],
    ['coop', { value: 'same-origin\r\nSet-Cookie: a=b' }, /bad value for "value"/],
    ['coop', { value: null, stage: 'token' }, /bad value for "stage"/],
    ['strand', { shows: 'lunch' }, /bad value for "shows"/],
    ['html_error', { status: 302 }, /bad value for "status"/],
    ['html_error', { status: 204 }, /bad value for "status"/],
    ['html_error', { status: '500' }, /bad value for "status"/],
    ['html_error', { stage: 'code' }, /bad value for "stage"/],
    ['rate_limit', { resetInSeconds: -1 }, /bad value for "resetInSeconds"/],
    ['rate_limit', { resetInSeconds: 1.5 }, /bad value for "resetInSeconds"/],
    ['rate_limit', { stage: 'code' }, /bad value for "stage"/],
    ['truncate', { bytes: -1 }, /bad value for "bytes"/],
    ['truncate', { bytes: '5' }, /bad value for "bytes"/],
    ['truncate', { stage: 'page' }, /bad value for "stage"/],
    ['alter_state', { value: '\ud800' }, /bad value for "value"/],
    ['drop_parameters', {}, /needs "names"/],
    ['drop_parameters', { names: 'state' }, /bad value for "names"/],
    ['drop_parameters', { names: [] }, /bad value for "names"/],
    ['drop_parameters', { names: [1] }, /bad value for "names"/],
    ['extra_parameters', {}, /needs "parameters"/],
    ...[[], {}, 'a=b', null, [['a']], [['a', 'b', 'c']], [['', 'b']], [['a', 1]], { a: ['b'] }, { a: '\udc00' }, ['ab']].map((parameters) => ['extra_parameters', { parameters }, /bad value for "parameters"/]),
    ['redirect_to', {}, /needs "url"/],
    ...['', ' ', 'https://a.example/\r\nSet-Cookie: a=b', 'https://a.example/\n', 'a\tb', 'a\u0000', 'https://\u00e9.example', ['https://a.example/'], null].map((url) => ['redirect_to', { url }, /bad value for "url"/]),
    ['redirect_to', { url: '/', keepParameters: 'yes' }, /bad value for "keepParameters"/],
    ['deliver_twice', { by: 'pigeon' }, /bad value for "by"/],
    ['deliver_twice', { by: null }, /bad value for "by"/],
    ['second_browser', { url: '/' }, /knows no "url"/],
    ['never_redirect', { times: 1.5 }, /bad value for "times"/],
    ['never_redirect', { times: '2' }, /bad value for "times"/],
  ]) {
    assert.throws(() => control.fault(kind, values), words);
  }
  assert.deepEqual(control.state().faults, []);
});
