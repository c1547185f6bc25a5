/** The page's own check-up, in a browser that is really there. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { useBrowser } from './harness.mjs';

const world = useBrowser();

test('H1 B1: doctor finds nothing wrong with the demo', async (t) => {
  const { person, witness, demo } = await world(t, { expected: [/\/exchange - .*\b400\b/] });
  await person.visit();
  const found = await witness.inPage(
    `(redirectUri) => import('sign-in-with-x').then(({ createSignIn }) => createSignIn({ clientId: 'x', redirectUri }).doctor())`,
    `${demo.url}/auth/x/callback`,
  );
  assert.deepEqual(found, []);
});
