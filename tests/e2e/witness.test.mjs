/** "Nothing complained" is worth something only where a complaint is heard: in each engine, of each kind. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { useBrowser } from './harness.mjs';

const world = useBrowser();

const COMPLAIN = `() => {
  console.log('heard: log');
  console.error('heard: error');
  setTimeout(() => { throw new Error('heard: thrown'); });
  void Promise.reject(new Error('heard: rejected'));
  new Image().src = 'http://127.0.0.1:9/refused.png';
  return fetch('/missing').then(({ status }) => status);
}`;

test('A12 B5 F2: what a page writes, throws, and may not do is heard', async (t) => {
  const { person, witness, demo } = await world(t, { expected: [/heard: (error|thrown|rejected)/, /refused\.png|\/missing - /] });
  await person.visit();
  assert.equal(await witness.inPage(COMPLAIN), 404);
  const complaints = await witness.complaints();
  for (const complaint of [/heard: error/, /heard: thrown/, /heard: rejected/, /CSP refused img-src http:\/\/127\.0\.0\.1:9/, /\/missing - .* 404/]) {
    assert.ok(complaints.some((line) => complaint.test(line)), `${complaint} in ${complaints.join('\n')}`);
  }
  assert.ok(witness.console.includes('heard: log'));
  assert.equal(witness.requests.find(({ url }) => url === `${demo.url}/missing`)?.referrer, `${demo.url}/`);
});
