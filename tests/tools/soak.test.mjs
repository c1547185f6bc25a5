/** The soak draws what it says it draws, and calls wrong what is wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS } from '../soak/faults.mjs';
import { judge } from '../soak/judge.mjs';
import { scenario } from '../soak/scenarios.mjs';

const ACCOUNTS = ['ada', 'noor'];
const many = Array.from({ length: 600 }, (_, number) => scenario(1, number, ACCOUNTS));

test('a seed and a number are one scenario, whatever was drawn before', () => {
  assert.deepEqual(scenario(1, 42, ACCOUNTS), many[42]);
  assert.notDeepEqual(scenario(2, 42, ACCOUNTS), many[42]);
  const different = new Set(many.map((each) => JSON.stringify({ ...each, number: 0 })));
  assert.ok(different.size > many.length - 10, `${different.size}`);
});

test('everything is drawn: each fault and transport, each pair of opener policies, one to five tabs', () => {
  const seen = new Set(many.flatMap(({ transport, tabs }) => tabs.map(({ fault }) => `${transport} ${fault}`)));
  for (const [name, { transports }] of Object.entries(FAULTS)) {
    for (const transport of transports) assert.ok(seen.has(`${transport} ${name}`), `${transport} ${name}`);
  }
  assert.equal(new Set(many.map(({ appCoop, xCoop }) => `${appCoop} ${xCoop}`)).size, 12);
  assert.deepEqual([...new Set(many.map(({ tabs }) => tabs.length))].sort(), [1, 2, 3, 4, 5]);
  assert.deepEqual([...new Set(many.map(({ flow }) => flow))].sort(), ['auto', 'popup', 'redirect']);
});

test('each way of being bad is told from each way of being good', () => {
  const tab = { fault: 'nothing', account: 'ada', hesitates: 0, thinks: 0 };
  /** @type {import('../soak/scenarios.mjs').Scenario} */
  const one = { number: 0, transport: 'popup', flow: 'popup', appCoop: null, xCoop: 'same-origin', page: false, delays: [], tabs: [tab], order: [0] };
  const fine = { tab, ended: ['sign-in'], users: ['ada'], state: 'signed_in', left: [] };
  const counts = { page: 1, backend: 1, starts: 1 };
  /** @param {Partial<import('../soak/play.mjs').SeenInTab>} inTab @param {Partial<import('../soak/play.mjs').SeenInRun>} [inRun] */
  const verdict = (inTab, inRun) => judge(one, { tabs: [{ ...fine, ...inTab }], counts, windows: [], ...inRun }).verdict;

  assert.equal(verdict({}), 'completed');
  assert.equal(verdict({ ended: null }), 'hung');
  assert.equal(verdict({}, { missing: 'no popup came' }), 'hung');
  assert.equal(verdict({ ended: ['sign-in-cancel'] }), 'wrong');
  assert.equal(verdict({ ended: ['sign-in', 'sign-in'] }), 'wrong');
  assert.equal(verdict({ users: ['noor'] }), 'wrong');
  assert.equal(verdict({ state: 'waiting' }), 'wrong');
  assert.equal(verdict({}, { counts: { ...counts, backend: 2 } }), 'wrong');
  assert.equal(verdict({}, { counts: { ...counts, starts: 2 } }), 'wrong');
  assert.equal(verdict({ left: ['1 × channels'] }), 'leaked');
  assert.equal(verdict({}, { windows: ['http://127.0.0.1/auth/x/callback'] }), 'leaked');

  const cancelled = { ...tab, fault: 'cancel at X' };
  const refused = { ...fine, tab: cancelled, ended: ['sign-in-cancel'], users: [], state: 'idle' };
  const none = { page: 0, backend: 0, starts: 1 };
  assert.equal(judge({ ...one, tabs: [cancelled] }, { tabs: [refused], counts: none, windows: [] }).verdict, 'refused');
  assert.equal(judge({ ...one, tabs: [cancelled] }, { tabs: [{ ...refused, ended: ['sign-in'] }], counts: none, windows: [] }).verdict, 'wrong');
  assert.equal(judge({ ...one, tabs: [cancelled, tab] }, { tabs: [refused, fine], counts: { ...counts, starts: 2 }, windows: [] }).verdict, 'refused');
});
