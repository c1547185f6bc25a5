/** The bench's figures are what they say they are: medians, their intervals, the order of the rounds, the tables, the verdicts. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { at } from '../../www/tools/paths.mjs';
import { CONTESTANTS } from '../bench/contestants.mjs';
import { createProvider } from '../bench/provider.mjs';
import { report } from '../bench/report.mjs';
import { inRounds } from '../bench/rounds.mjs';
import { median, quantile, ratio, summary } from '../bench/statistics.mjs';
import { fixed, table, times, withInterval } from '../bench/table.mjs';
import { always, atMost, first, noLater, verdict } from '../bench/targets.mjs';

/** @param {number[]} values @returns {Map<number, number>} */
const rounds = (values) => new Map(values.map((value, round) => [round, value]));

test('quantiles lie between the nearest values, and do not depend on the order', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([10, 9, 100]), 10, 'numbers, not words');
  assert.equal(quantile([1, 2, 3, 4, 5], 0.25), 2);
  assert.equal(quantile([1, 2, 3, 4], 0.75), 3.25);
  assert.equal(quantile([7], 0.9), 7);
  assert.throws(() => median([]), /no sample/);
});

test('the interval of a median holds it, is narrow where the samples are many, and is the same for the same seed', () => {
  const samples = Array.from({ length: 41 }, (_, index) => index);
  const one = summary(samples);
  assert.deepEqual([one.median, one.spread, one.count], [20, 20, 41]);
  assert.ok(one.interval[0] > 5 && one.interval[0] < 20 && one.interval[1] > 20 && one.interval[1] < 35, `${one.interval}`);
  const uneven = Array.from({ length: 40 }, (_, index) => 100 * Math.sin(index));
  assert.deepEqual(summary(uneven), summary(uneven));
  assert.notDeepEqual(summary(uneven, 2).interval, summary(uneven, 1).interval);
  const more = summary(Array.from({ length: 1001 }, (_, index) => index / 25));
  assert.ok(more.interval[1] - more.interval[0] < (one.interval[1] - one.interval[0]) / 2, `${more.interval}`);
  assert.deepEqual(summary([5, 5, 5]).interval, [5, 5]);
});

test('the interval of a median holds the truth about 95 times in 100', () => {
  let held = 0;
  let state = 1;
  const chance = () => ((state = (Math.imul(state, 1103515245) + 12345) >>> 0), (state >>> 8) / 2 ** 24);
  for (let run = 0; run < 50; run += 1) {
    const [low, high] = summary(Array.from({ length: 31 }, chance), run).interval;
    if (low <= 0.5 && 0.5 <= high) held += 1;
  }
  assert.ok(held >= 43 && held <= 49, `${held}`);
});

test('a ratio is of rounds that both have; what slowed a whole round does not widen it', () => {
  const slow = [1, 9, 1, 4, 2, 7, 1, 3, 8, 1];
  const twice = ratio(rounds(slow.map((value) => 2 * value)), rounds(slow));
  assert.deepEqual(twice, { ratio: 2, interval: [2, 2] });
  const partly = ratio(new Map([[0, 10], [1, 30], [7, 1]]), new Map([[0, 5], [1, 15], [9, 1000]]));
  assert.equal(partly?.ratio, 2);
  assert.equal(ratio(rounds([1]), new Map([[4, 1]])), undefined);
});

test('each round has everybody once, in an order of its own, the same for the same seed', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const order = async (/** @type {number} */ seed) => {
    const heard = /** @type {string[]} */ ([]);
    await inRounds(names, 8, seed, async (name) => void heard.push(name));
    return Array.from({ length: 8 }, (_, round) => heard.slice(round * 5, round * 5 + 5));
  };
  const drawn = await order(1);
  for (const round of drawn) assert.deepEqual([...round].sort(), names);
  assert.ok(new Set(drawn.map(String)).size > 4, `${drawn}`);
  assert.deepEqual(await order(1), drawn);
  assert.notDeepEqual(await order(2), drawn);
});

test('who fails is told of, does not stop the others, and is given up after three times without a success', async () => {
  let tries = 0;
  const { samples, failures } = await inRounds(['good', 'bad', 'sometimes'], 6, 1, async (name, round) => {
    if (name === 'bad') throw new Error(`no ${(tries += 1)}`);
    if (name === 'sometimes' && round % 2 === 0) throw new Error('not now');
    return round;
  });
  assert.equal(tries, 3);
  assert.deepEqual([...(samples.get('good') ?? [])].length, 6);
  assert.equal(samples.get('sometimes')?.size, 3);
  assert.deepEqual([failures.get('good'), failures.get('bad')], [[], ['no 1', 'no 2', 'no 3']]);
});

test('when the time is over nothing more is begun, and nobody is left without a word', async () => {
  const { samples, failures } = await inRounds(['a'], 5, 1, async () => assert.fail('it was begun'), performance.now() - 1);
  assert.equal(samples.get('a')?.size, 0);
  assert.deepEqual(failures.get('a'), ['there was no time left']);
  let begun = 0;
  const until = performance.now() + 20;
  const some = await inRounds(['a'], 1000, 1, () => new Promise((resolve) => setTimeout(resolve, 10, (begun += 1))), until);
  assert.ok(begun > 0 && begun < 10, `${begun}`);
  assert.deepEqual([some.samples.get('a')?.size, some.failures.get('a')], [begun, []]);
});

test('figures and tables are written in one way', () => {
  assert.equal(fixed(1234.56, 1), '1,234.6');
  assert.equal(withInterval({ median: 41.23, interval: [40, 42.25], spread: 1, count: 3 }, 1), '41.2 (40.0–42.3)');
  assert.equal(times({ ratio: 1.5, interval: [1, 2] }), '1.50 (1.00–2.00)');
  assert.equal(times(undefined), undefined);
  assert.equal(table(['who', 'ms'], [['a|b', '1'], ['c', undefined]]), '| who | ms |\n| --- | ---: |\n| a\\|b | 1 |\n| c | – |');
  assert.throws(() => table(['who', 'ms'], [['a']]), /1 cells below 2 heads: a/);
});

test('a target is met, missed, or not measured', () => {
  const bytes = (/** @type {number} */ value) => `${value} bytes`;
  assert.deepEqual(atMost('small', 15, 15, bytes), { what: 'small', met: true, why: '15 bytes, which is 0 bytes below 15 bytes' });
  assert.deepEqual(atMost('small', 16, 15, bytes), { what: 'small', met: false, why: '16 bytes, which is 1 bytes over 15 bytes' });
  assert.equal(verdict(atMost('small', undefined, 15, bytes)), 'not measured');
  assert.deepEqual(noLater('soon', { ratio: 0.9, interval: [0.8, 0.95] }), { what: 'soon', met: true, why: '0.90 (0.80–0.95) times' });
  assert.deepEqual(noLater('soon', { ratio: 0.99, interval: [0.9, 1.1] }, 'way'), { what: 'soon', met: true, why: '0.99 (0.90–1.10) times; too near to be sure' });
  assert.deepEqual(noLater('soon', { ratio: 1.2, interval: [1.1, 1.3] }, 'way'), { what: 'soon', met: false, why: '1.20 (1.10–1.30) times; way' });
  assert.deepEqual(first('first', 9, [['b', 30], ['c', 10]], 'µs'), { what: 'first', met: true, why: '9.0 µs; the best of the others, c, takes 10.0 µs' });
  assert.equal(first('first', 10, [['c', 10]], 'µs').met, false);
  assert.deepEqual([always('always', [true, true]).met, always('always', [true, false]).met, always('always', []).met], [true, false, undefined]);
  assert.equal(verdict(always('always', [true, false])), '**missed**');
});

test('the stand-in answers each attempt with its own state and nonce, where it was asked', () => {
  const provider = createProvider();
  const ask = (/** @type {Record<string, string>} */ more) =>
    new URL(provider.authorize(new URLSearchParams({ redirect_uri: 'http://a.example/back', client_id: 'c', state: 's', ...more }), 'http://a.example'));
  const plain = ask({});
  assert.deepEqual([plain.pathname, plain.searchParams.get('state')], ['/back', 's']);
  assert.equal(provider.token(plain.searchParams).id_token, undefined, 'X has none');
  const [one, other] = [ask({ nonce: 'n1' }), ask({ nonce: 'n2', response_mode: 'fragment' })];
  const claims = (/** @type {URLSearchParams} */ query) => JSON.parse(Buffer.from(String(provider.token(query).id_token).split('.')[1] ?? '', 'base64url').toString());
  assert.equal(claims(new URLSearchParams(other.hash.slice(1))).nonce, 'n2');
  assert.equal(claims(one.searchParams).nonce, 'n1');
  assert.equal(provider.token(one.searchParams).id_token, undefined, 'a code is good once');
});

test('each contestant has its entry, each library is pinned in the list of the bench, and its names are no other’s', () => {
  const list = JSON.parse(readFileSync(at('tests', 'bench', 'package.json'), 'utf8')).dependencies;
  assert.deepEqual(CONTESTANTS.flatMap(({ from }) => from ?? []).sort(), Object.keys(list).sort());
  for (const version of Object.values(list)) assert.match(version, /^\d+\.\d+\.\d+$/);
  for (const { id, entry, script } of CONTESTANTS) assert.ok(script ?? existsSync(join(at('tests', 'bench', 'entries'), String(entry))), id);
  assert.equal(new Set(CONTESTANTS.map(({ id }) => id)).size, CONTESTANTS.length);
});

test('the report says when the machine was busy with something else', () => {
  const none = { samples: new Map(), failures: new Map() };
  const text = (/** @type {string} */ before, /** @type {string} */ after) =>
    report(/** @type {any} */ ({ plan: { slowed: 4, signIns: 1000 }, versions: {}, began: '', before, after, machine: { cores: 2 }, there: [], sizes: none, loads: none, urls: none, clicks: none, callbacks: none, many: none, held: none }));
  assert.doesNotMatch(text('0.90, 9.00, 9.00', '7.90, 9.00, 9.00'), /was busy/);
  assert.match(text('1.10, 0.00, 0.00', '0.00, 0.00, 0.00'), /was busy/);
  assert.match(text('0.00, 0.00, 0.00', '8.10, 0.00, 0.00'), /was busy/);
});

test('the report names who could not be measured, and why, and never a figure for them', () => {
  const [floor, peer, functions] = ['floor', 'oidc-client-ts', 'functions'].map((id) => CONTESTANTS.find((one) => one.id === id));
  const none = { samples: new Map(), failures: new Map() };
  const loads = {
    samples: new Map([['1 floor', new Map([[0, { marks: { ready: 40, button: 41.5, frame: 50 }, requests: [] }]])], ['1 oidc-client-ts', new Map()]]),
    failures: new Map([['1 oidc-client-ts', ['it wants https', 'it wants https']]]),
  };
  const text = report(
    /** @type {any} */ ({
      plan: { slowed: 4, signIns: 1000 },
      seed: 1,
      versions: { 'oidc-client-ts': '3.5.0' },
      began: '2020-01-02T03:04:05.000Z',
      before: '0.10',
      after: '0.20',
      machine: { processor: 'P', cores: 2, memory: '1 GiB', system: 'S', node: '20', chromium: 'Chrome/1' },
      there: [floor, peer, functions],
      sizes: none,
      loads,
      urls: none,
      clicks: none,
      callbacks: none,
      many: none,
      held: none,
    }),
  );
  assert.match(text, /\| hand-written floor \| 40\.0 \(40\.0–40\.0\) \| 0\.0 \| 41\.5 \(41\.5–41\.5\) /);
  assert.match(text, /\| oidc-client-ts \| – \| – \| – \| – \| – \| 1 \| – \|\n/);
  assert.match(text, /- oidc-client-ts: not possible, because of `it wants https`\n/);
  assert.match(text, /\| the functions are ready no later than oidc-client-ts \| not measured \| there is no figure \|/);
  assert.match(text, /\| load average before and after \| 0\.10; 0\.20 \|/);
});
