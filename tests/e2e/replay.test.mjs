/** A7: a callback works once, however often its address is opened. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, FLOWS, useBrowser } from './harness.mjs';

const world = useBrowser();

/** @param {import('./harness/world.mjs').World} here */
function callbackAddress({ witness, demo }) {
  const request = witness.requests.find(({ url }) => url.startsWith(`${demo.url}/auth/x/callback?`));
  assert.ok(request, 'the callback was opened');
  return new URL(request.url);
}

for (const flow of FLOWS) {
  test(`A7 B2 B8: the callback of a sign-in by ${flow}, opened again, exchanges nothing`, async (t) => {
    const here = await world(t);
    const { person, driver } = here;
    await person.visit();
    await person.press(flow);
    await person.approve('ada_example');
    await person.greeting();

    const { pathname, search } = callbackAddress(here);
    await driver.get(here.demo.url + pathname + search);
    // Nothing is known of it any more, so nobody can say whether it was used here or elsewhere.
    assert.match(await person.callbackNotice(), /^(already_used|started_elsewhere)$/);
    assert.equal(new URL(await driver.getCurrentUrl()).search, '');

    await person.backToSite();
    assert.equal(await person.greeting(), '@ada_example');
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await assertNothingRemains(here);
  });
}

/** As a single-page app does it: the callback's address is handed to the SDK, on the page that began the sign-in. */
const HANDLE_TWICE = `async (authorized) => {
  const { createSignIn, init } = await import('sign-in-with-x');
  await init();
  const client = createSignIn(window.e2eOptions);
  const answers = await Promise.allSettled([client.handleCallback(authorized), client.handleCallback(authorized)]);
  return answers.map(({ status, value, reason }) => (status === 'fulfilled' ? value?.user?.username ?? null : reason.code));
}`;

const BEGIN = `async (options) => {
  window.e2eOptions = options;
  const { createSignIn, init } = await import('sign-in-with-x');
  await init();
  return createSignIn(options).authorizationUrl();
}`;

test('A7: handleCallback, called twice in one document as by StrictMode, exchanges once', async (t) => {
  const here = await world(t);
  const { person, witness, demo, simulator } = here;
  await person.visit();
  const options = { clientId: simulator.apps[0]?.clientId, redirectUri: `${demo.url}/auth/x/callback`, endpoints: { authorize: `${simulator.url}/i/oauth2/authorize` } };
  const authorize = await witness.inPage(BEGIN, options);
  simulator.control.autoApprove('ada_example');
  const { headers } = await fetch(authorize, { redirect: 'manual' });

  const answers = await witness.inPage(HANDLE_TWICE, headers.get('location'));
  // Both calls may share one promise; if they do not, the second one must be told that it is late.
  assert.equal(answers[0], 'ada_example');
  assert.ok(['ada_example', 'already_used'].includes(answers[1]), String(answers[1]));
  assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
  await assertNothingRemains(here);
});
