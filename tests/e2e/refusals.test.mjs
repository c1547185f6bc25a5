/** What comes back from X is not what was sent for: the sign-in ends with the error that says so. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { assertNothingRemains, FLOWS, REFUSED_EXCHANGE, useBrowser } from './harness.mjs';

const world = useBrowser();

/** What the element writes to the console for the page's developer. */
const REFUSED_OPTION = /An option is missing or wrong\. \S/;

for (const flow of FLOWS) {
  test(`A5 A22 B8: a callback by ${flow} with another state is refused, and its code given to nobody`, async (t) => {
    const here = await world(t);
    const { person, simulator } = here;
    simulator.control.fault('alter_state');
    await person.visit();
    await person.press(flow);
    await person.approve('ada_example');

    // By redirect there is no page to go back to: where to land is part of what the right state would have named.
    assert.equal(await (flow === 'popup' ? person.notice() : person.callbackNotice()), 'state_mismatch');
    assert.deepEqual(await here.exchanges(), { page: 0, backend: 0 });
    if (flow === 'redirect') await person.backToSite();
    await assertNothingRemains(here);

    await person.press(flow);
    await person.approve('ada_example');
    assert.equal(await person.greeting(), '@ada_example');
  });

  test(`A7 A22 B8: a code that has run out, by ${flow}, ends in exchange_failed`, async (t) => {
    const here = await world(t, { expected: [REFUSED_EXCHANGE] });
    const { person, simulator } = here;
    simulator.control.fault('expire_code');
    await person.visit();
    await person.press(flow);
    await person.approve('ada_example');

    assert.equal(await person.notice(), 'exchange_failed');
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    await person.popupGone();
    await assertNothingRemains(here);
  });
}

test('A13: a secret in the page is refused as soon as it is there', async (t) => {
  const here = await world(t, { expected: [REFUSED_OPTION] });
  await here.person.visit();
  // The second is what HTML makes of a component's `clientSecret`.
  for (const name of ['client-secret', 'clientsecret']) {
    const code = await here.driver.executeAsyncScript(`
    const element = document.createElement('sign-in-with-x');
    element.setAttribute('client-id', 'x');
    element.setAttribute('redirect-uri', location.origin + '/auth/x/callback');
    element.setAttribute('${name}', 'published');
    element.addEventListener('sign-in-error', ({ detail }) => arguments[0](detail.code + ' ' + detail.reason));
    document.body.append(element);`);
    assert.equal(code, 'invalid_config secret', name);
  }
  await assertNothingRemains(here);
});

test('A8: a page on another origin than its callback is told so at once', async (t) => {
  const here = await world(t, { expected: [REFUSED_OPTION] });
  const { person, driver } = here;
  await person.visit();
  await driver.executeScript(`document.querySelector('sign-in-with-x[flow="popup"]').redirectUri = 'http://localhost:3000/auth/x/callback'`);
  await person.button('popup').click();
  assert.equal(await person.notice(), 'invalid_config');
  assert.equal(await person.windows(), 1);
});

test('A15: an authorization endpoint that is no address of X’s, nor of this machine, opens nothing', async (t) => {
  const here = await world(t, { expected: [REFUSED_OPTION] });
  const { person, driver } = here;
  await person.visit();
  for (const authorize of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'http://x.com.evil.example/authorize', 'https://x.com@evil.example/', 'blob:https://x.com/1', '/authorize', 'https://x.com/i/oauth2/authorize?state=mine']) {
    for (const flow of FLOWS) {
      const code = await driver.executeAsyncScript(
        `const [authorize, flow, done] = arguments;
        const element = document.querySelector('sign-in-with-x[flow="' + flow + '"]');
        element.endpoints = { authorize };
        element.addEventListener('sign-in-error', ({ detail }) => done(detail.code + ' ' + detail.reason), { once: true });
        element.signIn();`,
        authorize,
        flow,
      );
      assert.equal(code, 'invalid_config endpoints', authorize);
    }
  }
  assert.equal(await person.windows(), 1);
  assert.equal(await driver.getCurrentUrl(), `${here.demo.url}/`);
});
