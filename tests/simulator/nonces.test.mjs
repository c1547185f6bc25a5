/** What is remembered of the nonces that were used. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOAuth1Store } from '../../www/simulator/oauth1/store.js';

test('G9 K: nonces are remembered up to a number, also when the clock stands still', () => {
  const store = createOAuth1Store();
  const now = 1_800_000_000;
  const use = (number, time = now) => store.firstUse(`app token ${time} ${number}`, time, time - 300);
  for (let number = 0; number < 6000; number += 1) assert.equal(use(number), true);
  for (const number of [5999, 4000, 1000]) assert.equal(use(number), false, `${number} was used`);
  assert.equal(use(0), true, 'the first is forgotten');
});

test('G9 K: a nonce is forgotten with its time, and not before', () => {
  const store = createOAuth1Store();
  for (let second = 0; second < 4000; second += 1) assert.equal(store.firstUse(`n${second}`, second, second - 300), true);
  // A timestamp that is ahead holds up those behind it, which are refused for their age before anybody asks here.
  assert.equal(store.firstUse('ahead', 4300, 3700), true);
  assert.equal(store.firstUse('n3900', 3900, 3700), false, 'five minutes have not gone by');
  assert.equal(store.firstUse('n10', 10, 3700), true, 'long gone');
});
